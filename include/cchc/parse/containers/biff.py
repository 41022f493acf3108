"""What an .xls tells of its cells beyond their values: percent formats, errors, formulas without result."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import olefile

from cchc.parse.archive import RefusedError
from cchc.parse.grid import PERCENT, UNCOMPUTED
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_SHEETS
from cchc.parse.number_formats import is_percent

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
BUILT_IN_PERCENT = frozenset((9, 10))
_BOF, _EOF, _FILE_PASS, _SHEET, _FORMAT, _XF, _BOOK = 0x0809, 0x0A, 0x2F, 0x85, 0x041E, 0xE0, 0x01AE
_NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _BOOLEAN_OR_ERROR = 0x0203, 0x027E, 0xBD, 0x06, 0x0205
_TOKENS = 22
"""Where a formula's tokens begin in its record."""
_EMPTY_STRING = b"\x17\x00\x00"
_OWN_BOOK = (b"\x01\x04", b"\x01\x3a")
_WORD_STREAMS = ("WordDocument",)
_ENCRYPTED = ("EncryptedPackage", "EncryptedSummary")
_PACKAGE = _ENCRYPTED[0].encode("utf-16-le")
_MACROS = "_VBA_PROJECT"


@dataclass
class Facts:
    """Of one file.

    Attributes:
        sheets: Notes by 0-based row and column, for each sheet of any kind in the file's order.
        macros: True where it holds a VBA project.
        links: Other files that formulas refer to.
    """

    sheets: list[dict[tuple[int, int], str]] = field(default_factory=list)
    macros: bool = False
    links: list[str] = field(default_factory=list)


def look(data: bytes) -> Facts:
    """Look into the compound file.

    Raises:
        RefusedError: If it is locked, damaged, or holds no workbook.
    """
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            names = {entry[-1] for entry in ole.listdir(streams=True, storages=True)}
            _check(names)
            stream = next((name for name in ("Workbook", "Book") if ole.exists(name)), "")
            if not stream:
                raise RefusedError(Kind.NOT_A_WORKBOOK)
            # A chain of sectors that bites its own tail would yield whatever length the directory claims.
            if ole.get_size(stream) > len(data):
                raise RefusedError(Kind.DAMAGED)
            facts = _facts(ole.openstream(stream).read())
    except RefusedError:
        raise
    except Exception as error:  # a directory that lies makes the library raise whatever it meets
        raise RefusedError(Kind.ENCRYPTED if _PACKAGE in data else Kind.DAMAGED) from error
    facts.macros = _MACROS in names
    return facts


def _check(names: set[str]) -> None:
    if names & set(_ENCRYPTED):
        raise RefusedError(Kind.ENCRYPTED)
    if names & set(_WORD_STREAMS):
        raise RefusedError(Kind.WORD_FILE)


def _records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Type and content of the records of a substream."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return


def _facts(stream: bytes) -> Facts:
    facts, starts, formats, styles = Facts(), [], {}, []
    wide = True
    for kind, body in _records(stream):
        if kind == _BOF and len(body) >= 2:
            wide = struct.unpack_from("<H", body)[0] >= 0x0600
        elif kind == _FILE_PASS:
            raise RefusedError(Kind.ENCRYPTED)
        elif kind == _SHEET and len(body) >= 6:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _FORMAT and len(body) >= 2:
            formats[struct.unpack_from("<H", body)[0]] = is_percent(_format_code(body, wide))
        elif kind == _XF and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOOK and wide:
            facts.links += _link(body)
    percent = {n for n, form in enumerate(styles) if form in BUILT_IN_PERCENT or formats.get(form)}
    by_start = {start: _notes(stream, start, percent) for start in set(starts[:MOST_SHEETS])}
    facts.sheets = [by_start[start] for start in starts[:MOST_SHEETS]]
    return facts


def _format_code(body: bytes, wide: bool) -> str:
    """A number format as text, without its length and the mark of its encoding; its signs are all ASCII."""
    return body[5 if wide else 3 :].replace(b"\0", b"").decode("latin-1")


def _link(body: bytes) -> list[str]:
    """The file that a record of another workbook names."""
    if len(body) < 5 or body[2:4] in _OWN_BOOK:
        return []
    count, flags = struct.unpack_from("<HB", body, 2)
    text = body[5 : 5 + count * (1 + (flags & 1))].decode("utf-16-le" if flags & 1 else "latin-1", "replace")
    name = "".join(letter if letter.isprintable() else "/" for letter in text).strip("/")
    return [name] if name else []


def _notes(stream: bytes, start: int, percent: set[int]) -> dict[tuple[int, int], str]:
    notes: dict[tuple[int, int], str] = {}
    for kind, body in _records(stream, start):
        if kind == _MULTIPLE_RK and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for n, at in enumerate(range(4, len(body) - 7, 6)):
                if struct.unpack_from("<H", body, at)[0] in percent:
                    notes[row, first + n] = PERCENT
        elif kind in (_NUMBER, _RK, _FORMULA, _BOOLEAN_OR_ERROR) and len(body) >= 8:
            row, column, style = struct.unpack_from("<HHH", body)
            note = _note(kind, body) or (PERCENT if style in percent else "")
            if note:
                notes[row, column] = note
    return notes


def _note(kind: int, body: bytes) -> str:
    if kind == _BOOLEAN_OR_ERROR:
        return ERRORS.get(body[6], "#VALUE!") if body[7] else ""
    if kind == _FORMULA and body[12:14] == b"\xff\xff":
        if body[6] == 2:
            return ERRORS.get(body[8], "#VALUE!")
        return UNCOMPUTED if body[6] == 3 else ""
    # LibreOffice keeps the result "" of a formula as the number 0: where the formula names "", the two cannot be told.
    if kind == _FORMULA and not any(body[6:14]) and _EMPTY_STRING in body[_TOKENS:]:
        return UNCOMPUTED
    return ""
