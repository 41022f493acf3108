"""Writing into cells: text stays text, whatever it begins with."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32767
"""Characters that a cell can hold."""
_FORMULA_MARKS = ("=", "+", "-", "@")


def put_text(sheet: Worksheet, cell: str, text: str, style: str) -> None:
    """Write text that can never turn into a formula, not even when someone edits the cell."""
    target: Any = sheet[cell]
    target.style = style
    target.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST] or None
    if text.startswith(_FORMULA_MARKS):
        target.data_type = "s"
        target.quotePrefix = True


def put_figure(sheet: Worksheet, cell: str, figure: Decimal | int | str | None, style: str) -> None:
    """Write a figure: numbers as numbers, words as text, nothing as an empty cell."""
    if isinstance(figure, str):
        put_text(sheet, cell, figure, style)
        return
    target: Any = sheet[cell]
    target.style = style
    target.value = figure


def put_formula(sheet: Worksheet, cell: str, formula: str, style: str) -> None:
    """Write a formula of the form's own."""
    target: Any = sheet[cell]
    target.style = style
    target.value = formula
