"""Finds the tables of a sheet by their headings and its rows by their codes, never by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cchc.catalogue import headings
from cchc.catalogue.indicators import by_code
from cchc.parse import measures
from cchc.parse.codes import code_of, looks_like_code
from cchc.parse.grid import Grid
from cchc.parse.heads import FigureColumn, Head, heads
from cchc.parse.words import clean, plain

_MOSTLY = 2
_ABOVE = 8
NOWHERE = -1
"""No column: it is not clear which one holds the figures."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table that holds anything at all.

    Attributes:
        code: In the catalogue's spelling where it is a code, else as written without spaces; empty where none stands.
        row: 0-based place in ``grid.rows``.
        table: The table that it belongs to.
        column: 0-based place of the figure; below 0 where it is not clear which column that is.
    """

    code: str
    row: int
    table: Table
    column: int = NOWHERE

    @property
    def grid(self) -> Grid:
        """The sheet."""
        return self.table.grid

    @property
    def value(self) -> Any:
        """Of the figure cell."""
        return self.grid.value(self.row, self.column) if self.column >= 0 else ""

    @property
    def cell(self) -> str:
        """A1 address of the figure; of the code where it is not clear which column holds the figures."""
        return self.grid.cell(self.row, self.column) if self.column >= 0 else self.code_cell

    @property
    def code_cell(self) -> str:
        """A1 address of the code, or of the name where the table has no codes."""
        columns = self.table.head.columns
        return self.grid.cell(self.row, columns.get("code", columns.get("name", 0)))

    @property
    def name_cell(self) -> str:
        """A1 address of the indicator's name, or of the code."""
        column = self.table.head.columns.get("name")
        return self.code_cell if column is None else self.grid.cell(self.row, column)

    @property
    def looks_like_code(self) -> bool:
        """True where the text has the shape of a catalogue code."""
        return looks_like_code(self.code)

    def text(self, role: str) -> str:
        """What stands in the column of that role, as text; empty where the table has no such column."""
        column = self.table.head.columns.get(role)
        value = "" if column is None else self.grid.value(self.row, column)
        if value == "":
            return ""
        return clean(value) if isinstance(value, str) else plain(value)

    def heading_asides(self) -> tuple[str, ...]:
        """Units of money in the brackets of the figure column's headings: ``Số liệu (nghìn đồng)``."""
        return tuple(
            unit
            for figures in self.table.head.figures
            if figures.column == self.column
            for words in figures.words
            for unit in measures.asides(words)
        )

    def other_text(self, role: str, usual: str) -> str:
        """What stands in the column of that role; empty where it is what the form has there."""
        column = self.table.head.columns.get(role)
        return "" if column is None or self.grid.value(self.row, column) == usual else self.text(role)


@dataclass(frozen=True, slots=True)
class Table:
    """One heading and the rows below it.

    Attributes:
        grid: The sheet.
        head: Its heading.
        end: 0-based row behind the last one.
        unit: Unit of measure that stands above it (``Đơn vị tính: triệu đồng``), or empty.
    """

    grid: Grid
    head: Head
    end: int
    unit: str

    def lines(self, column: int | None = None) -> Iterator[Line]:
        """Rows that hold a code, a name or a figure.

        Args:
            column: Of the figures; by default the first that may hold them.
        """
        at = self.head.figures[0].column if column is None else column
        code, name = (self.head.columns.get(role) for role in ("code", "name"))
        for row in range(self.head.last + 1, self.end):
            written = "" if code is None else self.grid.value(row, code)
            if written != "":
                yield Line(code_of(written), row, self, at)
            elif self._holds(row, name) or self._holds(row, at):
                yield Line("", row, self, at)

    def _holds(self, row: int, column: int | None) -> bool:
        return column is not None and column >= 0 and self.grid.value(row, column) != ""

    def values(self, of: FigureColumn) -> list[Any]:
        """What stands in a column, in the rows that have a code, or a name where there are no codes."""
        place = self.head.columns.get("code", self.head.columns.get("name", 0))
        rows = range(self.head.last + 1, self.end)
        return [self.grid.value(row, of.column) for row in rows if self.grid.value(row, place) != ""]


def tables(grid: Grid) -> tuple[Table, ...]:
    """The tables of a sheet, in its order."""
    found = [_with_codes(grid, head) for head in heads(grid)]
    ends = [head.first for head in found[1:]] + [len(grid.rows)]
    return tuple(Table(grid, head, end, _unit(grid, head)) for head, end in zip(found, ends, strict=False))


def _unit(grid: Grid, head: Head) -> str:
    for row in grid.rows[max(head.first - _ABOVE, 0) : head.first]:
        texts = [value for value in row if isinstance(value, str) and value]
        # The label and the unit may stand in cells of their own.
        for text, behind in pairwise([*texts, ""]):
            unit = headings.unit_of(text) or headings.unit_of(f"{text.rstrip(' :')}: {behind}") if ":" in text else ""
            if unit:
                return unit
    return ""


def lines(grid: Grid) -> Iterator[Line]:
    """Rows of the sheet's tables; none where there is no table."""
    for table in tables(grid):
        yield from table.lines()


def _with_codes(grid: Grid, head: Head) -> Head:
    """The heading with the column of codes where only its heading was lost: nothing else looks like our codes."""
    if "code" in head.columns:
        return head
    known = by_code()
    counts = Counter(
        column
        for row in grid.rows[head.last + 1 :]
        for column, value in enumerate(row)
        if isinstance(value, str) and value in known
    )
    if not counts or counts.most_common(1)[0][1] < _MOSTLY:
        return head
    return Head(head.first, head.last, head.columns | {"code": counts.most_common(1)[0][0]}, head.figures)


def is_heading_again(line: Line) -> bool:
    """True where the row repeats a heading without being whole enough to begin a table."""
    return headings.is_a(line.text("code"), "code") or headings.is_a(line.text("name"), "name")
