"""The two sheets that come before the sender's own: what to mend, and how cells were read."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from cchc.catalogue.notify_texts import LIST_COLUMNS, text
from cchc.model.finding import Severity
from cchc.model.submission import Judged
from cchc.notify.cells import FONT, heading_row, height, put
from cchc.notify.entries import Entry
from cchc.notify.looks import FILLS
from cchc.notify.readings import Coercion

_WIDTHS = (5, 11, 26, 8.5, 21, 29, 13, 17, 28, 22, 10)
_READING_COLUMNS = ("number", "place", "code", "name", "found", "read_as", "mode")
_READING_WIDTHS = (5.0, 28.0, 10.0, 44.0, 24.0, 18.0, 60.0)
_A4 = 9
_SIZE, _SMALL = 11.0, 8.0
_LINK = "0563C1"
_SOFT = "595959"
_CLOSED = "E7E6E6"
_EXPLAINABLE = "FFFFFF"


def write_list(sheet: Worksheet, judged: Judged, who: str, entries: list[Entry]) -> None:
    """Fill the sheet Cần sửa."""
    critical = sum(entry.finding.severity == Severity.CRITICAL for entry in entries)
    verdict = text(f"verdict_{judged.verdict.value}")
    counts = text("list_counts", verdict=verdict, critical=critical, warnings=len(entries) - critical)
    _banner(sheet, 1, text("list_title"), size=16, bold=True)
    _banner(sheet, 2, who, size=12, bold=True)
    _banner(sheet, 3, counts, size=12, bold=True, color="C00000" if critical else "000000")
    _banner(sheet, 4, text("list_mend") if entries else text("list_nothing"))
    row = 5
    if entries:
        _banner(sheet, row, text("list_explain"))
        row += 1
    _banner(sheet, row, "", size=6)
    heading_row(sheet, row + 1, [text(f"column_{name}") for name in LIST_COLUMNS], _WIDTHS)
    for number, entry in enumerate(entries, start=row + 2):
        _line(sheet, number, entry)
    sheet.auto_filter.ref = f"A{row + 1}:{get_column_letter(len(_WIDTHS))}{row + 1 + len(entries)}"
    _paper(sheet)


def _line(sheet: Worksheet, row: int, entry: Entry) -> None:
    tone = FILLS[entry.finding.severity]
    words = entry.words()
    for column, name in enumerate(LIST_COLUMNS, start=1):
        address = f"{get_column_letter(column)}{row}"
        cell = put(sheet, address, words[name], boxed=True, across="center" if name in _CENTRED else "left")
        if name == "number":
            cell.value = entry.number
        elif name == "severity":
            _tint(cell, tone)
        elif name == "place" and entry.link:
            _link(cell, entry)
        elif name == "explanation":
            _tint(cell, _EXPLAINABLE if entry.finding.severity == Severity.WARNING else _CLOSED, bold=False)
        elif name == "rule":
            cell.font = Font(name=FONT, size=_SMALL, color=_SOFT)
    widths = dict(zip(LIST_COLUMNS, _WIDTHS, strict=True))
    sheet.row_dimensions[row].height = max(
        height({said: widths[name]}, _SMALL if name == "rule" else _SIZE) for name, said in words.items()
    )


_CENTRED = frozenset({"number", "severity", "code"})


def _tint(cell: Any, color: str, bold: bool = True) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", start_color=color)
    cell.font = Font(name=FONT, size=11, bold=bold)


def _link(cell: Any, entry: Entry) -> None:
    # The place inside the file, not an address: nothing outside can be reached by it.
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=entry.link, display=None)
    cell.font = Font(name=FONT, size=11, color=_LINK, underline="single")


def write_readings(sheet: Worksheet, coercions: list[Coercion]) -> None:
    """Fill the sheet Cách đọc."""
    _banner(sheet, 1, text("readings_title"), size=14, bold=True, last=len(_READING_COLUMNS), widths=_READING_WIDTHS)
    _banner(sheet, 2, text("readings_note"), last=len(_READING_COLUMNS), widths=_READING_WIDTHS)
    _banner(sheet, 3, "", size=6, last=len(_READING_COLUMNS), widths=_READING_WIDTHS)
    heading_row(sheet, 4, [text(f"column_{name}") for name in _READING_COLUMNS], _READING_WIDTHS)
    for row, coercion in enumerate(coercions, start=5):
        words = (
            str(row - 4),
            coercion.place,
            coercion.code,
            coercion.name,
            coercion.raw,
            coercion.value,
            coercion.mode,
        )
        for column, said in enumerate(words, start=1):
            cell = put(sheet, f"{get_column_letter(column)}{row}", said, boxed=True)
            if column == 2 and coercion.link:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=coercion.link, display=None)
                cell.font = Font(name=FONT, size=11, color=_LINK, underline="single")
        sheet.row_dimensions[row].height = max(
            height({said: width}) for said, width in zip(words, _READING_WIDTHS, strict=True)
        )
    sheet.auto_filter.ref = f"A4:{get_column_letter(len(_READING_COLUMNS))}{4 + len(coercions)}"
    _paper(sheet)


def _banner(
    sheet: Worksheet,
    row: int,
    words: str,
    *,
    size: float = 11,
    bold: bool = False,
    color: str = "000000",
    last: int = len(_WIDTHS),
    widths: tuple[float, ...] = _WIDTHS,
) -> None:
    """A line across the whole table."""
    put(sheet, f"A{row}", words, size=size, bold=bold, color=color)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    sheet.row_dimensions[row].height = height({words: sum(widths)}, size)


def _paper(sheet: Worksheet) -> None:
    """A4 across, one page wide, page numbers."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom, margins.footer = 0.5, 0.5, 0.6, 0.7, 0.3
    footer: Any = sheet.oddFooter  # its type says it may be None; it never is
    footer.right.text, footer.right.font = text("page_footer"), f"{FONT},Regular"
    sheet.sheet_view.showGridLines = False
