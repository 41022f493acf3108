"""The sender's file as a workbook that can be marked: as it is, converted, or written anew from what was read."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from cchc.catalogue.notify_texts import text
from cchc.notify import cached, office
from cchc.notify.cells import held, shown

SheetValues = Mapping[str, Mapping[str, Any]]
"""Values by sheet and A1 address, as they were read."""

Opened = tuple[Workbook, cached.Results]
"""A workbook with its formulas, and what these came to."""

MOST_SHEET_BYTES = 6 * 2**20
"""Unpacked, thirty times a filled form: a library that makes an object of each cell takes seconds for it."""
_HEAVY = ("xl/worksheets/", "xl/sharedStrings", "content.xml")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_ELSEWHERE = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]", re.IGNORECASE)
_AS_THEY_ARE = (bool, int, float, Decimal, datetime, date, time, timedelta)
_LONGEST = 32767


class CannotOpenError(Exception):
    """The file cannot be had as a workbook in this way."""


def ways(data: bytes, values: Callable[[], SheetValues]) -> Iterator[Callable[[], Opened]]:
    """Ways to a workbook that can be marked, the most faithful first; the last one always works.

    Args:
        data: The file.
        values: What was read, asked for only where the file itself cannot be used.
    """
    container = _container(data)
    if container == "xlsx":
        yield lambda: _loaded(data)
    elif container:
        yield lambda: _converted(data, container)
    yield lambda: (_written_anew(values()), {})


def _converted(data: bytes, container: str) -> Opened:
    made = office.as_xlsx(data, container)
    if made is None:
        raise CannotOpenError(container)
    return _loaded(made)


def _container(data: bytes) -> str:
    """What the bytes are, whatever the file is called; empty where neither library can keep the addresses."""
    if data.startswith(_OLE):
        return "xls"
    if not data.startswith(_ZIP):
        return ""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            sizes = sum(entry.file_size for entry in archive.infolist() if entry.filename.startswith(_HEAVY))
    except (BadZipFile, ValueError, NotImplementedError):
        return ""
    if sizes > MOST_SHEET_BYTES:
        return ""
    kinds = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
    return next((kind for part, kind in kinds.items() if part in names), "")


def _loaded(data: bytes) -> Opened:
    """The workbook without macros and without links to other files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), keep_links=False, rich_text=True)
        told = cached.results(book, load_workbook(BytesIO(data), keep_links=False, data_only=True))
    _cut_links(book, told)
    return book, told


def _cut_links(book: Workbook, told: cached.Results) -> None:
    """Formulas over other files keep their result and lose the link; the formula stands in a comment."""
    for sheet in book.worksheets:
        for cell in (cell for cell in held(sheet) if cell.data_type == "f"):
            formula = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
            if isinstance(formula, str) and _ELSEWHERE.search(formula):
                _replace(cell, formula, told.get(sheet.title, {}).get(cell.coordinate))
        rules = sheet.data_validations.dataValidation
        sheet.data_validations.dataValidation = [
            rule for rule in rules if not _ELSEWHERE.search(f"{rule.formula1}{rule.formula2}")
        ]
        for name in [name for name, named in sheet.defined_names.items() if _ELSEWHERE.search(named.value or "")]:
            del sheet.defined_names[name]
    for name in [name for name, named in book.defined_names.items() if _ELSEWHERE.search(named.value or "")]:
        del book.defined_names[name]


def _replace(cell: Any, formula: str, result: Any) -> None:
    said = shown(text("comment_link_cut", formula=formula))
    own = cell.comment
    cell.value = result
    if isinstance(result, str):
        cell.data_type = "s"
    cell.comment = Comment(f"{own.text}\n\n{said}" if own else said, own.author if own else "CCHC")


def _written_anew(values: SheetValues) -> Workbook:
    """A plain workbook: every value at the address where it was read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, cells in values.items():
        sheet = book.create_sheet(_title(name, book.sheetnames))
        for address, value in cells.items():
            if isinstance(value, _AS_THEY_ARE):
                sheet[address] = value
            elif value not in (None, ""):
                _write(sheet[address], shown(str(value), _LONGEST))
    return book if book.worksheets else Workbook()


def _write(cell: Any, words: str) -> None:
    """Text as text, whatever it begins with."""
    cell.value = words or None
    if cell.data_type == "f":
        cell.data_type, cell.quotePrefix = "s", True


def _title(name: str, taken: list[str]) -> str:
    """A name that a sheet may bear."""
    wanted = re.sub(r"[\\/*?:\[\]]", " ", shown(name))[:31] or "Sheet"
    number = 1
    title = wanted
    while title.casefold() in {other.casefold() for other in taken}:
        number += 1
        title = f"{wanted[:27]} ({number})"
    return title
