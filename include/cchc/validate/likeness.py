"""How much two texts have in common, whatever was done to their figures, their dates and their spelling.

Texts are compared by their pieces (:mod:`cchc.catalogue.text_pieces`). Pieces that many units use belong to everybody
and count for nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from cchc.catalogue.honesty import limits
from cchc.catalogue.text_pieces import letters_of, pieces, share

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")


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


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, long enough to be recognised."""
    for sentence in _SENTENCE.split(text):
        if len(letters_of(sentence)) >= int(limits()["text_piece"]) * 2:
            yield sentence.strip()
