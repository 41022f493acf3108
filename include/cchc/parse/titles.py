"""What the titles above a sheet's table say of the period and the unit that its figures are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc.catalogue import periods, unit_names
from cchc.catalogue.form_texts import text
from cchc.catalogue.period_words import mentions
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit
from cchc.parse.grid import Grid

_PIECES = re.compile(r"\s[-\u2013\u2014]\s|[,;:()\n]")
_LOOKED_AT = 8
_SHEETS = 20
_QUOTED = 3
_LONGEST = 300
"""A title is no paragraph."""


@dataclass(frozen=True, slots=True)
class Title:
    """A text above the table that names a period, and where it stands."""

    words: str
    cell: str


def naming_a_period(grid: Grid, rows: int = _LOOKED_AT) -> Iterator[Title]:
    """Texts of the first rows that name a period in any spelling."""
    for row, column, words in grid.texts(rows):
        if len(words) <= _LONGEST and mentions(words):
            yield Title(words, grid.cell(row, column))


def of_another_period(grid: Grid, period: Period, rows: int = _LOOKED_AT) -> tuple[Title, ...]:
    """Titles that name another period, in a sheet whose titles nowhere name this one."""
    titles = list(naming_a_period(grid, rows))
    other = tuple(title for title in titles if periods.names_another(title.words, period))
    return other if len(other) == len(titles) else ()


def of_another_unit(grid: Grid, unit: Unit, rows: int) -> tuple[Title, ...]:
    """Titles that name another unit, in a sheet whose titles nowhere name this one."""
    told = [
        (Title(words, grid.cell(row, column)), [*filter(None, map(str.strip, _PIECES.split(words)))])
        for row, column, words in grid.texts(rows)
        if len(words) <= _LONGEST
    ]
    if any(unit_names.same(piece, unit) for _, pieces in told for piece in pieces):
        return ()
    return tuple(title for title, pieces in told if any(unit_names.another(piece, unit) for piece in pieces))


def seen(sheets: Sequence[Grid], file_name: str) -> str:
    """What a file without a cover says of its sender and period, for the question to its sender; nothing is decided."""
    told = [_quoted(grid, row, column, words) for grid in sheets[:_SHEETS] for row, column, words in _heads(grid)]
    shown = [*dict.fromkeys(told)][:_QUOTED] or [text("seen_nothing")]
    return "; ".join([*shown, *([text("seen_file", name=file_name)] if file_name else [])])


def _heads(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Texts of the first rows that name a period or a unit."""
    for row, column, words in grid.texts(_LOOKED_AT):
        if len(words) <= _LONGEST and (mentions(words) or unit_names.present(words) or unit_names.former(words)):
            yield row, column, words


def _quoted(grid: Grid, row: int, column: int, words: str) -> str:
    return text("seen_at", words=" ".join(words.split()), sheet=grid.name, cell=grid.cell(row, column))
