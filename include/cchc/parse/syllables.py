"""Tells whether a word could be Vietnamese by its spelling: an onset, a rime, a tone.

Source: ``syllables.csv``.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from cchc.catalogue.tables import rows

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=8192)
def possible(word: str) -> bool:
    """True where the word is spelt as a Vietnamese syllable, with at most one tone."""
    spread = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(c for c in spread if c not in _TONES)
    if len(spread) - len(bare) > 1:
        return False
    bare = unicodedata.normalize("NFC", bare)
    onsets, rimes = _parts()
    return any(bare[:cut] in onsets and bare[cut:] in rimes for cut in range(min(len(bare), 4)))


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    """Onsets, the empty one among them, and rimes."""
    onsets = {row["letters"] for row in rows("syllables") if row["part"] == "onset"}
    rimes = {row["letters"] for row in rows("syllables") if row["part"] == "rime"}
    return frozenset(onsets | {""}), frozenset(rimes)
