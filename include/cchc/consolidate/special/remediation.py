"""Who must mend what the index showed, and whether plan and self-criticism report came in time.

Source: 05/CT-UBND thị xã Kinh Môn, 30/3/2023, mục 3 đoạn 2. Two groups joined by "và" are a union: (a) the head was
rated "Hoàn thành nhiệm vụ" or "Không hoàn thành nhiệm vụ"; (b) the score of area 3 or of area 7 is below 75% of its
maximum, exactly 75% is not below. Where a score or its maximum is not known, that is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from cchc.catalogue import registers
from cchc.catalogue.regime_terms import Rule
from cchc.catalogue.special import number_words, upper, words
from cchc.consolidate.special.build import names, ruled, tally, told_of
from cchc.consolidate.special.material import Material, days_late, due_status, last_good_day, said
from cchc.model.register import Entry
from cchc.model.special import Behind, SpecialItem, SpecialRule

_AMPLE = Context(prec=60)
_PLACES = Decimal("1e-10")
_KINDS = (("appraised", "1.8.2"), ("self", "1.8.1"))
"""Scores in order of preference: the appraised one, then the unit's own."""
_MAXIMUM = "1.8.3"


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score in one area with its maximum, and what each rests on.

    Attributes:
        area: 3 or 7.
        kind: ``appraised`` or ``self``; empty where there is no score.
        value: Points, or None.
        maximum: Points, or None.
    """

    area: int
    kind: str
    value: Decimal | None
    maximum: Decimal | None
    behind: tuple[Behind, ...]

    def below(self, share: Decimal) -> bool | None:
        """True where the score is less than that share of the maximum; None where that cannot be said."""
        if self.value is None or self.maximum is None or self.maximum <= 0:
            return None
        return self.value < share * self.maximum

    @property
    def percent(self) -> Decimal | None:
        """The score in percent of its maximum, to 10 decimals."""
        if self.value is None or not self.maximum:
            return None
        return _AMPLE.divide(100 * self.value, self.maximum).quantize(_PLACES, ROUND_HALF_EVEN)


def remediation(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """Every unit of which something is known, with the group that it falls into, or why it falls into none."""
    triggers = _Triggers.of(rule.params)
    items = [item for unit in _units(material) if (item := triggers.judge(unit, material))]
    said_of = [item for item in items if item.status == "triggered"]
    doubtful = tally(items, "unknown")
    key = "remediation_summary" if said_of else "remediation_none" if items else "remediation_no_data"
    more = words("remediation_unknown", unknown=doubtful) if doubtful else ""
    facts = {"number": len(said_of), "judged": len(items), "names": names(said_of), "more": more}
    return ruled(rule, instrument, words(key, **facts), items)


def follow_up(rule: Rule, instrument: str, material: Material, trigger: Rule) -> SpecialRule:
    """Plan and self-criticism report of each unit that must mend: not due, submitted, late or missing."""
    judged = remediation(trigger, instrument, material).items
    wanted = [item for item in judged if item.status == "triggered"]
    last = last_good_day(material.duties.get(rule.params.get("obligation", "")), material.period.year)
    sent = {entry.unit: entry for entry in material.entries("remediation")}
    items = [_follow(item.unit, sent.get(item.unit), last, material) for item in wanted]
    owed = {item.unit for item in wanted}
    items += [_uncalled(entry, material) for unit, entry in sent.items() if unit not in owed]
    remind = [item for item in items if item.status in ("missing", "not_due", "no_due_day")]
    parts = told_of((key, tally(items, key)) for key in ("submitted", "late", "missing", "not_due", "no_due_day"))
    facts = {"number": len(wanted), "parts": ", ".join(parts), "due": said(last), "names": names(remind)}
    if not wanted:
        return ruled(rule, instrument, _nobody(judged), items)
    key = "follow_up_remind" if remind else "follow_up_summary"
    return ruled(rule, instrument, words(key, **facts), items)


def _nobody(judged: Sequence[SpecialItem]) -> str:
    """Nobody must send anything; where nothing or not everything could be judged, that is said instead."""
    doubtful = tally(judged, "unknown")
    more = words("remediation_unknown", unknown=doubtful) if doubtful else ""
    return words("follow_up_none", more=more) if judged else words("follow_up_no_data")


def _follow(unit: str, entry: Entry | None, last: Any, material: Material) -> SpecialItem:
    days = (entry.day("plan_on"), entry.day("review_on")) if entry else (None, None)
    status = due_status(days, last, material.as_of)
    papers = [words("paper", name=words(f"paper_{key}"), day=said(day)) for key, day in zip(_PAPERS, days, strict=True)]
    latest = max((day for day in days if day), default=None) if all(days) else None
    late = f"; {days_late(latest, last)}" if status == "late" and latest else ""
    keys = [key for key in ("plan_on", "review_on") if entry and key in entry.cells]
    return SpecialItem(
        unit=unit,
        unit_name=material.name(unit),
        subject=words("subject_remediation"),
        status=status,
        due=last,
        done=latest if status in ("submitted", "late") else None,
        reason=upper("; ".join(papers) + late),
        behind=tuple(material.cited(entry, key) for key in keys) if entry else (),
    )


_PAPERS = ("plan", "review")


def _uncalled(entry: Entry, material: Material) -> SpecialItem:
    name, subject = material.name(entry.unit), words("subject_remediation")
    return SpecialItem(entry.unit, name, subject, "not_required", reason=words("not_in_group"))


@dataclass(frozen=True, slots=True)
class _Triggers:
    """The rule's parameters, read."""

    ratings: frozenset[str]
    areas: tuple[int, ...]
    share: Decimal

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> _Triggers:
        keys = {label: value for value, label in registers.choices("rating").items()}
        return cls(
            ratings=frozenset(keys.get(word, word) for word in params["ratings"]),
            areas=tuple(int(area) for area in params["areas"]),
            share=Decimal(str(params["share"])),
        )

    def judge(self, unit: str, material: Material) -> SpecialItem | None:
        """A unit's standing; None where neither rating nor score of it is known."""
        rated = next((entry for entry in material.entries("ratings") if entry.unit == unit), None)
        scores = [score_of(unit, area, material) for area in self.areas]
        if rated is None and all(score.value is None for score in scores):
            return None
        by_rating = rated is not None and rated.text("rating") in self.ratings
        low = [score for score in scores if score.below(self.share)]
        open_ = [score for score in scores if score.below(self.share) is None]
        reasons = [*self._rating(rated, by_rating), *(self._score(score) for score in scores)]
        status = "triggered" if by_rating or low else "unknown" if open_ or rated is None else "not_triggered"
        lowest = min((s for s in scores if s.percent is not None), key=lambda s: s.percent or 0, default=None)
        shown = [material.cited(rated, "rating")] if rated else []
        return SpecialItem(
            unit=unit,
            unit_name=material.name(unit),
            subject=words("subject_lowest", area=lowest.area) if lowest else words("subject_rating"),
            status=status,
            value=lowest.percent if lowest else None,
            uom="%",
            expected=100 * self.share if lowest else None,
            reason="; ".join(reasons),
            method="share_of" if lowest else "",
            behind=lowest.behind if lowest else tuple(shown),
        )

    def _rating(self, rated: Entry | None, triggers: bool) -> Iterable[str]:
        if rated is None:
            return [words("no_rating")]
        label = registers.choices("rating")[rated.text("rating")]
        return [words("rating_triggers" if triggers else "rating_fine", rating=label)]

    def _score(self, score: Score) -> str:
        if score.value is None:
            return words("no_score", area=score.area)
        kind = words(f"score_{score.kind}")
        facts = {"area": score.area, "kind": kind, "value": number_words(score.value)}
        if score.maximum is None or score.maximum <= 0:
            return words("no_maximum", **facts)
        key = "score_below" if score.below(self.share) else "score_reaches"
        percent = _told_percent(score, self.share)
        limit = number_words(100 * self.share)
        return words(key, **facts, maximum=number_words(score.maximum), percent=percent, limit=limit)


