"""Changes to a finished workbook, as people and programs make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import COVER_SHEET, NARRATIVE_SHEET, Form
from cchc.catalogue.indicators import by_code
from cchc.store.packing import to_bytes
from cchc.template.layout import (
    CODE,
    COVER_LABEL,
    COVER_VALUE,
    FIGURE,
    HEADING_ROW,
    NAME,
    NOTE,
    NUMBER,
    SUBTITLE_ROW,
    UOM,
)
from cchc.template.layout import address as addresses

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STAMP = (2026, 1, 1, 0, 0, 0)
_NO_SHEETS = {"pdf": b"%PDF-1.7\n% ", "rtf": b"{\\rtf1 ", "picture": b"\x89PNG\r\n\x1a\n"}
_LINK = {
    "xl/externalLinks/_rels/externalLink1.xml.rels": b"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
Target="file:///D:/Bao%20cao/Quy2.xlsx" TargetMode="External"/></Relationships>"""
}
Changed = tuple[str, str, str]
"""Sheet, cell and code that the finding points at."""


def spoil(how: str, data: bytes, sender: str) -> bytes:
    """Bytes that are no form, or a form with what does not belong into it (``macros``, ``linked``)."""
    match how:
        case "text":
            return f"Kính gửi Sở Nội vụ,\n{sender} xin gửi báo cáo sau.\n".encode()
        case "empty":
            return b""
        case "cut":
            return data[: len(data) // 2]
        case "locked":
            return _OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + data[:4096]
        case "macros":
            return _with_parts(data, {"xl/vbaProject.bin": _OLE + bytes(2048)})
        case "linked":
            return _with_parts(data, _LINK)
        case "packed":
            return _with_parts(b"", {f"{sender}.xlsx": data})
    if how in _NO_SHEETS:
        return _NO_SHEETS[how] + sender.encode()
    return _foreign(sender)


def _with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with further parts, its own ones as they were; nothing but them where there is no archive yet."""
    out = BytesIO(data)
    with ZipFile(out, "a" if data else "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name, _STAMP), part)
    return out.getvalue()


def change(data: bytes, form: Form, edit: str, targets: Sequence[str], value: str) -> tuple[bytes, str, str, str]:
    """Change a form; return it with the sheet, cell and code that the finding points at."""
    book = load_workbook(BytesIO(data))
    places = [
        _EDITS[edit](book, form, target, value) for target in (targets if edit == "cover_cleared" else targets[:1])
    ]
    return to_bytes(book), *places[0]


def _cover(book: Any, form: Form, field: str, value: str) -> Changed:
    sheet = book[COVER_SHEET]
    label = text(f"cover_{field}")
    row = next(cell.row for cell in sheet[COVER_LABEL] if cell.value == label)
    sheet[f"{COVER_VALUE}{row}"].value = value or None
    return sheet.title, f"{COVER_VALUE}{row}", ""


def _sheet_removed(book: Any, form: Form, area: str, value: str) -> Changed:
    book.remove(book[form.sheets[int(area)]])
    return "", "", ""


def _sheet_hidden(book: Any, form: Form, area: str, value: str) -> Changed:
    sheet = book[form.sheets[int(area)]]
    sheet.sheet_state = "hidden"
    return sheet.title, "", ""


def _heading_removed(book: Any, form: Form, area: str, value: str) -> Changed:
    sheet = book[form.sheets[int(area)]]
    for cell in sheet[HEADING_ROW]:
        cell.value = None
    return sheet.title, "", ""


def _row_cleared(book: Any, form: Form, code: str, value: str) -> Changed:
    sheet, row = _row_of(book, form, code)
    for cell in sheet[row]:
        cell.value = None
    return sheet.title, "", code


def _row_added(book: Any, form: Form, code: str, value: str) -> Changed:
    """A code of the form below its own table, a stranger below the first one."""
    sheet = book[addresses(form)[code][0] if code in form.codes else form.sheets[min(form.sheets)]]
    row = sheet.max_row + 1
    sheet[f"{CODE}{row}"].value, sheet[f"{FIGURE}{row}"].value = code, int(value)
    return (sheet.title, f"{FIGURE}{row}", code) if code in by_code() else (sheet.title, f"{CODE}{row}", "")


def _formula(book: Any, form: Form, code: str, value: str) -> Changed:
    sheet, row = _row_of(book, form, code)
    sheet[f"{FIGURE}{row}"].value = value
    return sheet.title, f"{FIGURE}{row}", code


def _error(book: Any, form: Form, code: str, value: str) -> Changed:
    sheet, row = _row_of(book, form, code)
    sheet[f"{FIGURE}{row}"].value = value
    sheet[f"{FIGURE}{row}"].data_type = "e"
    return sheet.title, f"{FIGURE}{row}", code


def _unit_of_measure(book: Any, form: Form, code: str, value: str) -> Changed:
    sheet, row = _row_of(book, form, code)
    sheet[f"{UOM}{row}"].value = value
    return sheet.title, f"{FIGURE}{row}", code


def _old_font(book: Any, form: Form, code: str, value: str) -> Changed:
    """The name of a row in the encoding that its font is made for."""
    sheet, row = _row_of(book, form, code)
    sheet[f"{NAME}{row}"].value, sheet[f"{NAME}{row}"].font = value, Font(name=".VnTime")
    return sheet.title, f"{NAME}{row}", ""


def _row_of(book: Any, form: Form, code: str) -> tuple[Worksheet, int]:
    name, cell = addresses(form)[code]
    return book[name], int(cell.removeprefix(FIGURE))


def _code(book: Any, form: Form, code: str, value: str) -> Changed:
    """Another code, or none, in a row of the form."""
    sheet, row = _row_of(book, form, code)
    sheet[f"{CODE}{row}"].value = value or None
    return sheet.title, f"{CODE}{row}", code


def _name(book: Any, form: Form, code: str, value: str) -> Changed:
    sheet, row = _row_of(book, form, code)
    sheet[f"{NAME}{row}"].value = value
    return sheet.title, f"{NAME}{row}", code


def _row_hidden(book: Any, form: Form, code: str, value: str) -> Changed:
    sheet, row = _row_of(book, form, code)
    sheet.row_dimensions[row].hidden = True
    return sheet.title, f"{FIGURE}{row}", code


def _code_of_other(book: Any, form: Form, code: str, other: str) -> Changed:
    """A row gets the code of another one, which stands twice then."""
    sheet, row = _row_of(book, form, code)
    sheet[f"{CODE}{row}"].value = other
    return sheet.title, f"{CODE}{row}", other


def _column_twice(book: Any, form: Form, area: str, value: str) -> Changed:
    """A second column of figures beside the first."""
    sheet = book[form.sheets[int(area)]]
    beside = get_column_letter(sheet[NOTE + "1"].column + 1)
    for row in range(HEADING_ROW, sheet.max_row + 1):
        figure = sheet[f"{FIGURE}{row}"].value
        sheet[f"{beside}{row}"].value = figure if row == HEADING_ROW else row
    return sheet.title, f"{FIGURE}{HEADING_ROW}", ""


def _own_row(book: Any, form: Form, area: str, value: str) -> Changed:
    sheet = book[form.sheets[int(area)]]
    row = sheet.max_row + 2
    sheet[f"{FIGURE}{row}"].value = int(value)
    return sheet.title, f"{FIGURE}{row}", ""


def _sheet_copied(book: Any, form: Form, area: str, value: str) -> Changed:
    """A second sheet of an area, with other figures where ``value`` is given."""
    copy = book.copy_worksheet(book[form.sheets[int(area)]])
    copy.title = f"{form.sheets[int(area)]} (2)"
    first = next(row for row in form.area_rows(int(area)) if row.required != "computed").indicator.code
    if value:
        copy[addresses(form)[first][1]].value = int(value)
    return copy.title, "", ""


def _title(book: Any, form: Form, area: str, value: str) -> Changed:
    sheet = book[form.sheets[int(area)]]
    sheet[f"{NUMBER}{SUBTITLE_ROW}"].value = value
    return sheet.title, f"{NUMBER}{SUBTITLE_ROW}", ""


def _codes_removed(book: Any, form: Form, area: str, value: str) -> Changed:
    sheet = book[form.sheets[int(area)]]
    for row in range(HEADING_ROW, sheet.max_row + 1):
        sheet[f"{CODE}{row}"].value = None
    return sheet.title, f"{NAME}{HEADING_ROW}", ""


def _narrative_removed(book: Any, form: Form, target: str, value: str) -> Changed:
    book.remove(book[NARRATIVE_SHEET])
    return "", "", ""


def _narrative_added(book: Any, form: Form, target: str, value: str) -> Changed:
    sheet = book[NARRATIVE_SHEET]
    cell = f"{NAME}{sheet.max_row + 2}"
    sheet[cell].value = value
    return sheet.title, cell, ""


def _foreign(sender: str) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Danh sách"
    for row in (("STT", "Họ và tên", "Đơn vị"), (1, "Nguyễn Văn A", sender), (2, "Trần Thị B", sender)):
        sheet.append(row)
    return to_bytes(book)


_EDITS: dict[str, Callable[[Any, Form, str, str], Changed]] = {
    "cover": _cover,
    "cover_cleared": _cover,
    "sheet_removed": _sheet_removed,
    "sheet_hidden": _sheet_hidden,
    "heading_removed": _heading_removed,
    "row_cleared": _row_cleared,
    "row_added": _row_added,
    "formula": _formula,
    "error": _error,
    "code": _code,
    "name": _name,
    "row_hidden": _row_hidden,
    "code_of_other": _code_of_other,
    "column_twice": _column_twice,
    "own_row": _own_row,
    "sheet_copied": _sheet_copied,
    "title": _title,
    "codes_removed": _codes_removed,
    "narrative_removed": _narrative_removed,
    "narrative_added": _narrative_added,
    "unit_of_measure": _unit_of_measure,
    "old_font": _old_font,
}
