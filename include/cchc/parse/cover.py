"""Reads the cover sheet by its labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import COVER_SHEET
from cchc.parse.grid import Grid
from cchc.parse.words import fold, plain

FIELDS = ("unit_name", "unit_code", "period_code", "period_name", "window", "form", "version")
_LOOKED_AT = 60
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the cover and where it stands; the cell beside the label where it is empty."""

    value: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says, by ``FIELDS``."""

    grid: Grid
    entries: dict[str, Entry]

    def __getitem__(self, name: str) -> Entry:
        return self.entries.get(name, Entry())


def find(sheets: Sequence[Grid]) -> Cover | None:
    """The cover: the sheet of that name, else the first one with its labels."""
    named = [grid for grid in sheets if fold(grid.label) == fold(COVER_SHEET)]
    for grid in (*named, *sheets):
        entries = _entries(grid)
        if len(entries) >= _ENOUGH:
            return Cover(grid, entries)
    return Cover(named[0], {}) if named else None


def _entries(grid: Grid) -> dict[str, Entry]:
    labels = {fold(text(f"cover_{name}")): name for name in FIELDS}
    found: dict[str, Entry] = {}
    for row, column, words in grid.texts(_LOOKED_AT):
        name = labels.get(fold(words).rstrip(" :*"))
        if name and name not in found:
            found[name] = _beside(grid, row, column)
    return found


def _beside(grid: Grid, row: int, column: int) -> Entry:
    """The first filled cell to the right of a label."""
    for place in range(column + 1, len(grid.rows[row])):
        value = plain(grid.value(row, place))
        if value:
            return Entry(value, grid.cell(row, place))
    return Entry("", grid.cell(row, column + 1))
