"""Finds the table of a sheet by its headings and its rows by their codes, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cchc.catalogue.forms import HEADINGS
from cchc.parse.grid import Grid
from cchc.parse.words import fold, plain

_LOOKED_AT = 30
_CODE_HEADING, _FIGURE_HEADING = fold(HEADINGS[1]), fold(HEADINGS[4])
_CODE = re.compile(r"[0-9]+(?:\.[0-9]+)+[a-z]?")


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the table begins and which columns matter."""

    row: int
    code: int
    figure: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row with something in the code column.

    Attributes:
        code: As written, spaces and a final dot removed.
        value: Of the figure cell.
        grid: The sheet.
        row: 0-based place in ``grid.rows``.
        column: 0-based place of the figure.
        code_column: 0-based place of the code.
    """

    code: str
    value: Any
    grid: Grid
    row: int
    column: int
    code_column: int

    @property
    def cell(self) -> str:
        """A1 address of the figure."""
        return self.grid.cell(self.row, self.column)

    @property
    def code_cell(self) -> str:
        """A1 address of the code."""
        return self.grid.cell(self.row, self.code_column)

    @property
    def looks_like_code(self) -> bool:
        """True where the text has the shape of a catalogue code."""
        return bool(_CODE.fullmatch(self.code))


def heading(grid: Grid) -> Heading | None:
    """The heading row: the first one with a code column and a figure column."""
    for row, line in enumerate(grid.rows[:_LOOKED_AT]):
        code = figure = None
        for column, value in enumerate(line):
            if isinstance(value, str) and value:
                words = fold(value)
                if code is None and words == _CODE_HEADING:
                    code = column
                elif figure is None and words.startswith(_FIGURE_HEADING):
                    figure = column
        if code is not None and figure is not None:
            return Heading(row, code, figure)
    return None


def lines(grid: Grid) -> Iterator[Line]:
    """Rows of the sheet's table that have anything in the code column; none where there is no table."""
    head = heading(grid)
    if head is None:
        return
    for row in range(head.row + 1, len(grid.rows)):
        code = grid.value(row, head.code)
        if code != "":
            words = plain(code).replace(" ", "").rstrip(".").casefold()
            if words and words != _CODE_HEADING:
                yield Line(words, grid.value(row, head.figure), grid, row, head.figure, head.code)
