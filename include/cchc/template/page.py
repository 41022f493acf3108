"""Paper and protection, the same on every sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from openpyxl.worksheet.properties import PageSetupProperties

from cchc.catalogue.form_texts import text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9
_INDENT = 2
_FIT = 1.2
"""Characters of 12-point Times New Roman that fit in one unit of column width."""
_LINE_POINTS = 16.5
_HEADING_POINTS = 24


def set_up(sheet: Worksheet, widths: Mapping[str, float], repeat: int | None = None) -> None:
    """A4 upright, one page wide, page numbers; headings repeat down to row ``repeat`` and stay on screen."""
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom, margins.footer = 0.8, 0.6, 0.7, 0.8, 0.4
    sheet.print_options.horizontalCentered = True
    footer: Any = sheet.oddFooter  # its type says it may be None; it never is
    footer.right.text, footer.right.font = text("page_footer"), "Times New Roman,Regular"
    sheet.sheet_view.showGridLines = False
    if repeat:
        sheet.row_dimensions[repeat].height = _HEADING_POINTS
        sheet.print_title_rows = f"{repeat}:{repeat}"
        sheet.freeze_panes = f"A{repeat + 1}"


def merge(sheet: Worksheet, cells: str) -> None:
    """Merge cells that hold nothing but the first one's text (openpyxl's own way repaints each border, slowly)."""
    sheet.merged_cells.add(cells)


def protect(sheet: Worksheet) -> None:
    """Lock what is not meant to be filled in; widths and heights stay free, there is no password."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.formatCells = False


def height(words: str, width: float, size: float = 12) -> float:
    """Points that ``words`` need in a cell ``width`` characters wide (merged cells do not grow by themselves)."""
    per_line = max(int((width - _INDENT) * _FIT * 12 / size), 1)
    lines = sum(-(-max(len(line), 1) // per_line) for line in words.split("\n"))
    return min(lines * _LINE_POINTS * size / 12 + 3, 400)
