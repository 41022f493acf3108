"""A text in overlapping pieces of a few letters, without diacritics, figures and spaces.

Such pieces survive misprints and trimmed paragraphs: what two texts have in common is told by the pieces they share.
How long a piece is and how much of a text is looked at are rows of ``honesty.csv``.
"""

from __future__ import annotations

import re

from cchc.catalogue.honesty import limits
from cchc.catalogue.spelling import bare

_NO_LETTER = re.compile(r"[^a-z]+")

Pieces = frozenset[int]


def pieces(text: str) -> Pieces:
    """The pieces of a text, as numbers that are the same in every process."""
    limit = limits()
    letters, size = letters_of(text)[: int(limit["text_most"])], int(limit["text_piece"])
    raw = letters.encode()
    return frozenset(int.from_bytes(raw[start : start + size]) for start in range(len(raw) - size + 1))


def letters_of(text: str) -> str:
    """The letters of a text without diacritics."""
    return _NO_LETTER.sub("", bare(text))


def share(one: Pieces, other: Pieces) -> float:
    """Share of the smaller set that the larger one holds."""
    return len(one & other) / max(1, min(len(one), len(other)))
