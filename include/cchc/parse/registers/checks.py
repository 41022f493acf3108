"""Checks over the entries of one register: twins, dates of another year, scores above their maximum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc.catalogue.registers import Register
from cchc.model.register import Entry, Remark
from cchc.parse.registers.remarks import error, warning
from cchc.parse.registers.typed import SHOWN
from cchc.parse.words import fold

_AFTER = (("registered_on", "completed_on"), ("registered_on", "recognised_on"))


def of_entries(register: Register, entries: Sequence[Entry], year: int) -> list[Remark]:
    """What is to be said of entries that each were readable."""
    found = [*_twins(register, entries)]
    for entry in entries:
        found += [*_of_other_year(register, entry, year), *_reversed(entry), *_too_high(entry)]
    return found


def _twins(register: Register, entries: Sequence[Entry]) -> Iterator[Remark]:
    seen: dict[tuple[str, ...], int] = {}
    for entry in entries:
        key = tuple(entry.unit if name == "unit_code" else fold(entry.text(name)) for name in register.unique)
        if key in seen:
            columns = ", ".join(register.column(name).heading for name in register.unique)
            first = next(iter(entry.cells.values())).cell
            yield error("duplicate", entry.sheet, first, "", row=seen[key], columns=columns)
        seen.setdefault(key, entry.row)


def _of_other_year(register: Register, entry: Entry, year: int) -> Iterator[Remark]:
    day = entry.day(register.dated) if register.dated else None
    if day and day.year != year:
        cell = entry.cells[register.dated].cell
        yield warning("other_year", entry.sheet, cell, SHOWN.format(day), year=year)


def _reversed(entry: Entry) -> Iterator[Remark]:
    for first, later in _AFTER:
        begun, done = entry.day(first), entry.day(later)
        if begun and done and done < begun:
            cell = entry.cells[later].cell
            yield warning("completed_before", entry.sheet, cell, SHOWN.format(done), expected=SHOWN.format(begun))


def _too_high(entry: Entry) -> Iterator[Remark]:
    most = entry.number("maximum")
    for key in ("self", "appraised"):
        score = entry.number(key)
        if score is not None and most is not None and score > most:
            cell = entry.cells[key]
            yield error("score_above_maximum", entry.sheet, cell.cell, cell.raw, expected=entry.cells["maximum"].raw)
