"""Points that were deducted, and announcements of procedures.

Sources: 05/CT-UBND thị xã Kinh Môn mục 3 đoạn 1 (each point lost needs its cause, who is responsible, a solution) and
mục 2.d (announced and approved, new, amended, supplemented, replaced, abolished).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cchc.catalogue import registers
from cchc.catalogue.regime_terms import Rule
from cchc.catalogue.special import number_words, words
from cchc.consolidate.special.build import not_kept, ruled, tally
from cchc.consolidate.special.material import Material, said
from cchc.model.register import Entry
from cchc.model.special import Behind, SpecialItem, SpecialRule

_NEEDED = ("cause", "responsible", "solution")
_EVENTS = (("new", ("new",)), ("amended", ("amended", "supplemented", "replaced")), ("repealed", ("abolished",)))
"""Changes as the figures count them: 3.1.3 new, 3.1.4 amended, supplemented or replaced, 3.1.5 abolished."""
_CODES = {"new": "issued", "amended": "amended", "repealed": "repealed"}


def deduction_log(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """Each deduction, complete or with what is missing."""
    register = registers.by_id()["deduction"]
    if not material.kept("deduction"):
        return not_kept(rule, instrument, register.sheet)
    needed = tuple(rule.params.get("required", _NEEDED))
    items = [_deduction(entry, needed, material) for entry in material.entries("deduction")]
    points = sum((item.value for item in items if item.value is not None), Decimal(0))
    facts = {"number": len(items), "points": number_words(points), "incomplete": tally(items, "incomplete")}
    return ruled(rule, instrument, words("deduction_summary" if items else "deduction_none", **facts), items)


def procedure_events(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """Announcements in the report's window, beside the figures of the authority's own report."""
    register = registers.by_id()["procedure_events"]
    if not material.kept("procedure_events"):
        return not_kept(rule, instrument, register.sheet)
    first, cut = material.period.window_from, material.cut
    entries = [e for e in material.entries("procedure_events") if (day := e.day("decided_on")) and first <= day <= cut]
    items = [_event(entry, material) for entry in entries]
    announced = [entry for entry in entries if entry.text("action") == "announced"]
    for key, changes in _EVENTS:
        found = [entry for entry in announced if entry.text("change") in changes]
        items += _compared(key, rule.params.get(_CODES[key], ""), found, material)
    number = sum((entry.number("number") or Decimal(0) for entry in entries), Decimal(0))
    facts = {"decisions": len(entries), "number": number_words(number), "differs": tally(items, "differs")}
    return ruled(rule, instrument, words("procedure_summary" if entries else "procedure_none", **facts), items)


def rating_history(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """How many ratings of heads the year's register keeps: what was received of other years stays as it is."""
    number = len(material.entries("ratings"))
    key = "history_summary" if material.kept("ratings") else "history_none"
    return ruled(rule, instrument, words(key, number=number, year=material.period.year), ())


def _deduction(entry: Entry, needed: Sequence[str], material: Material) -> SpecialItem:
    register = registers.by_id()["deduction"]
    missing = [register.column(key).heading.lower() for key in needed if not entry.text(key)]
    told = [f"{register.column(key).heading}: {entry.text(key)}" for key in needed if entry.text(key)]
    if entry.text("weakness"):
        told.append(registers.choices(registers.VOCABULARY)[entry.text("weakness")])
    if missing:
        told.insert(0, words("lacks", what=", ".join(missing)))
    area = registers.choices("area")[entry.text("area")]
    points = entry.number("points")
    return SpecialItem(
        unit=entry.unit,
        unit_name=material.name(entry.unit),
        subject=f"{area}: {entry.text('criterion')}",
        status="incomplete" if missing else "complete",
        value=points,
        uom=words("uom_points"),
        reason="; ".join(told),
        method="datum",
        behind=(material.cited(entry, "points", "datum", points),),
    )


def _event(entry: Entry, material: Material) -> SpecialItem:
    action = registers.choices("procedure_action")[entry.text("action")]
    change = registers.choices("procedure_change")[entry.text("change")]
    number = entry.number("number")
    return SpecialItem(
        unit=material.authority,
        unit_name=material.body,
        subject=f"{action}: {change.lower()}",
        status="recorded",
        done=entry.day("decided_on"),
        value=number,
        uom=words("uom_procedures"),
        reason=words("decided", decision=entry.text("decision"), day=said(entry.day("decided_on"))),
        method="datum",
        behind=(material.cited(entry, "number", "datum", number),),
    )


def _compared(key: str, code: str, found: Sequence[Entry], material: Material) -> list[SpecialItem]:
    given = material.given(material.authority, code) if code else None
    if given is None:
        return []
    number = sum((entry.number("number") or Decimal(0) for entry in found), Decimal(0))
    if number == given.value:
        return []
    facts = {"register": number_words(number), "reported": number_words(given.value), "code": code}
    lines = tuple(material.cited(entry, "number", "addend", entry.number("number")) for entry in found)
    item = SpecialItem(
        unit=material.authority,
        unit_name=material.body,
        subject=words(f"subject_procedures_{key}", code=code),
        status="differs",
        value=number,
        uom=words("uom_procedures"),
        expected=given.value,
        reason=words("counts_differ", **facts),
        method="sum_of" if lines else "",
        behind=(*lines, Behind("reported", given.value, code, material.giver(material.authority, code))),
    )
    return [item]
