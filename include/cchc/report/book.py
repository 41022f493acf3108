"""A workbook being written row by row: formats, page set-up, tables. Streaming, so that size costs no memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cchc.catalogue.periods import ZONE
from cchc.report import letters, numerals
from cchc.report.facts import PERCENT
from cchc.report.rows import RowSheet
from cchc.report.texts import Column, label

FONT = "Times New Roman"
NOTHING: Mapping[str, str] = {}
_A4 = 9
_TYPE, _CHARACTER = 11, 5.15
_TITLE_WIDER = 1.5
"""A letter of the title (bold, 15 points) beside one of the table's."""
"""Points: the body type, and a character that column widths count in (a little less, to be safe)."""
_MARGINS = {"wrap": 14, "center": 5}
"""Points that a cell keeps free at its sides, the indent of texts among them."""
_LARGEST_CELL = Decimal("9.99E+307")
"""Beyond it a cell holds no number, only its text."""
_BORDER = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "align": "center", "valign": "vcenter", "text_wrap": True},
    "subtitle": {"italic": True, "font_size": 11, "align": "center", "valign": "vcenter", "text_wrap": True},
    "agency": {"align": "left", "valign": "vcenter", "font_size": 11, "bold": True},
    "section": {"bold": True, "font_size": 12, "valign": "vcenter"},
    "line": {"font_size": 11, "valign": "vcenter"},
    "paragraph": {"text_wrap": True, "valign": "vcenter", "font_size": 11},
    "head": {**_BORDER, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DCE6F1"},
    "wrap": {**_BORDER, "text_wrap": True, "align": "left", "indent": 1},
    "center": {**_BORDER, "align": "center", "text_wrap": True},
    "code": {**_BORDER, "align": "center", "num_format": "@"},
    "figure": {**_BORDER, "align": "right"},
    "faint": {**_BORDER, "align": "center", "italic": True, "font_size": 9, "font_color": "#595959", "text_wrap": True},
    "whole": {**_BORDER, "align": "center", "num_format": "[$-42A]#,##0"},
    "moment": {**_BORDER, "align": "center", "num_format": "dd/mm/yyyy hh:mm"},
    "label": {**_BORDER, "bold": True, "indent": 1, "text_wrap": True, "bg_color": "#F2F2F2"},
    "good": {"font_color": "#006100", "bg_color": "#E2F0D9"},
    "bad": {"font_color": "#9C0006", "bg_color": "#FFE3E3"},
    "fair": {"font_color": "#7F6000", "bg_color": "#FFF2CC"},
}


class Book:
    """A workbook with one palette.

    Args:
        path: Where it is written.
        title: Document title.
        author: Body that issues it.
        created: Stands as the document's date; no clock is read.
        about: More properties of the document: ``subject``, ``keywords``.
    """

    def __init__(
        self, path: Path, title: str, author: str, created: datetime, about: Mapping[str, str] = NOTHING
    ) -> None:
        self._file = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(path.parent),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": FONT, "font_size": 11},
            },
        )
        naive = created.astimezone(UTC).replace(tzinfo=None)
        self._file.set_properties({"title": title, "author": author, "company": author, "created": naive, **about})
        self._file.set_calc_mode("auto")
        self._formats: dict[tuple[str, str], Format] = {}

    def style(self, name: str, num_format: str = "") -> Format:
        """A format of the palette."""
        key = (name, num_format)
        if key not in self._formats:
            wanted = {"font_name": FONT, "font_size": 11, **STYLES[name]}
            if num_format:
                wanted["num_format"] = num_format
            self._formats[key] = self._file.add_format(wanted)
        return self._formats[key]

    def accent(self, name: str) -> Format:
        """A format for conditional formatting: only what differs."""
        return self._file.add_format(STYLES[name])

    def sheet(self, name: str, *, landscape: bool = True, footer: str = "") -> Worksheet:
        """A new A4 sheet, one page wide, with page numbers."""
        sheet: Worksheet = self._file.add_worksheet(name, RowSheet)
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer(f'&L&"{FONT},Italic"&9{footer}&R&"{FONT},Regular"&9{label("page_footer")}')
        return sheet

    def chart(self, kind: str) -> Any:
        """A new chart: ``line``, ``column`` or ``bar``."""
        return self._file.add_chart({"type": kind})

    def hidden_sheet(self, name: str) -> Worksheet:
        """A sheet that people do not see unless they ask."""
        sheet: Worksheet = self._file.add_worksheet(name, RowSheet)
        sheet.hide()
        return sheet

    def close(self) -> None:
        """Write the file."""
        self._file.close()