def score_of(unit: str, area: int, material: Material) -> Score:
    """A unit's score: appraised before self-assessed; of each kind the council's register before the unit's report."""
    line = next((e for e in material.entries("scores") if e.unit == unit and e.text("area") == str(area)), None)
    own = material.scores.get(unit, {})
    for kind, code in _KINDS:
        number = line.number(kind) if line else None
        if line and number is not None:
            return _with_maximum(unit, area, kind, number, material.cited(line, kind, "numerator", number), material)
        figure = own.get(f"{code}.{area}")
        if figure:
            told = Behind("numerator", figure.value, f"{code}.{area}", unit, figure.period)
            return _with_maximum(unit, area, kind, figure.value, told, material)
    return Score(area, "", None, None, ())


def _with_maximum(unit: str, area: int, kind: str, value: Decimal, told: Behind, material: Material) -> Score:
    """The maximum is the same for all: the register's for this unit, else for another, else what reports say."""
    code = f"{_MAXIMUM}.{area}"
    lines = [entry for entry in material.entries("scores") if entry.text("area") == str(area)]
    lines.sort(key=lambda entry: entry.unit != unit)
    for line in lines:
        most = line.number("maximum")
        if most is not None:
            return Score(area, kind, value, most, (told, material.cited(line, "maximum", "denominator", most)))
    for giver in dict.fromkeys((unit, material.authority, *sorted(material.offices))):
        figure = material.scores.get(giver, {}).get(code)
        if figure:
            whole = Behind("denominator", figure.value, code, giver, figure.period)
            return Score(area, kind, value, figure.value, (told, whole))
    return Score(area, kind, value, None, (told,))


def _told_percent(score: Score, share: Decimal) -> str:
    """As many decimals as it takes that 74,999% does not read as the limit."""
    percent = score.percent or Decimal(0)
    for places in range(2, 11):
        shown = percent.quantize(Decimal(1).scaleb(-places))
        if (shown < 100 * share) == (percent < 100 * share):
            return number_words(shown, places)
    return number_words(percent, 10)


def _units(material: Material) -> list[str]:
    """Units that the rule may speak of: those with a rating or a score; the offices' authority itself is none."""
    rated = [entry.unit for name in ("ratings", "scores") for entry in material.entries(name)]
    scored = [unit for unit in material.scores if unit != material.authority]
    order = {unit: place for place, unit in enumerate(material.names)}
    return sorted(dict.fromkeys((*rated, *scored)), key=lambda unit: (order.get(unit, len(order)), unit))
