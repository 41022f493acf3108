"""Builds the workbook of a case from the form that is issued and filled in; the same bytes every time."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator
from copy import copy
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cchc.catalogue import periods, units
from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import COVER_SHEET, form
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.sample.tampering import spoil
from cchc.store.packing import to_bytes
from cchc.template import address, issue
from cchc.template.layout import CODE, FIGURE, NAME, UOM
from tests.legacy_text import encode
from tests.quirks.cases import Case

PERIOD = periods.parse("2026-Q3")
UNIT = units.find("10993", PERIOD.window_to)
FORM = form(UNIT.form, PERIOD.kind)
FILE_NAME = "10993_2026-Q3"
_FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}


@cache
def sound() -> bytes:
    """The form without any fault."""
    own = figures(7, UNIT, PERIOD)
    return issue(UNIT, PERIOD, own, narrative(7, UNIT, PERIOD, own))


def file_name(case: Case) -> str:
    """The case's file name without its ending."""
    return dict(case.changes)["name"] if case.edit == "file_name" else FILE_NAME


def build(case: Case) -> bytes:
    """The case's workbook as .xlsx."""
    if case.edit in ("none", "file_name"):
        return sound()
    if case.edit == "bytes":
        return _SPOILT[case.changes[0][0]](sound())
    book = load_workbook(BytesIO(sound()))
    _EDITS[case.edit](book, case)
    return to_bytes(book)


def _figures(book: Workbook, case: Case) -> None:
    """Contents of figure cells: text, or ``#`` number, ``%`` number shown in percent, ``@`` date, ``!`` error."""
    for code, content in case.changes:
        _put(_cell(book, code), content)


def _put(cell: Cell, content: str) -> None:
    sort, rest = content[:1], content[1:]
    if sort == "#" and rest[:1].isdigit():
        cell.value = float(rest) if "." in rest else int(rest)
    elif sort == "%":
        cell.value, cell.number_format = float(rest), "0.0%"
    elif sort == "@":
        cell.value, cell.number_format = dt.date.fromisoformat(rest), "dd/mm/yyyy"
    elif sort == "!":
        cell.value, cell.data_type = f"#{rest}", "e"
    else:
        cell.value = content or None
        if sort != "=" and content:
            cell.data_type = "s"


def _dates_since_1904(book: Workbook, case: Case) -> None:
    book.epoch = CALENDAR_MAC_1904
    _figures(book, case)


def _fonts(book: Workbook, case: Case) -> None:
    """Contents of figure cells in the font of an old encoding: ``TCVN3:words``."""
    for code, content in case.changes:
        encoding, _, words = content.partition(":")
        cell = _cell(book, code)
        cell.value, cell.font = encode(words, encoding), Font(name=_FONTS[encoding])


def _cover(book: Workbook, case: Case) -> None:
    sheet = book[COVER_SHEET]
    for field, content in case.changes:
        label = text(f"cover_{field}")
        row = next(cell.row for cell in sheet["B"] if cell.value == label)
        _put(sheet[f"C{row}"], content)


def _units(book: Workbook, case: Case) -> None:
    """The column Đơn vị tính of some rows."""
    for code, content in case.changes:
        cell = _cell(book, code)
        cell.parent[f"{UOM}{cell.row}"].value = content


def _unit_above(book: Workbook, case: Case) -> None:
    """A unit of measure above the table of the first figure; the others are figures that it concerns, too."""
    code, content = case.changes[0]
    _cell(book, code).parent["F4"].value = content


def _codes(book: Workbook, case: Case) -> None:
    for code, content in case.changes:
        cell = _cell(book, code)
        _put(cell.parent[f"{CODE}{cell.row}"], content)


def _names(book: Workbook, case: Case) -> None:
    for code, content in case.changes:
        cell = _cell(book, code)
        cell.parent[f"{NAME}{cell.row}"].value = content


def _everywhere(change: Callable[[str], str]) -> Callable[[Workbook, Case], None]:
    """All text of the workbook, names of sheets included."""

    def edit(book: Workbook, case: Case) -> None:
        for cell in _texts(book):
            cell.value = change(cell.value)
        for sheet in book:
            sheet.title = change(sheet.title)

    return edit


def _in_old_encoding(encoding: str) -> Callable[[Workbook, Case], None]:
    def edit(book: Workbook, case: Case) -> None:
        for cell in _texts(book):
            cell.value = _old(cell.value, encoding)
            font = copy(cell.font)
            cell.font = Font(name=_FONTS[encoding], sz=font.sz, b=font.b, i=font.i)
        for sheet in book:
            sheet.title = _old(sheet.title, encoding)

    return edit


def _old(words: str, encoding: str) -> str:
    """TCVN3 has no capitals with a tone: they are typed as small letters."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(encode(c.lower() if encode(c, encoding) == c and not c.isascii() else c, encoding) for c in composed)


def _look_alikes(book: Workbook, case: Case) -> None:
    letters = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
    _everywhere(lambda words: words.translate(letters))(book, case)


def _inserted_rows(book: Workbook, case: Case) -> None:
    """Rows above each area's table, the rows of the table moved down."""
    for name in FORM.sheets.values():
        sheet = book[name]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(5, 3)
        sheet["A5"].value = "Kèm theo công văn của Ủy ban nhân dân xã"


