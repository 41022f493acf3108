"""The tables of TCVN3 and VNI-Windows, and what UTF-8 looks like when it was read as Windows-1252.

Source: ``legacy_tcvn3.csv``, ``legacy_vni.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from cchc.catalogue.tables import rows

TCVN3, VNI, UTF8 = "TCVN3", "VNI", "UTF-8"
_MOJIBAKE = re.compile("[\xc2-\xc6\xe1\xe2][\x80-\xbf\u0152-\u2122]")
_BYTE = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(256)}


def decode(text: str, encoding: str) -> str:
    """The text that was meant, where its bytes are of that encoding and were taken for Windows-1252."""
    if encoding == TCVN3:
        return text.translate(_tcvn3())
    if encoding == VNI:
        pattern, letters = _vni()
        return pattern.sub(lambda match: letters[match[0]], text)
    return _utf8(text) or text


def misread_utf8(text: str) -> bool:
    """True where the text is UTF-8 that was read a byte at a time; nothing else decodes so."""
    return bool(_MOJIBAKE.search(text)) and _utf8(text) is not None


def of_font(name: str) -> str:
    """The encoding that a font is made for, or empty: ``.VnTime`` and ``VNI-Times``."""
    folded = name.casefold()
    return TCVN3 if folded.startswith(".vn") else VNI if folded.startswith("vni") else ""


def capitals(font: str) -> bool:
    """True for fonts such as ``.VnTimeH``, which show small letters as capitals."""
    return of_font(font) == TCVN3 and font.endswith("H")


def _utf8(text: str) -> str | None:
    try:
        found = bytes(_BYTE[c] for c in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    return unicodedata.normalize("NFC", found) if found != text else None


@cache
def _tcvn3() -> dict[int, str]:
    return {int(row["code"], 16): row["letter"] for row in rows("legacy_tcvn3")}


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for every sequence, longest first; a capital may carry the mark of a small letter."""
    letters = {row["sequence"]: row["letter"] for row in rows("legacy_vni")}
    mixed = {key[0] + key[1].swapcase(): letter for key, letter in letters.items() if len(key) > 1}
    letters = mixed | letters
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), letters
