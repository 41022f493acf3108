"""Mutations that keep a file's structure alive long enough to reach what lies behind it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from tests.fuzz.seeds import zipped

Raw = Callable[[bytes, int], bytes]
_ELEMENT = re.compile(rb"<(\w[\w:]*)\b[^<>]*>[^<>]*</\1>|<\w[^<>]*/>|<(\w[\w:]*)\b[^<>]*>")
_ATTRIBUTE = re.compile(rb"""\b([\w:]+)=(["'])([^"'<>]*)\2""")
_TEXT = re.compile(rb">([^<>]+)<")
_WORDS = (
    b"1.234", b"98,5%", b"-1", b"1e308", b"NaN", b"1E-400", b"#REF!", "Không phát sinh".encode(), "Mã số".encode(),
    "Số liệu".encode(), b"3.4.1", b"1.10", b"A1048576", b"XFD1", b"0", b"4294967295", b"-2147483648", b"", b" ",
    b"true", b"e", b"str", b"inlineStr", b"=1+1", b"SUM(A1:XFD1048576)", b"&#0;", b"&amp;lt;", b"&x;", b"\xff\xfe",
    b"\xcc\x81\xcc\x81", b"2026-Q3", "Quý III/2026".encode(), b"31", b"9" * 40, b"../../x", b"]]>", b"<!--", b"1000000",
    "Thẩm quyền".encode("utf-16"), b"\x00", b"2026-02-30T99:99:99", b"[1]Sheet1!A1", "Đơn vị tính: đồng".encode(),
)  # fmt: skip


def archive(data: bytes, most: int, seed: int, raw: Raw) -> bytes:
    """Change one part of a zip, or rarely its bytes."""
    chance = random.Random(seed)
    try:
        with ZipFile(BytesIO(data)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
    except Exception:
        return raw(data, most)
    if not parts or chance.random() < 0.03:
        return raw(data, most)
    name = chance.choice(sorted(parts) + [name for name in sorted(parts) if "sheet" in name.lower()] * 2)
    if chance.random() < 0.05:
        other = chance.choice(sorted(parts))
        parts[other] = parts.pop(name)
    else:
        parts[name] = markup(parts[name], 2 * len(parts[name]) + 64, chance.getrandbits(32), raw)
    found = zipped(parts)
    return found if len(found) <= most else data


def markup(data: bytes, most: int, seed: int, raw: Raw) -> bytes:
    """Change an attribute, a text or an element, several times."""
    chance = random.Random(seed)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        edit = chance.choice((_attribute, _text, _element, _attribute, _text, _bytes(raw)))
        data = edit(data, chance)
    return data[:most]


def lines(data: bytes, most: int, seed: int, raw: Raw) -> bytes:
    """Change a field or a line, or any bytes."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        return raw(data, most)
    mark = chance.choice((b",", b";", b"\t", b"\n"))
    fields = data.split(mark)
    at = chance.randrange(len(fields))
    fields[at] = chance.choice((b"", fields[chance.randrange(len(fields))], *_WORDS))
    if chance.random() < 0.2:
        fields.insert(at, chance.choice(_WORDS))
    return mark.join(fields)[:most]


def _spots(pattern: re.Pattern[bytes], data: bytes, chance: random.Random) -> re.Match[bytes] | None:
    """A match somewhere, found from a random place on."""
    start = chance.randrange(len(data) + 1)
    return pattern.search(data, start) or pattern.search(data)


def _attribute(data: bytes, chance: random.Random) -> bytes:
    spot = _spots(_ATTRIBUTE, data, chance)
    return data if spot is None else data[: spot.start(3)] + chance.choice(_WORDS) + data[spot.end(3) :]


def _text(data: bytes, chance: random.Random) -> bytes:
    spot = _spots(_TEXT, data, chance)
    return data if spot is None else data[: spot.start(1)] + chance.choice(_WORDS) + data[spot.end(1) :]


def _element(data: bytes, chance: random.Random) -> bytes:
    spot, other = _spots(_ELEMENT, data, chance), _spots(_ELEMENT, data, chance)
    if spot is None or other is None:
        return data
    put = chance.choice((b"", spot[0] * 2, other[0], spot[0] + other[0]))
    return data[: spot.start()] + put + data[spot.end() :]


def _bytes(raw: Raw) -> Callable[[bytes, random.Random], bytes]:
    def edit(data: bytes, chance: random.Random) -> bytes:
        start = chance.randrange(len(data) + 1)
        piece = data[start : start + 64]
        return data[:start] + raw(piece, 128) + data[start + 64 :]

    return edit
