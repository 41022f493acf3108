"""Who reports on what with which form, from the cover; every doubt becomes a remark."""

from __future__ import annotations

from dataclasses import dataclass

from cchc.catalogue import file_names, periods
from cchc.catalogue.form_texts import form_code, form_ids
from cchc.catalogue.forms import form
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit
from cchc.model.submission import Issue
from cchc.parse.cover import Cover, Entry
from cchc.parse.dates import find
from cchc.parse.issue_kinds import Kind
from cchc.parse.titles import naming_a_period
from cchc.parse.who import unit_of
from cchc.parse.words import fold


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
    unit = unit_of(cover, period, issues)
    forms = _forms(cover, unit, issues)
    if forms:
        _version(cover, forms[0], issues)
    if period is not None:
        _window(cover, period, issues)
    issues += _file_name(file_name, cover, unit, period)
    code = unit.code if unit else ""
    return Identity(code, cover["unit_name"].value, period, forms, cover["version"].value, tuple(issues))


def _remark(kind: Kind, cover: Cover, entry: Entry, expected: str = "") -> Issue:
    return Issue(kind, sheet=cover.grid.name, cell=entry.cell, found=entry.value, expected=expected)


def _period(cover: Cover, issues: list[Issue]) -> Period | None:
    """The period of the code; of its words where the cell holds a spelling instead, or the cell beside it does."""
    entry = cover["period_code"]
    period = _coded(entry.value)
    if period:
        issues += _other_titles(cover, period)
        return period
    told = _told(cover, entry.value) if entry.value else _told(cover, cover["period_name"].value)
    if told:
        found = Entry(entry.value or cover["period_name"].value, entry.cell)
        issues.append(_remark(Kind.PERIOD_BY_WORDS, cover, found, expected=told.code))
    else:
        issues.append(_remark(Kind.UNKNOWN_PERIOD if entry.value else Kind.MISSING_PERIOD, cover, entry))
    return told


def _coded(value: str) -> Period | None:
    try:
        return periods.parse(value)
    except periods.UnknownPeriodError:
        return None


def _told(cover: Cover, words: str) -> Period | None:
    """The one period that words name; where they name no year, the one whose data window the cover gives."""
    named = periods.spoken(words)
    if not named:
        dates = _dates(cover["window"].value)
        years = {int(date[-4:]) for date in dates[1:]}
        named = tuple(p for year in years for p in periods.spoken(words, year) if _window_dates(p) == dates)
    return named[0] if len(named) == 1 else None


def _other_titles(cover: Cover, period: Period) -> list[Issue]:
    """Titles of the cover, and its line Kỳ báo cáo, that name another period than its code."""
    code = cover["period_code"].cell
    return [
        _remark(Kind.COVER_PERIOD, cover, Entry(title.words, title.cell), expected=f"{period.label} ({period.code})")
        for title in naming_a_period(cover.grid)
        if title.cell != code and periods.names_another(title.words, period)
    ]


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
    said, wanted = _dates(entry.value), _window_dates(period)
    if len(said) == len(wanted) and said != wanted:
        found = Entry(" – ".join(said), entry.cell)
        issues.append(_remark(Kind.WINDOW_MISMATCH, cover, found, expected=" – ".join(wanted)))


def _dates(words: str) -> list[str]:
    return [f"{day:%d/%m/%Y}" for day in find(words)]


def _window_dates(period: Period) -> list[str]:
    return [f"{day:%d/%m/%Y}" for day in (period.window_from, period.window_to)]


def _file_name(name: str, cover: Cover, unit: Unit | None, period: Period | None) -> list[Issue]:
    """What the name plainly says against what the cover says: one of them is of another report."""
    hints = (
        (Kind.FILE_NAME_UNIT, _other_unit(name, unit) if unit else "", unit, "unit_code"),
        (Kind.FILE_NAME_PERIOD, file_names.other_period(name, period) if period else "", period, "period_code"),
    )
    return [
        Issue(kind, sheet=cover.grid.name, cell=cover[entry].cell, found=hint, expected=said.code)
        for kind, hint, said, entry in hints
        if hint and said
    ]


def _other_unit(name: str, unit: Unit) -> str:
    """Another unit in a file name; names of today say nothing of the past, nor an authority's of its office."""
    hint = file_names.other_unit(name, unit.code)
    return "" if unit.valid_to is not None or hint == unit.authority else hint