def _extra_column(book: Workbook, case: Case) -> None:
    for name in FORM.sheets.values():
        book[name]["G5"].value = "Ghi chú 2"
        book[name]["G6"].value = "số liệu đã rà soát"


def _swapped_columns(book: Workbook, case: Case) -> None:
    """Mã số and Chỉ tiêu change places."""
    for name in FORM.sheets.values():
        sheet = book[name]
        for row in range(5, sheet.max_row + 1):
            one, other = sheet[f"{CODE}{row}"], sheet[f"{NAME}{row}"]
            one.value, other.value = other.value, one.value


def _shuffled_rows(book: Workbook, case: Case) -> None:
    for name in FORM.sheets.values():
        sheet = book[name]
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_col=6)]
        for row, line in zip(sheet.iter_rows(min_row=6, max_col=6), reversed(lines), strict=True):
            for cell, value in zip(row, line, strict=True):
                cell.value = value if not str(value).startswith("=") else None


def _deleted_row(book: Workbook, case: Case) -> None:
    for code, _ in case.changes:
        cell = _cell(book, code)
        for other in cell.parent[cell.row]:
            other.value = None


def _added_row(book: Workbook, case: Case) -> None:
    for code, content in case.changes:
        sheet = book[next(iter(FORM.sheets.values()))]
        row = sheet.max_row + 1
        sheet[f"{CODE}{row}"].value = code or None
        sheet[f"{NAME}{row}"].value = "Số buổi nói chuyện chuyên đề" if not code else None
        _put(sheet[f"{FIGURE}{row}"], content)


def _two_row_headings(book: Workbook, case: Case) -> None:
    """The heading in two merged rows, a title block above it, a footer with signature below."""
    for name in FORM.sheets.values():
        sheet = book[name]
        last = sheet.max_row
        for column in "ABCDEF":
            sheet[f"{column}4"].value, sheet[f"{column}5"].value = sheet[f"{column}5"].value, None
            sheet.merge_cells(f"{column}4:{column}5")
        sheet[f"C{last + 2}"].value = "Nơi nhận: Sở Nội vụ; lưu VT."
        sheet[f"E{last + 2}"].value = "CHỦ TỊCH"


def _hidden_sheet(book: Workbook, case: Case) -> None:
    for name, _ in case.changes:
        book[name].sheet_state = "hidden"


def _hidden_row(book: Workbook, case: Case) -> None:
    for code, _ in case.changes:
        cell = _cell(book, code)
        cell.parent.row_dimensions[cell.row].hidden = True


def _copied_sheet(book: Workbook, case: Case) -> None:
    """A sheet twice, ``Sheet (2)``; the figures given stand on the copy only."""
    name = next(iter(FORM.sheets.values()))
    copied = book.copy_worksheet(book[name])
    copied.title = f"{name} (2)"
    for code, content in case.changes:
        _put(copied[_cell(book, code).coordinate], content)


def _titles(book: Workbook, case: Case) -> None:
    """The period in the titles of the sheets named."""
    for name, content in case.changes:
        cell = book[name]["A2"]
        cell.value = str(cell.value).replace("quý III năm 2026", content)


_SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "locked": lambda data: spoil("locked", data, UNIT.name),
    "cut": lambda data: spoil("cut", data, UNIT.name),
    "pdf": lambda data: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
    "rtf": lambda data: rb"{\rtf1\ansi B\'e1o c\'e1o}",
}

_EDITS: dict[str, Callable[[Workbook, Case], None]] = {
    "figures": _figures,
    "figures_1904": _dates_since_1904,
    "fonts": _fonts,
    "cover": _cover,
    "units": _units,
    "unit_above": _unit_above,
    "codes": _codes,
    "names": _names,
    "nfd": _everywhere(lambda words: unicodedata.normalize("NFD", words)),
    "no_break_spaces": _everywhere(lambda words: words.replace(" ", "\u00a0")),
    "zero_width": _everywhere(lambda words: "\u200b".join(words) if len(words) < 16 else words),
    "eth": _everywhere(lambda words: words.replace("đ", "ð").replace("Đ", "Ð")),
    "old_tone_marks": _everywhere(lambda words: words.replace("òa", "oà").replace("ủy", "uỷ").replace("óa", "oá")),
    "look_alikes": _look_alikes,
    "tcvn3": _in_old_encoding("TCVN3"),
    "vni": _in_old_encoding("VNI"),
    "two_row_headings": _two_row_headings,
    "inserted_rows": _inserted_rows,
    "extra_column": _extra_column,
    "swapped_columns": _swapped_columns,
    "shuffled_rows": _shuffled_rows,
    "deleted_row": _deleted_row,
    "added_row": _added_row,
    "hidden_sheet": _hidden_sheet,
    "hidden_row": _hidden_row,
    "copied_sheet": _copied_sheet,
    "titles": _titles,
}


def _cell(book: Workbook, code: str) -> Any:
    sheet, place = address(FORM)[code]
    return book[sheet][place]


def _texts(book: Workbook) -> Iterator[Any]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "s":
                    yield cell
