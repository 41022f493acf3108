"""Looks into a zip container before anything trusts it: real sizes, not the declared ones.

A lying header would let a small file unpack to gigabytes in a reader that believes the stream.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_CELLS

Parts = dict[str, bytes]

MOST_ENTRIES = 1000
MOST_BYTES = 100 * 2**20
_LOCAL_HEADER = 30
_STORED, _DEFLATED, _ENCRYPTED = 0, 8, 0x1
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml", "word/document.xml")
# A cell with content, or a row: their addresses span the area that a reader would allocate; a row's only where its
# cells have none of their own. Atomic, so that a part without end tags or with one endless tag takes no longer than
# its length.
_ADDRESS = re.compile(
    rb"""<(?:\w{1,20}:)?(c|row)\s(?>[^<>]*?\br\s*=\s*["']([A-Za-z]{0,7})(\d{1,10})["'])[^<>]*+(?<!/)>"""
)
_BARE_CELL = re.compile(rb"<(?:\w{1,20}:)?c(?=[\s/>])(?![^<>]*?\sr\s*=)")
_SHEET_MARK = b"sheetData"
_WIDE_CHARACTERS = (b"\xff\xfe", b"\xfe\xff")


class RefusedError(Exception):
    """The archive must not be opened; ``kind`` says why."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind


def unpack(data: bytes) -> Parts:
    """Every part of a workbook archive by name.

    Raises:
        RefusedError: If the archive is damaged, encrypted, no workbook, or unpacks to too much.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
        raise RefusedError(Kind.DAMAGED) from error
    _check(entries)
    parts: Parts = {}
    room = MOST_BYTES
    for entry in entries:
        # Some programs of Windows write its kind of slash.
        parts[entry.filename.replace("\\", "/")] = part = _inflate(data, entry, room)
        room -= len(part)
    _check_area(parts)
    return parts


def _check(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise RefusedError(Kind.ZIP_BOMB)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise RefusedError(Kind.ENCRYPTED)
    # Of two parts with one name each program picks another: what we judge must be what people see.
    if len({entry.filename for entry in entries}) < len(entries):
        raise RefusedError(Kind.ZIP_BOMB)


def _inflate(data: bytes, entry: ZipInfo, room: int) -> bytes:
    """The part as it really unpacks."""
    start = entry.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise RefusedError(Kind.DAMAGED)
    lengths = data[start + 26 : start + _LOCAL_HEADER]
    begin = start + _LOCAL_HEADER + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    packed = data[begin : begin + entry.compress_size]
    if entry.compress_type == _STORED:
        return _checked(packed, entry)
    if entry.compress_type != _DEFLATED:
        raise RefusedError(Kind.DAMAGED)
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = stream.decompress(packed, min(entry.file_size, room) + 1)
    except zlib.error as error:
        raise RefusedError(Kind.DAMAGED) from error
    if len(part) > entry.file_size or len(part) > room:
        raise RefusedError(Kind.ZIP_BOMB)
    return _checked(part, entry)


def _checked(part: bytes, entry: ZipInfo) -> bytes:
    """The part, if it is the one that was packed."""
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise RefusedError(Kind.DAMAGED)
    return part


def is_plain_xlsx(parts: Parts) -> bool:
    """True where the archive holds an .xlsx and nothing that could be taken for another container."""
    return [name for name in _WORKBOOKS if name in parts] == [_WORKBOOKS[0]]


def _check_area(parts: Parts) -> None:
    for part in parts.values():
        if part.startswith(_WIDE_CHARACTERS):
            raise RefusedError(Kind.DAMAGED)
        if _SHEET_MARK in part and _area(part) > MOST_CELLS:
            raise RefusedError(Kind.ZIP_BOMB)


def _area(part: bytes) -> int:
    """Cells of the rectangle that the sheet's content spans."""
    columns, rows = {b"A"}, {b"1"}
    by_row = bool(_BARE_CELL.search(part))
    for element, column, row in _ADDRESS.findall(part):
        if by_row or element == b"c":
            columns.add(column.upper())
            rows.add(row)
    widest = max(columns, key=lambda letters: (len(letters), letters))
    return max(map(int, rows)) * column_number(widest.decode())


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
