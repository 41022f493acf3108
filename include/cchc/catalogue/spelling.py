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
