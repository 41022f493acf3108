"""Puts cells that a reader found into sheets, with limits on the area that they may span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from cchc.model.submission import Issue
from cchc.parse.archive import RefusedError
from cchc.parse.grid import MIXED, PERCENT, UNCOMPUTED, Grid, Notes
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_FILLED, MOST_ROWS, MOST_SHEETS
from cchc.parse.words import storable

_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)|Err:\d{3}", re.IGNORECASE)
_NAME = 31
_LABEL = re.compile(r"([^:\n]{2,60}):\s*(\S.*)", re.DOTALL)


@dataclass
class Sheet:
    """A sheet in the making; empty cells are not kept.

    Attributes:
        name: May be empty.
        hidden: True where a person does not see it.
        cells: By 0-based row and column.
        notes: By 0-based row and column, see :data:`cchc.parse.grid.Notes`.
        decimal_point: See :class:`cchc.parse.grid.Grid`.
    """

    name: str = ""
    hidden: bool = False
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    decimal_point: bool = False

    def put(
        self, row: int, column: int, value: Any, *, percent: bool = False, formula: bool = False, mixed: bool = False
    ) -> None:
        """Keep a value; an error in words is noted and leaves the cell empty, as in an .xlsx.

        Raises:
            RefusedError: If there are more cells than any form has.
        """
        if isinstance(value, str):
            value = storable(value)
            if is_error(value):
                self.notes[row, column] = value.strip() if value.startswith("#") else "#VALUE!"
                return
        if value in ("", None):
            if formula:
                self.notes[row, column] = UNCOMPUTED
            return
        if mixed or percent and not isinstance(value, str):
            self.notes[row, column] = MIXED if mixed else PERCENT
        self.cells[row, column] = value
        if len(self.cells) > MOST_FILLED:
            raise RefusedError(Kind.ZIP_BOMB)


def is_error(text: str) -> bool:
    """True for what a spreadsheet shows in place of a result."""
    return bool(_ERROR.fullmatch(text.strip()))


def assembled(sheets: Sequence[Sheet]) -> tuple[tuple[Grid, ...], Notes, list[Issue]]:
    """The sheets as grids, each with a name of its own; notes on their cells; what was left unread.

    Raises:
        RefusedError: If they span an absurd area.
    """
    grids: list[Grid] = []
    notes: Notes = {}
    cut = [not_read_whole(sheet.name, 0) for sheet in sheets[MOST_SHEETS:][:1]]
    taken: set[str] = set()
    room = MOST_FILLED
    for number, sheet in enumerate(sheets[:MOST_SHEETS], start=1):
        name = _own_name(sheet.name, number, taken)
        grid = _grid(sheet, name, room)
        room -= sum(map(len, grid.rows))
        grids.append(grid)
        deepest = max((row for row, _ in sheet.cells), default=0) - grid.top
        if deepest >= MOST_ROWS:
            cut.append(not_read_whole(name, deepest + 1))
        for (row, column), note in sheet.notes.items():
            notes[name, f"{get_column_letter(column + 1)}{row + 1}"] = note
    return tuple(grids), notes, cut


def not_read_whole(sheet: str, rows: int) -> Issue:
    """The remark on a sheet that goes on beyond what is read; on a sheet that is not read at all it names no rows."""
    return Issue(Kind.NOT_READ_WHOLE, sheet=sheet, found=f"{rows:,}".replace(",", "."))


def _own_name(wanted: str, number: int, taken: set[str]) -> str:
    name = " ".join(str(storable(wanted)).split())[:_NAME].strip() or f"Bảng {number}"
    while name in taken:
        name = f"{name[:_NAME]} ({number})"
    taken.add(name)
    return name


def _grid(sheet: Sheet, name: str, room: int) -> Grid:
    if not sheet.cells:
        return Grid(name, sheet.hidden, [], 0, 0)
    rows = [row for row, _ in sheet.cells]
    columns = [column for _, column in sheet.cells]
    top, left, width = min(rows), min(columns), max(columns) - min(columns) + 1
    filled = {row for row in rows if row - top < MOST_ROWS}
    if len(filled) * width > room:
        raise RefusedError(Kind.ZIP_BOMB)
    table: list[list[Any]] = [[""] * width if row in filled else [] for row in range(top, max(filled) + 1)]
    for (row, column), value in sheet.cells.items():
        if row in filled:
            table[row - top][column - left] = value
    return Grid(name, sheet.hidden, table, top, left, decimal_point=sheet.decimal_point)


def prose(lines: Sequence[str], name: str) -> Sheet:
    """Lines of running text as a sheet: "Mã đơn vị: 10993" becomes a label and its value."""
    sheet = Sheet(name)
    for row, line in enumerate(lines):
        parts = _LABEL.fullmatch(line.strip())
        for column, part in enumerate(parts.groups() if parts else (line.strip(),)):
            sheet.put(row, column, part.strip())
    return sheet
