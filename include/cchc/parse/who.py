"""Which unit a cover names, by its code and its name; a code of the past or of a draft is a remark, never a guess."""

from __future__ import annotations

from cchc.catalogue import unit_names, units
from cchc.catalogue.form_texts import text
from cchc.catalogue.periods import Period
from cchc.catalogue.unit_names import Former
from cchc.catalogue.units import Unit
from cchc.model.submission import Issue
from cchc.parse.cover import Cover, Entry
from cchc.parse.issue_kinds import Kind


def unit_of(cover: Cover, period: Period | None, issues: list[Issue]) -> Unit | None:
    """The unit that the cover names; None where that is a question to its sender."""
    code = cover["unit_code"]
    if not code.value:
        return _by_name(cover, period, issues)
    past = units.find(code.value.upper(), period.window_to) if period else None
    if past and (past.valid_to or past.kind == "office") and _is_named(cover, past):
        return past
    known = [unit for unit in units.present_units() if unit.code == code.value.upper()]
    if not known:
        return _by_other_code(cover, issues)
    in_force = known[-1]
    if period and not in_force.valid_on(period.window_to):
        issues.append(_remark(Kind.UNIT_NOT_VALID, cover, code, _since(in_force)))
        return in_force
    name = cover["unit_name"]
    if name.value and not unit_names.same(name.value, in_force):
        _other_name(cover, in_force, issues)
    return in_force


def _is_named(cover: Cover, unit: Unit) -> bool:
    """True where the cover says the name that the code bore in the period: codes were given anew in 2025."""
    name = cover["unit_name"].value
    return unit_names.same(name, unit) if name else not any(u.code == unit.code for u in units.present_units())


def _remark(kind: Kind, cover: Cover, entry: Entry, expected: str, found: str = "") -> Issue:
    return Issue(kind, sheet=cover.grid.name, cell=entry.cell, found=found or entry.value, expected=expected)


def _by_name(cover: Cover, period: Period | None, issues: list[Issue]) -> Unit | None:
    """The only unit that bears the name on the cover; its code should still be written there."""
    code, name = cover["unit_code"], cover["unit_name"]
    named = [unit for unit in unit_names.present(name.value) if not period or unit.valid_on(period.window_to)]
    if len(named) == 1:
        issues.append(_remark(Kind.UNIT_BY_NAME, cover, code, _called(named[0]), found=name.value))
        return named[0]
    former = () if named else unit_names.former(name.value)
    if former:
        issues.append(_remark(Kind.FORMER_UNIT, cover, name, _became(former)))
        return None
    expected = text("unit_code_one_of", units=_listed(named)) if named else text("unit_code_any")
    issues.append(_remark(Kind.MISSING_UNIT_CODE, cover, code, expected))
    return None


def _by_other_code(cover: Cover, issues: list[Issue]) -> Unit | None:
    """What a code means that no unit bears: that of a draft list, that of a former unit, or nothing."""
    code, name = cover["unit_code"], cover["unit_name"].value
    draft = unit_names.by_draft_code(code.value)
    if draft and name and unit_names.same(name, draft):
        issues.append(_remark(Kind.DRAFT_CODE, cover, code, _called(draft)))
        return draft
    former = unit_names.former_by_code(code.value)
    if former:
        found = f"{code.value} – {former[0].name}"
        issues.append(_remark(Kind.FORMER_UNIT, cover, code, _became(former), found=found))
        return None
    named = unit_names.present(name) if name else ()
    expected = _called(named[0]) if len(named) == 1 else text("unit_code_listed")
    issues.append(_remark(Kind.UNKNOWN_UNIT, cover, code, expected))
    return None


def _other_name(cover: Cover, unit: Unit, issues: list[Issue]) -> None:
    """Code and name disagree; a name of the past is told what became of it."""
    name = cover["unit_name"]
    named = unit_names.present(name.value)
    former = () if named else unit_names.former(name.value)
    if former:
        issues.append(_remark(Kind.FORMER_UNIT, cover, name, _became(former)))
        return
    expected = text("unit_name_or_code", name=unit.name, code=unit.code, other=_listed(named)) if named else unit.name
    issues.append(_remark(Kind.UNIT_NAME_MISMATCH, cover, name, expected))


def _called(unit: Unit) -> str:
    return text("unit_called", name=unit.name, code=unit.code)


def _listed(named: list[Unit] | tuple[Unit, ...]) -> str:
    return "; ".join(_called(unit) for unit in named)


def _became(former: tuple[Former, ...]) -> str:
    """What each of the former units went into; of several of one name, each with its district."""
    if len(former) == 1:
        return former[0].described
    return "; ".join(f"{unit.name}, {unit.district}: {unit.described}" for unit in former)


def _since(unit: Unit) -> str:
    """From when the unit exists, and whose figures those before are."""
    parts = ", ".join(f"{past.name} ({past.code})" for past in units.predecessors(unit.code))
    since = f"{unit.valid_from:%d/%m/%Y}"
    return text("unit_since_of", name=unit.name, since=since, parts=parts) if parts else f"{unit.name}, từ {since}"
