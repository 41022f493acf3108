"""Comparing Vietnamese text that people typed: case, diacritics, Unicode form and spacing do not matter.

Nor does where a tone mark stands (hòa, hoà), nor that a letter was borrowed from another alphabet because it looks
the same (``look_alikes.csv``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from cchc.catalogue.spelling import INVISIBLE, LATIN, letters

_CROSSED = str.maketrans({"ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ"})
_OTHER_ALPHABET = re.compile("[\u0370-\u052f]")
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_LOOSE_MARK = re.compile("[\u0300-\u0323]")

_NEVER_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def storable(value: Any) -> Any:
    """A cell's text without characters that neither a database nor an XML document can hold; other values as is."""
    return _NEVER_TEXT.sub("", value) if isinstance(value, str) else value


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, no diacritics, Latin letters, one kind of apostrophe, single spaces."""
    return " ".join(letters(text).split())


def clean(text: str) -> str:
    """NFC, đ for its doubles, no invisible characters, line breaks kept, other white space single."""
    lines = _composed(text.translate(INVISIBLE).translate(_CROSSED)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def plain(value: Any) -> str:
    """Text of a cell that holds a label or a code: 10993.0 is "10993", and a Cyrillic а in a code is an a."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return latin(clean(str(value)))


def latin(text: str) -> str:
    """Letters of other alphabets that look like Latin ones, as Latin ones; words of another alphabet stay."""
    changed = text.translate(LATIN)
    return text if _OTHER_ALPHABET.search(changed) else changed


def _composed(text: str) -> str:
    """NFC; a tone typed before the circumflex or breve of its letter is put behind it first."""
    composed = unicodedata.normalize("NFC", text)
    if not _LOOSE_MARK.search(composed):
        return composed
    return unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", composed)))
