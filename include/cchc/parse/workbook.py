"""Opens a file's bytes as a workbook, or says why it cannot be opened."""

from __future__ import annotations

import re

from cchc.parse import apart, native
from cchc.parse.archive import Parts, RefusedError, is_plain_xlsx, unpack
from cchc.parse.book import Workbook
from cchc.parse.containers import recognise
from cchc.parse.containers.links import is_macro_workbook, links_of_parts, macros_in_parts, remarks
from cchc.parse.issue_kinds import Kind
from cchc.settings import MOST_FILE_BYTES

_MODEST = 32 * 2**20
"""An .xlsx that unpacks to more, or could, is opened apart."""
_END_OF_STRING = re.compile(rb"</(?:\w{1,20}:)?si>")
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\s")


def open_workbook(data: bytes) -> Workbook:
    """Read every sheet.

    Raises:
        RefusedError: If the bytes are no workbook that may be opened.
    """
    if not data:
        raise RefusedError(Kind.EMPTY_FILE)
    if len(data) > MOST_FILE_BYTES:
        raise RefusedError(Kind.TOO_LARGE)
    parts = unpack(data) if data.startswith(recognise.ZIP) else {}
    if not is_plain_xlsx(parts):
        return apart.read(data)
    container = "xlsm" if is_macro_workbook(parts) else "xlsx"
    if not _modest(parts):
        book = apart.read(data)
        return Workbook(book.sheets, container, parts, remarks=book.remarks)
    found = native.sheets(data)
    about = remarks(macros_in_parts(parts), links_of_parts(parts))
    return Workbook(found.grids, container, parts, remarks=(*about, *found.remarks))


def _modest(parts: Parts) -> bool:
    """True where the texts of all cells together cannot grow beyond what fits: cells share their texts."""
    if sum(map(len, parts.values())) > _MODEST:
        return False
    strings = parts.get("xl/sharedStrings.xml", b"")
    if len(strings) < 2**20:
        longest = len(strings) if len(strings) < 2**16 else _longest(strings)
        cells = sum(part.count(b't="s"') + part.count(b"t='s'") for part in parts.values())
        return longest * cells <= 8 * _MODEST
    return _longest(strings) * sum(len(_CELL.findall(part)) for part in parts.values()) <= 8 * _MODEST


def _longest(strings: bytes) -> int:
    """Length of the longest shared text, in bytes."""
    ends = [0, *(match.end() for match in _END_OF_STRING.finditer(strings)), len(strings)]
    return max(later - earlier for earlier, later in zip(ends, ends[1:], strict=False))
