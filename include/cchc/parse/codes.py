"""Indicator codes as people and programs leave them: with spaces, other separators, a final dot, turned into dates."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from cchc.catalogue.indicators import by_code
from cchc.parse.words import fold, plain

_SEPARATORS = re.compile(r"[.,;:·/\\_\-–—]+")
_SHAPE = re.compile(r"[0-9]+(?:\.[0-9]+)+[a-z]?")
_LETTER_APART = re.compile(r"\.([a-z])$")
_QUOTES = "'’‘`\""


def code_of(value: Any) -> str:
    """The code that a cell writes, in the catalogue's spelling where it is one; else the text without spaces."""
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, date):
        return _of_date(value)
    return _of_text(plain(value))


def looks_like_code(text: str) -> bool:
    """True where the text has the shape of a catalogue code."""
    return bool(_SHAPE.fullmatch(text))


@lru_cache(maxsize=4096)
def _of_text(text: str) -> str:
    written = plain(text).replace(" ", "").rstrip(".").casefold()
    if written in by_code():
        return written
    spelled = _SEPARATORS.sub(".", fold(written).replace(" ", "").strip(_QUOTES)).strip(".")
    spelled = _LETTER_APART.sub(r"\1", spelled)
    return spelled if spelled in by_code() else written


def _of_date(value: date) -> str:
    """3.4.10 that a program took for 3/4/2010, as that program shows it."""
    return f"{value.day}/{value.month}/{value.year}"
