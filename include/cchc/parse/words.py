"""Comparing Vietnamese text that people typed: case, diacritics, Unicode form and spacing do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_D = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad"))

_NEVER_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def storable(value: Any) -> Any:
    """A cell's text without characters that neither a database nor an XML document can hold; other values as is."""
    return _NEVER_TEXT.sub("", value) if isinstance(value, str) else value


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces."""
    spread = unicodedata.normalize("NFKD", text.translate(_INVISIBLE).translate(_D))
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).casefold().split())


def clean(text: str) -> str:
    """NFC, no invisible characters, line breaks kept, other white space single."""
    lines = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def plain(value: Any) -> str:
    """Text of a cell that holds a label or a code: 10993.0 is "10993"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))
