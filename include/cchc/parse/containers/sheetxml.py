"""SpreadsheetML 2003, the XML that Excel and many exports save as .xml or .xls."""

from __future__ import annotations

import math
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from cchc.parse.archive import RefusedError
from cchc.parse.containers.assemble import Sheet
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_COLUMNS
from cchc.parse.number_formats import is_percent

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_LAST_ROW = 2**20


def read(data: bytes) -> list[Sheet]:
    """Every worksheet.

    Raises:
        RefusedError: If it is no well-formed XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        book = etree.parse(BytesIO(data), parser).getroot()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(Kind.DAMAGED) from error
    percent = _percent_styles(book)
    return [_sheet(sheet, percent) for sheet in book.iter(f"{_SS}Worksheet")]


def _percent_styles(book: Any) -> frozenset[str]:
    found = (
        (style.get(f"{_SS}ID", ""), form.get(f"{_SS}Format", ""))
        for style in book.iter(f"{_SS}Style")
        for form in style.iter(f"{_SS}NumberFormat")
    )
    return frozenset(name for name, form in found if is_percent(form) or form == "Percent")


def _sheet(source: Any, percent: frozenset[str]) -> Sheet:
    seen = source.find(f".//{_VISIBLE}")
    sheet = Sheet(source.get(f"{_SS}Name", ""), seen is not None and seen.text in ("SheetHidden", "SheetVeryHidden"))
    row = -1
    taken: dict[int, int] = {}
    for line in source.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _index(line, row + 1, _LAST_ROW)
        _row(sheet, line, row, percent, taken)
    return sheet


def _row(sheet: Sheet, line: Any, row: int, percent: frozenset[str], taken: dict[int, int]) -> None:
    column = -1
    for cell in line.iterfind(f"{_SS}Cell"):
        column += 1
        while taken.get(column, -1) >= row:
            column += 1
        column = _index(cell, column, MOST_COLUMNS)
        value = cell.find(f"{_SS}Data")
        sheet.put(
            row,
            column,
            "" if value is None else _value(value),
            percent=cell.get(f"{_SS}StyleID", "") in percent,
            formula=cell.get(f"{_SS}Formula") is not None,
        )
        wide, deep = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
        for place in range(column, column + wide + 1) if deep else ():
            taken[place] = row + deep
        column += wide


def _value(data: Any) -> Any:
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type", "String")
    try:
        if kind == "Number":
            number = float(text)
            return number if math.isfinite(number) else text
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    return text.strip() == "1" if kind == "Boolean" else text


def _index(element: Any, otherwise: int, last: int) -> int:
    """0-based place; the file counts from 1 and says so only where it leaps.

    Raises:
        RefusedError: If it lies beyond the edge of any sheet.
    """
    said = _count(element, "Index")
    place = said - 1 if said else otherwise
    if place >= last:
        raise RefusedError(Kind.ZIP_BOMB)
    return place


def _count(element: Any, name: str) -> int:
    text = element.get(f"{_SS}{name}", "0")
    return min(int(text), MOST_COLUMNS * 64) if text.isascii() and text.isdigit() and len(text) < 9 else 0
