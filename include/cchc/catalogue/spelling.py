"""Vietnamese as people spell it, reduced to what does not depend on how it was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_D = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad"))
_APART = re.compile(r"[\s_]+")


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Lower case, no diacritics, one space for any white space or underscore."""
    spread = unicodedata.normalize("NFKD", text.translate(_INVISIBLE).translate(_D))
    letters = "".join(c for c in spread if not unicodedata.combining(c)).casefold()
    return _APART.sub(" ", letters).strip()


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))


@lru_cache(maxsize=8192)
def toned(text: str) -> str:
    """Lower case with diacritics, the tone at the end of its word: ``hòa`` and ``hoà`` are one, ``hóa`` is another."""
    spread = unicodedata.normalize("NFKD", text.translate(_INVISIBLE).translate(_APOSTROPHES)).casefold()
    words = (_tone_last(word) for word in _APART.sub(" ", spread).strip().split(" "))
    return " ".join(words).replace("ð", "đ")


def _tone_last(word: str) -> str:
    tones = "".join(c for c in word if c in _TONES)
    return word.translate(dict.fromkeys(map(ord, _TONES))) + tones
