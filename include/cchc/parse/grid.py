"""A sheet as rows of values, with real addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

Notes = dict[tuple[str, str], str]
"""What the value alone does not tell, by sheet and A1 address: one of the marks below, or an error."""
PERCENT, UNCOMPUTED, MIXED = "%", "=", "~"


@dataclass(frozen=True, slots=True)
class Grid:
    """Values of one sheet.

    Attributes:
        name: As in the file.
        hidden: True where a person does not see the sheet.
        rows: From the first row and column that hold anything; empty cells are ``""``.
        top: 0-based number of the first row.
        left: 0-based number of the first column.
        title: The name in Unicode, where the file has it in an old encoding; else empty.
        decimal_point: True where the file's own form tells that its decimals stand behind a point.
    """

    name: str
    hidden: bool
    rows: list[list[Any]]
    top: int
    left: int
    title: str = ""
    decimal_point: bool = False

    @property
    def label(self) -> str:
        """The name to compare: findings point at ``name``, as a person finds it in the file."""
        return self.title or self.name

    def cell(self, row: int, column: int) -> str:
        """A1 address of a place in ``rows``."""
        return f"{get_column_letter(self.left + column + 1)}{self.top + row + 1}"

    def value(self, row: int, column: int) -> Any:
        """What stands there, ``""`` beyond the edge."""
        line = self.rows[row]
        return line[column] if column < len(line) else ""

    def texts(self, limit: int) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the text cells of the first ``limit`` rows."""
        for row, line in enumerate(self.rows[:limit]):
            for column, value in enumerate(line):
                if isinstance(value, str) and value:
                    yield row, column, value
