"""The native reader of .xlsx, .xls, .xlsb and .ods."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from cchc.model.submission import Issue
from cchc.parse.archive import RefusedError
from cchc.parse.containers.assemble import not_read_whole
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_CELLS, MOST_FILLED, MOST_ROWS, MOST_SHEETS
from cchc.parse.words import storable

_WIDE = 50_000
"""Cells of a sheet from which on empty ends of rows are worth dropping."""


class Found(NamedTuple):
    """The worksheets, the names of all sheets in the file's order, and what was left unread."""

    grids: tuple[Grid, ...]
    names: list[str]
    remarks: tuple[Issue, ...]


def sheets(data: bytes) -> Found:
    """Every worksheet.

    Raises:
        RefusedError: If it cannot be read.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        visible = {meta.name: meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet}
        room, filled, grids, cut = MOST_CELLS, MOST_FILLED, [], []
        for name, meta in list(visible.items())[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            grids.append(_grid(sheet, meta.visible != SheetVisibleEnum.Visible, room))
            room -= min(sheet.height, MOST_ROWS) * sheet.width
            filled -= sum(map(len, grids[-1].rows))
            if filled < 0:
                raise RefusedError(Kind.ZIP_BOMB)
            if sheet.height > MOST_ROWS:
                cut.append(not_read_whole(grids[-1].name, sheet.height))
        beyond = [not_read_whole(str(storable(name)), 0) for name in list(visible)[MOST_SHEETS:][:1]]
        return Found(tuple(grids), list(book.sheet_names), (*cut, *beyond))
    except PasswordError as error:
        raise RefusedError(Kind.ENCRYPTED) from error
    except (KeyboardInterrupt, SystemExit, RefusedError):
        raise
    except BaseException as error:  # a panic of the native reader is not an Exception
        raise RefusedError(Kind.DAMAGED) from error


def _grid(sheet: CalamineSheet, hidden: bool, room: int) -> Grid:
    top, left = sheet.start or (0, 0)
    if min(sheet.height, MOST_ROWS) * sheet.width > room:
        raise RefusedError(Kind.ZIP_BOMB)
    rows = [[_plain(value) for value in row] for row in sheet.to_python(nrows=MOST_ROWS)]
    if len(rows) * sheet.width > _WIDE:
        for row in rows:
            _trim(row)
    return Grid(str(storable(sheet.name)), hidden, rows, top, left)


def _trim(row: list[Any]) -> None:
    """Drop the empty cells at the end: one far cell must not make every row as long."""
    while row and row[-1] == "":
        row.pop()


def _plain(value: Any) -> Any:
    """Whole numbers are numbers like any other, whichever record an .xls keeps them in."""
    return float(value) if type(value) is int else storable(value)
