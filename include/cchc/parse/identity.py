"""Who reports on what with which form, from the cover; every doubt becomes a remark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc.catalogue import file_names, periods, units
from cchc.catalogue.form_texts import form_code, form_ids
from cchc.catalogue.forms import form
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit
from cchc.model.submission import Issue
from cchc.parse.cover import Cover, Entry
from cchc.parse.issue_kinds import Kind
from cchc.parse.words import fold

_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_BODIES = ("uy ban nhan dan", "ubnd")
_TYPES = {"xa": ("xa ", "x. ", "x."), "phuong": ("phuong ", "p. ", "p."), "dac khu": ("dac khu ", "dk. ")}


@dataclass(frozen=True, slots=True)
class Identity:
    """What the cover amounts to; a field is None or empty where it does not say, or says nonsense.

    Attributes:
        forms: The form that the cover names and the one that the unit owes: one where they agree.
    """

    unit_code: str
    unit_name: str
    period: Period | None
    forms: tuple[str, ...]
    version: str
    issues: tuple[Issue, ...]


def identify(cover: Cover, file_name: str) -> Identity:
    """Read the cover's entries as unit, period and form."""
    issues: list[Issue] = []
    period = _period(cover, issues)
    unit = _unit(cover, period, issues)
    forms = _forms(cover, unit, issues)
    if forms:
        _version(cover, forms[0], issues)
    if period is not None:
        _window(cover, period, issues)
    code = unit.code if unit else ""
    issues += _file_name(file_name, cover, code, period.code if period else "")
    return Identity(code, cover["unit_name"].value, period, forms, cover["version"].value, tuple(issues))


def _remark(kind: Kind, cover: Cover, entry: Entry, expected: str = "") -> Issue:
    return Issue(kind, sheet=cover.grid.name, cell=entry.cell, found=entry.value, expected=expected)


def _period(cover: Cover, issues: list[Issue]) -> Period | None:
    entry = cover["period_code"]
    if not entry.value:
        issues.append(_remark(Kind.MISSING_PERIOD, cover, entry))
        return None
    try:
        return periods.parse(entry.value)
    except periods.UnknownPeriodError:
        issues.append(_remark(Kind.UNKNOWN_PERIOD, cover, entry))
        return None


def _unit(cover: Cover, period: Period | None, issues: list[Issue]) -> Unit | None:
    entry = cover["unit_code"]
    if not entry.value:
        issues.append(_remark(Kind.MISSING_UNIT_CODE, cover, entry))
        return None
    known = [unit for unit in units.all_units() if unit.code == entry.value.upper()]
    if not known:
        issues.append(_remark(Kind.UNKNOWN_UNIT, cover, entry))
        return None
    in_force = units.find(known[-1].code, period.window_to) if period else known[-1]
    if in_force is None:
        since = f"{known[-1].name}, từ {known[-1].valid_from:%d/%m/%Y}"
        issues.append(_remark(Kind.UNIT_NOT_VALID, cover, entry, expected=since))
        return known[-1]
    name = cover["unit_name"]
    if name.value and not same_unit(name.value, in_force):
        issues.append(_remark(Kind.UNIT_NAME_MISMATCH, cover, name, expected=in_force.name))
    return in_force


def same_unit(words: str, unit: Unit) -> bool:
    """True where ``words`` name the unit, with or without its type and the name of its body."""
    said, official = fold(words), fold(unit.name)
    for body in _BODIES:
        said = said.removeprefix(body).strip()
    kind = fold(unit.kind)
    short = official.removeprefix(kind).strip()
    said_short = next((said.removeprefix(p).strip() for p in _TYPES.get(kind, ()) if said.startswith(p)), said)
    return said == official or said_short == short


def _forms(cover: Cover, unit: Unit | None, issues: list[Issue]) -> tuple[str, ...]:
    entry = cover["form"]
    by_number = {fold(number): form_id for number, form_id in form_ids().items()}
    named = by_number.get(fold(entry.value), "")
    owed = unit.form if unit else ""
    if entry.value and owed and named != owed:
        issues.append(_remark(Kind.FORM_MISMATCH, cover, entry, expected=form_code(owed)))
    return tuple(dict.fromkeys(filter(None, (named, owed))))


def _version(cover: Cover, form_id: str, issues: list[Issue]) -> None:
    """Remark on another version than the present one; a cell may have lost the ``.0`` of 1.0."""
    entry = cover["version"]
    current = form(form_id, "").version
    if entry.value and entry.value not in (current, current.removesuffix(".0")):
        issues.append(_remark(Kind.OLD_FORM_VERSION, cover, entry, expected=current))


def _window(cover: Cover, period: Period, issues: list[Issue]) -> None:
    entry = cover["window"]
    dates = [f"{int(day):02d}/{int(month):02d}/{year}" for day, month, year in _DATE.findall(entry.value)]
    wanted = [f"{day:%d/%m/%Y}" for day in (period.window_from, period.window_to)]
    if len(dates) == len(wanted) and dates != wanted:
        found = Entry(" – ".join(dates), entry.cell)
        issues.append(_remark(Kind.WINDOW_MISMATCH, cover, found, expected=" – ".join(wanted)))


def _file_name(name: str, cover: Cover, unit: str, period: str) -> list[Issue]:
    """What the name plainly says against what the cover says: one of them is of another report."""
    hints = (
        (Kind.FILE_NAME_UNIT, file_names.unit_hint(name), unit, "unit_code"),
        (Kind.FILE_NAME_PERIOD, file_names.period_hint(name), period, "period_code"),
    )
    # A bare "31" in a file name is a day as easily as a city.
    return [
        Issue(kind, sheet=cover.grid.name, cell=cover[entry].cell, found=hint, expected=said)
        for kind, hint, said, entry in hints
        if hint and said and hint != said and len(hint) >= len("10993")
    ]
