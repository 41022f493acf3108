"""What an .xlsb tells of its cells beyond their values: percent formats and errors."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from posixpath import join, normpath

from lxml import etree

from cchc.parse.archive import Parts
from cchc.parse.containers.biff import BUILT_IN_PERCENT, ERRORS
from cchc.parse.grid import PERCENT
from cchc.parse.number_formats import is_percent

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_FORMAT, _XF, _SHEET, _BEGIN_CELL_STYLES, _END_CELL_STYLES = 44, 47, 156, 617, 618


def notes(parts: Parts) -> dict[str, dict[tuple[int, int], str]]:
    """By sheet name, then by 0-based row and column."""
    targets = _targets(parts.get("xl/_rels/workbook.bin.rels", b""))
    percent = _percent_styles(parts.get("xl/styles.bin", b""))
    found = {}
    for kind, body in _records(parts.get("xl/workbook.bin", b"")):
        if kind == _SHEET:
            relation, at = _string(body, 8)
            name, _ = _string(body, at)
            found[name] = _sheet(parts.get(targets.get(relation, ""), b""), percent)
    return found


def _targets(relations: bytes) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(relations, parser) if relations else None  # noqa: S320
    if root is None:
        return {}
    return {
        e.get("Id", ""): normpath(join("/xl", e.get("Target", ""))).lstrip("/") for e in root.iter("{*}Relationship")
    }


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind, at = _variable(part, at, 2)
        size, at = _variable(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _variable(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number in bytes of seven bits each, and where it ends."""
    value = 0
    for n in range(longest):
        byte = part[at] if at < len(part) else 0
        at += 1
        # A record's type keeps the mark of its first byte out, like its size.
        value |= (byte & 0x7F) << (7 * n)
        if not byte & 0x80:
            break
    return value, at


def _string(body: bytes, at: int) -> tuple[str, int]:
    if at + 4 > len(body):
        return "", len(body)
    count = struct.unpack_from("<I", body, at)[0]
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _percent_styles(part: bytes) -> set[int]:
    formats: dict[int, bool] = {}
    styles: list[int] = []
    inside = False
    for kind, body in _records(part):
        inside = kind == _BEGIN_CELL_STYLES or inside and kind != _END_CELL_STYLES
        if kind == _FORMAT and len(body) >= 2:
            formats[struct.unpack_from("<H", body)[0]] = is_percent(_string(body, 2)[0])
        elif kind == _XF and inside and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return {n for n, form in enumerate(styles) if form in BUILT_IN_PERCENT or formats.get(form)}


def _sheet(part: bytes, percent: set[int]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    row = 0
    for kind, body in _records(part):
        if kind == _ROW and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0]
        elif kind in (_ERROR, _FORMULA_ERROR) and len(body) >= 9:
            found[row, struct.unpack_from("<I", body)[0]] = ERRORS.get(body[8], "#VALUE!")
        elif kind in (_RK, _REAL, _FORMULA_NUMBER) and len(body) >= 8:
            column, style = struct.unpack_from("<II", body)
            if style & 0xFFFFFF in percent:
                found[row, column] = PERCENT
    return found
