"""A form in containers that no library here writes as people's programs do: made from its cells, for tests."""

from __future__ import annotations

import csv
import struct
from collections.abc import Callable, Sequence
from html import escape
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

Sheets = Sequence[tuple[str, list[list[Any]]]]
_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cells(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    """Sheets of an .xlsx by name, as rows of values; formulas without result are empty."""
    book = load_workbook(BytesIO(data), data_only=True)
    return [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book]


def shown(value: Any) -> str:
    """A value as a Vietnamese office sees it."""
    if value is None:
        return ""
    if isinstance(value, float) and not value.is_integer():
        return repr(value).replace(".", ",")
    return str(int(value)) if isinstance(value, float) else str(value)


def as_csv(sheets: Sheets, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """All sheets one below the other."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for _, rows in sheets:
        writer.writerows([shown(value) for value in row] for row in rows)
    return out.getvalue().encode(encoding)


def as_html(sheets: Sheets, encoding: str = "utf-8") -> bytes:
    """A page with a heading and a table for each sheet, numbers as they are shown."""
    tables = [
        f"<h3>{escape(name)}</h3><table>"
        + "".join("<tr>" + "".join(f"<td>{_broken(value)}</td>" for value in row) + "</tr>" for row in rows)
        + "</table>"
        for name, rows in sheets
    ]
    page = f'<html><head><meta charset="{encoding}"></head><body>{"".join(tables)}</body></html>'
    return page.encode(encoding, "xmlcharrefreplace")


def _broken(value: Any) -> str:
    return escape(shown(value)).replace("\n", "<br>")


def as_mime(sheets: Sheets) -> bytes:
    """The page as a browser archives it."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    message = MIMEMultipart("related")
    message.attach(MIMEText(as_html(sheets).decode(), "html", "utf-8"))
    return message.as_bytes()


def as_docx(sheets: Sheets) -> bytes:
    """A Word document with a heading and a table for each sheet."""
    document = Document()
    for name, rows in sheets:
        document.add_heading(name, level=2)
        width = max(map(len, rows))
        table = document.add_table(rows=len(rows), cols=width)
        for target, row in zip(table._tbl.tr_lst, rows, strict=True):
            for cell, value in zip(target.tc_lst, row, strict=False):
                if value is not None:
                    cell.p_lst[0].add_r().text = shown(value)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_sheet_xml(sheets: Sheets) -> bytes:
    """SpreadsheetML 2003; empty cells are leapt over, as Excel does."""
    pages = []
    for name, rows in sheets:
        lines = []
        for number, row in enumerate(rows, start=1):
            filled = [(place, value) for place, value in enumerate(row, start=1) if value is not None]
            texts = "".join(
                f'<Cell ss:Index="{place}"><Data ss:Type="{_type(value)}">{escape(str(value))}</Data></Cell>'
                for place, value in filled
            )
            if filled:
                lines.append(f'<Row ss:Index="{number}">{texts}</Row>')
        pages.append(f'<Worksheet ss:Name="{escape(name)}"><Table>{"".join(lines)}</Table></Worksheet>')
    return f'<?xml version="1.0"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}">{"".join(pages)}</Workbook>'.encode()


def _type(value: Any) -> str:
    return "String" if isinstance(value, str) else "Number"


def as_xlsb(sheets: Sheets, percent: frozenset[tuple[str, str]] = frozenset()) -> bytes:
    """A binary workbook; the second cell style, for cells in ``percent``, is a percentage."""
    relations = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    ]
    relations.append(f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.bin"/>')
    parts = {
        "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled'
        b'.main"/><Default Extension="rels" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations([f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>']),
        "xl/_rels/workbook.bin.rels": _relations(relations),
        "xl/workbook.bin": _record(131) + _record(143)
        + b"".join(
            _record(156, struct.pack("<II", 0, n) + _wide(f"rId{n}") + _wide(name))
            for n, (name, _) in enumerate(sheets, start=1)
        )
        + _record(144) + _record(132),
        "xl/styles.bin": _record(278) + _record(617, struct.pack("<I", 2))
        + b"".join(_record(47, struct.pack("<HH", 0, form) + bytes(12)) for form in (0, 10))
        + _record(618) + _record(279),
    }  # fmt: skip
    for n, (name, rows) in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{n}.bin"] = _binary_sheet(name, rows, percent)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _relations(tags: list[str]) -> bytes:
    return f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">{"".join(tags)}</Relationships>'.encode()


def _binary_sheet(name: str, rows: list[list[Any]], percent: frozenset[tuple[str, str]]) -> bytes:
    width = max(map(len, rows), default=1)
    out = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + _record(145)
    for number, row in enumerate(rows):
        out += _record(0, struct.pack("<I", number) + bytes(13))
        for place, value in enumerate(row):
            style = int((name, f"{get_column_letter(place + 1)}{number + 1}") in percent)
            head = struct.pack("<II", place, style)
            if isinstance(value, str):
                out += _record(3, head + bytes([42])) if value == "#N/A" else _record(6, head + _wide(value))
            elif value is not None:
                out += _record(5, head + struct.pack("<d", float(value)))
    return out + _record(146) + _record(130)


def _record(kind: int, body: bytes = b"") -> bytes:
    return _sevens(kind) + _sevens(len(body)) + body


def _sevens(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


WRITERS: dict[str, Callable[[Sheets], bytes]] = {
    "csv": as_csv, "html": as_html, "mhtml": as_mime, "docx": as_docx, "xml": as_sheet_xml, "xlsb": as_xlsb,
}  # fmt: skip
