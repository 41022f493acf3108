"""Finds the headings of a sheet's tables by what they mean: merged, in several rows, shifted, repeated, reordered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cchc.catalogue import headings
from cchc.catalogue.period_words import mentions
from cchc.parse.grid import Grid

_LOOKED_AT = 60
_MOST_ROWS = 4
_MOST_MENTION = 40
_MOST_ABOVE = 25
_ENOUGH = 2
CODE_SHAPE = re.compile(r"\s*[0-9]+(?:\s*[.,]\s*[0-9]+)+[a-zđ]?\s*\.?\s*", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:[0-9]{1,2}|[A-Za-zĐđ])\s*\)?(?:\s*=.*)?")
_FIXED = ("number", "code", "name", "uom", "note")


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column that may hold the figures.

    Attributes:
        column: 0-based place in ``grid.rows``.
        words: Its headings from top to bottom.
        tags: See :func:`cchc.catalogue.headings.tags`.
    """

    column: int
    words: tuple[str, ...]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of one table.

    Attributes:
        first: 0-based row where they begin.
        last: 0-based row where they end.
        columns: 0-based place by role: ``number``, ``code``, ``name``, ``uom``, ``note``, those that there are.
        figures: Columns that may hold the figures, at least one.
    """

    first: int
    last: int
    columns: dict[str, int]
    figures: tuple[FigureColumn, ...]

    def cell(self, grid: Grid, column: int) -> str:
        """A1 address of a column's lowest heading."""
        filled = [row for row in range(self.first, self.last + 1) if grid.value(row, column) != ""]
        return grid.cell(filled[-1] if filled else self.last, column)


@dataclass(slots=True)
class _Block:
    """Heading rows while they are being put together."""

    rows: list[int]
    columns: dict[str, int] = field(default_factory=dict)


def heads(grid: Grid) -> Iterator[Head]:
    """Every heading of the sheet, in its order; a repeated one (after a page break) comes again."""
    row, limit = 0, _LOOKED_AT
    while row < min(len(grid.rows), limit):
        found = _head(grid, row)
        if found is None:
            row += 1
        else:
            yield found
            row, limit = found.last + 1, len(grid.rows)


def _head(grid: Grid, row: int) -> Head | None:
    columns = _fixed_columns(grid.rows[row])
    if not columns:
        return None
    block = _Block([row, *_lower_rows(grid, row, columns)], columns)
    figures = _figures(grid, block)
    if not figures and row and any(_short_figure(value) for value in grid.rows[row - 1]):
        block.rows.insert(0, row - 1)
        figures = _figures(grid, block)
    if not figures or len(columns) + 1 < _ENOUGH:
        return None
    last = block.rows[-1]
    return Head(block.rows[0], last + _numbering(grid, last + 1), columns, figures)


def _fixed_columns(line: Sequence[Any]) -> dict[str, int]:
    """Columns by role where the row heads a table: it names the codes or the indicators, and holds no data."""
    found: dict[str, int] = {}
    figure = False
    for column, value in enumerate(line):
        if isinstance(value, str):
            role = headings.role(value) if value else ""
            if role in _FIXED:
                found.setdefault(role, column)
            elif role == "figure":
                figure = True
            elif CODE_SHAPE.fullmatch(value):
                return {}
    named = "code" in found or "name" in found
    return found if named and len(found) + figure >= _ENOUGH else {}


def _lower_rows(grid: Grid, top: int, columns: dict[str, int]) -> Iterator[int]:
    """Rows below the first one that still belong to the headings."""
    kept = set(columns.values())
    for row in range(top + 1, min(top + _MOST_ROWS, len(grid.rows))):
        said = False
        for column, value in enumerate(grid.rows[row]):
            if value == "" or value == grid.value(top, column):
                continue
            if not isinstance(value, str) or column in kept or CODE_SHAPE.fullmatch(value):
                return
            said = said or _tells(value)
        if not said:
            return
        yield row


def _tells(text: str) -> bool:
    return bool(headings.role(text) or headings.tags(text) or _mention(text))


def _short_figure(value: Any) -> bool:
    """True for "Số liệu" above the other headings, not for a title that begins with such a word."""
    return isinstance(value, str) and len(value) <= _MOST_ABOVE and headings.is_a(value, "figure")


def _mention(text: str) -> bool:
    return len(text) <= _MOST_MENTION and bool(mentions(text))


def _figures(grid: Grid, block: _Block) -> tuple[FigureColumn, ...]:
    """Columns under a heading of figures, whatever else stands above or below it."""
    taken = set(block.columns.values())
    width = max(len(grid.rows[row]) for row in block.rows)
    found = []
    for column in range(width):
        if column not in taken:
            words = _path(grid, block.rows, column)
            tags = frozenset[str]().union(*map(headings.tags, words))
            figure = any(headings.is_a(text, "figure") for text in words)
            if "other" not in tags and (figure or tags or any(map(_mention, words))):
                found.append(FigureColumn(column, words, tags))
    return tuple(found)


def _path(grid: Grid, rows: Sequence[int], column: int) -> tuple[str, ...]:
    """Headings of a column from top to bottom; a merged one reaches over the columns to its right."""
    words = []
    for place, row in enumerate(rows):
        value = grid.value(row, column)
        left = column
        while value == "" and left and _within(grid, rows[place + 1 :], left):
            left -= 1
            value = grid.value(row, left)
        if isinstance(value, str) and value:
            words.append(value)
    return tuple(dict.fromkeys(words))


def _within(grid: Grid, lower: Sequence[int], column: int) -> bool:
    """True where a lower heading stands in both columns, so that what is above may be one merged heading."""
    return any(grid.value(row, column) != "" and grid.value(row, column - 1) != "" for row in lower)


def _numbering(grid: Grid, row: int) -> int:
    """1 where the row only numbers the columns: A, B, 1, 2 or (1), (2), (3) = (1) + (2)."""
    if row >= len(grid.rows):
        return 0
    said = [str(int(v)) if isinstance(v, float) and v.is_integer() else str(v) for v in grid.rows[row] if v != ""]
    numbered = len(said) > _ENOUGH and all(_COLUMN_NUMBER.fullmatch(text) for text in said)
    return int(numbered and len(set(said)) == len(said))
