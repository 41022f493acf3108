"""The text of a file that says nothing, or the wrong thing, of its encoding."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRUSTED = {
    "utf-8": "utf-8", "utf8": "utf-8", "windows-1258": "cp1258", "cp1258": "cp1258", "windows-1252": "cp1252",
    "iso-8859-1": "cp1252", "us-ascii": "cp1252",
}  # fmt: skip
"""What a file may claim; other names of codecs are not looked up."""
_CLAIM = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 65536
_WIDE_SHARE = 4


def begins_with(data: bytes) -> str:
    """The beginning of the file as text, as far as it can be told; for recognising, not for reading."""
    return _decode(data[:_HEAD], _mark(data) or "utf-8", "replace")


def text_of(data: bytes) -> str:
    """The file as text: by its byte order mark, as UTF-8, by what it claims, else by what makes most sense of it."""
    mark = _mark(data)
    if mark:
        return _decode(data, mark, "replace")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    for name in _claims(data):
        with suppress(UnicodeDecodeError):
            return data.decode(name)
    return _guessed(data)


def _mark(data: bytes) -> str:
    """The encoding that the first bytes betray; empty where they do not."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    head = data[:_HEAD]
    if head[1::2].count(0) * _WIDE_SHARE > len(head):
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) * _WIDE_SHARE > len(head) else ""


def _claims(data: bytes) -> list[str]:
    found = (name.decode("ascii").lower() for name in _CLAIM.findall(data[:_HEAD]))
    return [_TRUSTED[name] for name in found if name in _TRUSTED and name not in ("utf-8", "utf8")]


def _guessed(data: bytes) -> str:
    """Between the two code pages of Windows that offices here have used."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=["cp1258", "cp1252"]).best()
    name = best.encoding if best else "cp1258"
    return data.decode(name, "replace")


def _decode(data: bytes, name: str, errors: str) -> str:
    return data.decode(name, errors).removeprefix("\ufeff")
