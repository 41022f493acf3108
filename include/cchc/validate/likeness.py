"""How much two texts have in common, whatever was done to their figures, their dates and their spelling.

A text is cut into overlapping pieces of a few letters, without diacritics, figures and spaces: such pieces survive
misprints and trimmed paragraphs. Pieces that many units use belong to everybody and count for nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from cchc.catalogue.honesty import limits
from cchc.catalogue.spelling import bare

_NO_LETTER = re.compile(r"[^a-z]+")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")

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


def alike(texts: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """Share of the shorter text that stands in the other as well, for each pair that has too much in common.

    Args:
        texts: By unit; of one authority, one kind of sender and one period.
    """
    limit = limits()
    cut = {unit: pieces(text) for unit, text in sorted(texts.items())}
    users = Counter(piece for own in cut.values() for piece in own)
    most = max(limit["text_few"], limit["text_common"] * len(cut))
    own = {unit: frozenset(piece for piece in all_ if users[piece] <= most) for unit, all_ in cut.items()}
    shares = {
        pair: share(own[pair[0]], own[pair[1]])
        for pair in combinations(own, 2)
        if min(len(own[unit]) for unit in pair) >= limit["text_least"]
    }
    return {pair: part for pair, part in shares.items() if part >= limit["text_share"]}


def share(one: Pieces, other: Pieces) -> float:
    """Share of the smaller set that the larger one holds."""
    return len(one & other) / max(1, min(len(one), len(other)))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, long enough to be recognised."""
    for sentence in _SENTENCE.split(text):
        if len(letters_of(sentence)) >= int(limits()["text_piece"]) * 2:
            yield sentence.strip()
