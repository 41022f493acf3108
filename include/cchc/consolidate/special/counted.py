"""Registers beside the figures that units reported: breakthrough work and initiatives.

Sources: 05/CT-UBND thị xã Kinh Môn mục 3 đoạn 3 and 1.đ; 03/CT-UBND huyện Cẩm Mỹ mục 1.d; domain 2.5 (1.7.1 to 1.7.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc.catalogue import registers
from cchc.catalogue.regime_terms import Rule
from cchc.catalogue.special import number_words, upper, words
from cchc.consolidate.special.build import not_kept, ruled, tally, told_of
from cchc.consolidate.special.material import Material, days_late, last_good_day, said
from cchc.model.register import Entry
from cchc.model.special import Behind, SpecialItem, SpecialRule


@dataclass(frozen=True, slots=True)
class Pair:
    """A count of a register beside the figure of an indicator; ``key`` names it in words."""

    key: str
    code: str
    counted: tuple[Entry, ...]


def breakthrough(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """Each unit's breakthrough work: registered in time, done or not; and where counts differ from reports."""
    register = registers.by_id()["breakthrough"]
    if not material.kept("breakthrough"):
        return not_kept(rule, instrument, register.sheet)
    last = last_good_day(material.duties.get(rule.params.get("obligation", "")), material.period.year)
    entries = [e for e in material.entries("breakthrough") if (day := e.day("registered_on")) and day <= material.cut]
    done = [e for e in entries if _before(e.day("completed_on"), material.cut)]
    items = [_work(entry, last, material) for entry in entries]
    items += _silent(last, {entry.unit for entry in entries}, material) if last else []
    pairs = [
        Pair("registered", rule.params.get("registered", ""), tuple(entries)),
        Pair("completed", rule.params.get("completed", ""), tuple(done)),
    ]
    items += compared(pairs, material)
    parts = told_of(
        (
            ("done", len(done)),
            ("registered_late", tally(items, "registered_late")),
            ("overdue", tally(items, "overdue")),
            ("silent", tally(items, "not_registered")),
            ("differs", tally(items, "differs", "not_reported")),
        )
    )
    facts = {
        "number": len(entries),
        "units": len({entry.unit for entry in entries}),
        "parts": "".join(f"; {part}" for part in parts),
    }
    return ruled(rule, instrument, words("breakthrough_summary", **facts), items)


def initiative(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """Initiatives registered and recognised in the report's window, beside what units reported."""
    register = registers.by_id()["initiative"]
    if not material.kept("initiative"):
        return not_kept(rule, instrument, register.sheet)
    first = material.period.window_from
    entries = [e for e in material.entries("initiative") if _before(e.day("registered_on"), material.cut)]
    recognised = [e for e in entries if _before(e.day("recognised_on"), material.cut)]
    within = [e for e in entries if (day := e.day("registered_on")) and day >= first]
    items = [_initiative(entry, material) for entry in entries]
    pairs = [
        Pair("registered", rule.params.get("registered", ""), tuple(within)),
        Pair("recognised", rule.params.get("recognised", ""), tuple(recognised)),
    ]
    items += compared(pairs, material)
    facts = {"number": len(entries), "recognised": len(recognised), "differs": tally(items, "differs")}
    return ruled(rule, instrument, words("initiative_summary", **facts), items)


def compared(pairs: Sequence[Pair], material: Material) -> list[SpecialItem]:
    """Units whose register and report say different numbers; units that say the same are not listed."""
    return [item for pair in pairs if pair.code for item in _differences(pair, material)]


def _differences(pair: Pair, material: Material) -> Iterator[SpecialItem]:
    counted: dict[str, list[Entry]] = {}
    for entry in pair.counted:
        counted.setdefault(material.owner(entry.unit), []).append(entry)
    reporting = {material.owner(unit) for unit, figures in material.figures.items() if pair.code in figures}
    order = {unit: place for place, unit in enumerate((material.authority, *material.names))}
    for owner in sorted(reporting | counted.keys(), key=lambda unit: (order.get(unit, len(order)), unit)):
        found, given = counted.get(owner, []), material.given(owner, pair.code)
        if given is None:
            if reporting:  # some were asked for it: this one left it out
                yield _difference(pair, owner, found, None, material)
        elif given.value != len(found):
            yield _difference(pair, owner, found, given.value, material)


def _difference(
    pair: Pair, owner: str, found: Sequence[Entry], given: Decimal | None, material: Material
) -> SpecialItem:
    giver = material.giver(owner, pair.code)
    said_number = words("no_figure") if given is None else number_words(given)
    facts = {"register": len(found), "reported": said_number, "code": pair.code}
    return SpecialItem(
        unit=owner,
        unit_name=material.name(owner),
        subject=words(f"subject_{pair.key}", code=pair.code),
        status="differs" if given is not None else "not_reported",
        value=Decimal(len(found)),
        uom=words("uom_lines"),
        expected=given,
        reason=words("counts_differ", **facts),
        method="count_of",
        behind=(*(material.listed(entry) for entry in found), *_reported(pair.code, giver, given)),
    )


def _reported(code: str, unit: str, given: Decimal | None) -> tuple[Behind, ...]:
    """The reported figure stands in a column of its own: what is counted are the lines alone."""
    return () if given is None else (Behind("reported", given, code, unit),)


def _work(entry: Entry, last: date | None, material: Material) -> SpecialItem:
    registered, due, done = (entry.day(key) for key in ("registered_on", "due", "completed_on"))
    done = done if _before(done, material.cut) else None
    late = bool(last and registered and registered > last)
    if done:
        status = "done_late" if due and done > due else "done"
    elif due and due < material.cut:
        status = "overdue"
    else:
        status = "registered_late" if late else "registered"
    told = [words("registered_on", day=said(registered))]
    if late and registered and last:
        told.append(days_late(registered, last))
    if status == "overdue" and due:
        told.append(words("past_due", number=(material.cut - due).days))
    return SpecialItem(
        unit=entry.unit,
        unit_name=material.name(entry.unit),
        subject=entry.text("description"),
        status=status,
        due=due or last,
        done=done,
        reason=upper("; ".join(told)),
        behind=(material.cited(entry, "description"), material.cited(entry, "registered_on")),
    )


def _silent(last: date, heard: set[str], material: Material) -> list[SpecialItem]:
    """Units that registered nothing although the day to do so has passed, or is still to come."""
    status = "not_registered" if material.as_of.date() > last else "not_due"
    return [
        SpecialItem(unit, name, words("subject_registration"), status, due=last, reason=words("nothing_registered"))
        for unit, name in material.names.items()
        if unit not in heard and unit != material.authority
    ]


def _initiative(entry: Entry, material: Material) -> SpecialItem:
    registered, recognised = entry.day("registered_on"), entry.day("recognised_on")
    recognised = recognised if _before(recognised, material.cut) else None
    told = [words("registered_on", day=said(registered))]
    if recognised:
        level = registers.choices("level").get(entry.text("level"), "")
        told.append(words("recognised_on", day=said(recognised), level=level, decision=entry.text("decision")).strip())
    return SpecialItem(
        unit=entry.unit,
        unit_name=material.name(entry.unit),
        subject=entry.text("description"),
        status="recognised" if recognised else "registered",
        done=recognised,
        reason=upper("; ".join(told)),
        behind=(material.cited(entry, "description"),),
    )


def _before(day: date | None, cut: date) -> bool:
    return day is not None and day <= cut