def put(book: Book, sheet: Worksheet, row: int, column: int, value: Any, kind: str, uom: str = "") -> None:
    """Write one cell of a table; text is never a formula, a missing figure is an empty cell."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, book.style(kind))
    elif isinstance(value, Decimal) and abs(value) > _LARGEST_CELL:
        sheet.write_string(row, column, numerals.number(value), book.style(kind))
    elif isinstance(value, Decimal):
        shown = numerals.cell_format(value, percent=uom == PERCENT)
        sheet.write_number(row, column, float(value), book.style(kind, shown))
    elif isinstance(value, int):
        sheet.write_number(row, column, value, book.style(kind))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(ZONE).replace(tzinfo=None), book.style(kind))
    else:
        sheet.write_string(row, column, str(value), book.style(kind))


def title_block(
    book: Book,
    sheet: Worksheet,
    lines: Sequence[str],
    last_column: int,
    agency: str,
    first_column: int = 0,
    room: float = 0,
) -> int:
    """Agency, title and subtitles over the table's width, or a part of it; return the next free row.

    Where that width is given (``room``, in characters) lines that do not fit get the height they need.
    """
    sheet.write_string(0, 0, agency, book.style("agency"))
    for offset, line in enumerate(lines):
        row = 1 + offset
        height, wide = (24, _TITLE_WIDER) if offset == 0 else (17, 1)
        sheet.set_row(row, height * (text_lines(line, room / wide) if room else 1))
        sheet.merge_range(row, first_column, row, last_column, line, book.style("title" if offset == 0 else "subtitle"))
    return len(lines) + 2


def set_widths(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Column widths."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)


def heading(book: Book, sheet: Worksheet, row: int, columns: Sequence[Column], height: float = 0) -> int:
    """The heading row; return the next row."""
    lines = max(text_lines(column.heading, column.width - 1) for column in columns if column.kind != "span")
    sheet.set_row(row, height or max(row_height(lines), 34))
    for number, column in enumerate(columns):
        if column.kind == "span":
            sheet.merge_range(row, number, row, number + 1, column.heading, book.style("head"))
        elif column.kind != "skip":
            sheet.write_string(row, number, column.heading, book.style("head"))
    return row + 1


def table(book: Book, sheet: Worksheet, row: int, columns: Sequence[Column], lines: Iterable[Mapping[str, Any]]) -> int:
    """Heading and lines from ``row`` on; return the next free row."""
    row = heading(book, sheet, row, columns)
    for line in lines:
        sheet.set_row(row, line_height(columns, line))
        for number, column in enumerate(columns):
            if column.kind == "span":
                sheet.merge_range(row, number, row, number + 1, line[column.key], book.style("wrap"))
            elif column.kind != "skip":
                put(book, sheet, row, number, line.get(column.key), column.kind, line.get("uom", ""))
        row += 1
    return row


def line_height(columns: Sequence[Column], line: Mapping[str, Any]) -> float:
    """Points that the longest wrapped text needs: not every program grows rows by itself."""
    wrapped = [column for column in columns if column.kind in _MARGINS]
    return row_height(max((text_lines(line.get(c.key), c.width, c.kind) for c in wrapped), default=1))


def row_height(lines: int) -> float:
    """Points for that many lines, within what a row can have."""
    return min(5 + 14 * lines, 409)


def text_lines(text: Any, width: float, kind: str = "wrap") -> int:
    """Lines that a text takes in a column of ``width`` characters."""
    if not isinstance(text, str):
        return 1
    return letters.lines(text, (width * _CHARACTER - _MARGINS[kind]) / _TYPE * 1000)
