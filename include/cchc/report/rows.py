"""A worksheet of many plain cells: numbers and empty cells go straight to the file, the same bytes by a shorter way."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet


class RowSheet(Worksheet):
    """A worksheet whose cells are named by row and column, never by address."""

    write_number = Worksheet._write_number
    write_string = Worksheet._write_string
    write_blank = Worksheet._write_blank

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell).__name__
        if cell.format and kind == "Number":
            style = cell.format._get_xf_index()
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{style}"><v>{cell.number:.16G}</v></c>')
        elif cell.format and kind == "Blank":
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"/>')
        else:
            super()._write_cell(row, col, cell)


@cache
def _letters(col: int) -> str:
    name: str = xl_col_to_name(col)
    return name
