"""Vietnamese as people spell it, reduced to what does not depend on how it was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cchc.catalogue.tables import rows

_PLAIN_D = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ɖ": "d", "Ɖ": "d"})
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufeff\uffa0\ufe0e\ufe0f"
)
INVISIBLE = str.maketrans(dict.fromkeys(_UNSEEN))
"""Takes out characters that nobody sees."""
LATIN = str.maketrans({row["letter"]: row["latin"] for row in rows("look_alikes")})
"""Letters of other alphabets that look like Latin ones."""
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ´`′＇", "'"))
_APART = re.compile(r"[\s_]+")


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Lower case, no diacritics, Latin letters, one kind of apostrophe; white space as it was."""
    latin = text.translate(INVISIBLE).translate(_PLAIN_D).translate(LATIN).translate(_APOSTROPHES)
    spread = unicodedata.normalize("NFKD", latin)
    return "".join(c for c in spread if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """As :func:`letters`, with one space for any white space or underscore."""
    return _APART.sub(" ", letters(text)).strip()


_TONES = "\u0300\u0301\u0303\u0309\u0323"


@lru_cache(maxsize=8192)
def toned(text: str) -> str:
    """Lower case with diacritics, the tone at the end of its word: ``hòa`` and ``hoà`` are one, ``hóa`` is another."""
    spread = unicodedata.normalize(
        "NFKD", text.translate(INVISIBLE).translate(LATIN).translate(_APOSTROPHES)
    ).casefold()
    words = (_tone_last(word) for word in _APART.sub(" ", spread).strip().split(" "))
    return " ".join(words).replace("ð", "đ")


def _tone_last(word: str) -> str:
    tones = "".join(c for c in word if c in _TONES)
    return word.translate(dict.fromkeys(map(ord, _TONES))) + tones
