"""Figures set into sentences as an official writes them; the sentences themselves are data."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.catalogue.unit_names import within
from cchc.model.consolidation import Total
from cchc.model.target import TargetResult, TargetStanding, TargetState
from cchc.report import levels, numerals, spoken, targets
from cchc.report.comparison import PREVIOUS, change_made
from cchc.report.facts import Facts, in_state
from cchc.report.figures import Link, Made
from cchc.report.outline import key_name, texts
from cchc.report.spoken import Marks

STATES = {"missing": ("missing",), "late": ("late",), "rejected": ("rejected", "unreadable")}
_BRACES = re.compile(r"\{([^{}]+)\}")
_NAMES_INLINE = 30
_WHOLE = 100
_COUNTED = ("count", "flag")
"""Kinds of figures that are written with a zero before a single digit: 05 văn bản."""
TARGET_WORDS = {">=": "at_least", ">": "above"}


class UnknownFigureError(LookupError):
    """A sentence speaks of a figure that nobody reported."""


class Sentences:
    """Fills sentences for one consolidation.

    Args:
        facts: What the report says.
        marks: Where figures are noted with what they stand for; without it they are plain text.
    """

    def __init__(self, facts: Facts, marks: Marks | None = None) -> None:
        self._facts = facts
        self._marks = marks
        self._words: dict[str, str] = texts()["words"]
        self._kinds: dict[str, Callable[[str], str]] = {
            "n": self._coverage,
            "change": self._change,
            "names": self._names,
        }

    def fill(self, sentence: str) -> str:
        """The sentence with its braces filled.

        Raises:
            UnknownFigureError: If it speaks of a figure that is not known.
        """
        return _BRACES.sub(lambda match: self._resolve(match[1]), sentence)

    def choose(self, alternatives: Sequence[str | dict[str, Any]]) -> str | None:
        """The first alternative that can be said, or None."""
        for item in alternatives:
            wanted: dict[str, Any] = {"say": item} if isinstance(item, str) else item
            if self._holds(wanted):
                try:
                    return self.fill(wanted["say"])
                except UnknownFigureError:
                    continue
        return None

    def section(self, key: str) -> list[str]:
        """Paragraphs of one section of the outline."""
        found = (self.choose(alternatives) for alternatives in levels.section(self._facts.authority.level, key))
        return [paragraph for paragraph in found if paragraph]

    def mark(
        self, code: str, shown: str, value: Decimal | None, scope: str = spoken.TOTAL, made: Made | None = None
    ) -> str:
        """A figure as it goes into a sentence of the document (:meth:`cchc.report.spoken.Marks.figure`)."""
        return self._marks.figure(code, shown, value, scope, made) if self._marks else shown

    @cached_property
    def named(self) -> dict[str, str]:
        """Words that stand for facts about the report as a whole."""
        period, counts, body = self._facts.period, self._facts.c.counts, self._facts.authority
        found = {
            "period": period.label,
            "previous": periods.previous(period).label,
            "year": str(period.year),
            "window_from": numerals.day(period.window_from),
            "window_to": numerals.day(period.window_to),
            "due": period.due_text,
            "moment": numerals.moment(self._facts.moment),
            "reported": numerals.counted(self._facts.reported),
            "expected": numerals.counted(counts.expected),
            "on_time": numerals.counted(counts.on_time),
            "late": numerals.counted(counts.late),
            "body": self._facts.issuer,
            "abbreviation": body.abbreviation,
            "place": body.place,
            "area": body.adopts_for,
            "unmet": self._unmet(),
            "units": levels.units_word(self._facts),
        }
        found |= {
            f"{key}_count": numerals.counted(len(in_state(self._facts.c.statuses, *states)))
            for key, states in STATES.items()
        }
        found["span"] = self._words[f"span_{period.basis}"].format(**found)
        return found

    def _resolve(self, key: str) -> str:
        kind, _, code = key.partition(" ")
        if code:
            return self._kinds[kind](code)
        if key in by_code():
            return self._figure(key)
        if not self.named[key]:
            raise UnknownFigureError(key)
        return self.named[key]

    def _figure(self, code: str) -> str:
        sign = "%" if by_code()[code].uom == "%" else ""
        value = self._value(code)
        shown = numerals.counted(value) if by_code()[code].kind in _COUNTED else numerals.number(value)
        return self.mark(code, shown, value) + sign

    def _value(self, code: str) -> Decimal:
        value = self._total(code).value
        if value is None:
            raise UnknownFigureError(code)
        return value

    def _total(self, code: str) -> Total:
        if code not in self._facts.totals:
            raise UnknownFigureError(code)
        return self._facts.totals[code]

    def _coverage(self, code: str) -> str:
        total = self._total(code)
        shown = f"{numerals.counted(total.reported)}/{numerals.counted(total.expected)}"
        return self.mark(code, shown, Decimal(total.reported), "coverage")

    def _change(self, code: str) -> str:
        """``, tăng 0,5 điểm phần trăm so với …``; nothing where the preceding period is not known."""
        value, before = self._value(code), self._total(code).previous
        one = self._facts.compared.get((code, PREVIOUS))
        if before is None or (one is not None and not one.comparable):
            return ""
        points = numerals.rounded(value - before)
        word = "unchanged" if points == 0 else "increase" if points > 0 else "decrease"
        shown = self.mark(code, numerals.number(abs(points)), value - before, "change", self._difference(code))
        said = self._words[word].format(points=shown, previous=self.named["previous"])
        return f", {said}"

    def _difference(self, code: str) -> Made:
        """How a change since the preceding period is made: its figures walk back where their cells are at hand."""
        one = self._facts.compared.get((code, PREVIOUS))
        if one is not None and one.change is not None:
            return change_made(self._facts, one)
        total, period = self._total(code), periods.previous(self._facts.period)
        mine = Link("minuend", total.value, code, spoken.TOTAL)
        known = any((e.authority, e.period) == (self._facts.c.authority, period.code) for e in self._facts.c.earlier)
        then = (code, spoken.TOTAL, period.code) if known else ("", "", "")
        owner, words = (self._facts.c.authority, "") if known else ("", period.label)
        return Made("sum_of", (mine, Link("subtrahend", total.previous, *then, sign=-1, owner=owner, source=words)))

    def _names(self, state: str) -> str:
        names = [within(row.name) for row in in_state(self._facts.c.statuses, *STATES[state])]
        rest = len(names) - _NAMES_INLINE
        more = [self._words["names_more"].format(number=numerals.counted(rest))] if rest > 0 else []
        return "; ".join([*names[:_NAMES_INLINE], *more])

    def _unmet(self) -> str:
        found = [
            self._words["against"].format(
                name=_lower(key_name(code)),
                value=self._judged(code, result, result.authority),
                target=self.threshold(result.target),
            )
            for code, result in self._facts.targets.items()
            if code in self._facts.totals and result.authority and result.authority.state is TargetState.NOT_MET
        ]
        return "; ".join(found)

    def _judged(self, code: str, result: TargetResult, standing: TargetStanding) -> str:
        """The figure that was judged: a district's own where its communes' stand in the total as well."""
        if standing.value is None:
            raise UnknownFigureError(code)
        scope, sign = targets.authority_scope(self._facts, result), "%" if by_code()[code].uom == "%" else ""
        return self.mark(code, targets.figure_text(result, standing, standing.value), standing.value, scope) + sign

    def threshold(self, target: Target) -> str:
        """What a target asks for: ``từ 96% trở lên``, ``trên 96%``, ``100%``."""
        uom = by_code()[target.indicator].uom
        whole = uom == "%" and (target.op, target.value) == (">=", _WHOLE)
        word = "target_whole" if whole else f"target_{TARGET_WORDS[target.op]}"
        return self._words[word].format(value=numerals.number(target.value) + (uom if uom == "%" else f" {uom}"))

    def _holds(self, wanted: dict[str, Any]) -> bool:
        values = {code: self._facts.totals[code].value for code in self._facts.totals}
        return (
            all((values.get(code) or 0) > 0 for code in wanted.get("positive", ()))
            and all(values.get(code) == 0 for code in wanted.get("zero", ()))
            and all(in_state(self._facts.c.statuses, *STATES[key]) for key in wanted.get("needs", ()))
        )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
