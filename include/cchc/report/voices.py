"""What units wrote for a section, gathered: what several wrote almost alike is told once, with whose it is.

Texts are compared by their pieces (:mod:`cchc.catalogue.text_pieces`). Two texts with different figures are never
folded: each number printed must be that of every unit named before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from cchc.catalogue.text_pieces import Pieces, pieces, share
from cchc.model.consolidation import UnitNarrative

_T = TypeVar("_T")
_NUMBER = re.compile(r"\d[\d.,/]*")
_SKETCH = 8
"""As many pieces of each text lead to the texts it is compared with: near copies share some of them."""
_CANDIDATES = 24
_MIX, _MASK = 0x9E3779B97F4A7C15, 2**64 - 1


@dataclass(slots=True)
class Voice:
    """One text and all who wrote it.

    Attributes:
        text: The longest of the texts folded, on one line.
        names: Units, those who wrote this very text first, the others in the order of the report.
        alike: True where some of them wrote it in other words.
    """

    text: str
    names: list[str]
    alike: bool = False
    cut: Pieces = field(default=frozenset(), repr=False)


def gather(told: Sequence[UnitNarrative], threshold: float, compared: int) -> list[Voice]:
    """The texts of a section, those of several units first, else in the order of the report.

    Args:
        told: What units wrote.
        threshold: Share of the shorter text's pieces from which two texts are told as one.
        compared: As many different texts are compared, taken evenly; the rest is folded only where equal.
    """
    same: dict[str, Voice] = {}
    for item in told:
        flat = " ".join(item.text.split())
        same.setdefault(flat, Voice(flat, [])).names.append(item.unit_name)
    voices = list(same.values())
    looked = {id(voice) for voice in spread(voices, compared)}
    found: list[Voice] = []
    known: dict[tuple[int, tuple[str, ...]], list[Voice]] = {}
    for voice in voices:
        if id(voice) not in looked or not _joined(voice, known, threshold):
            found.append(voice)
    return sorted(found, key=lambda voice: -len(voice.names) if len(voice.names) > 1 else 0)


def chosen(voices: Sequence[Voice], number: int) -> list[Voice]:
    """At most ``number`` of them: those of several units first, the others taken evenly."""
    shared = [voice for voice in voices if len(voice.names) > 1][:number]
    alone = [voice for voice in voices if len(voice.names) == 1]
    return [*shared, *spread(alone, number - len(shared))]


def shorten(text: str, limit: int) -> str:
    """The text on one line, cut after a sentence or a word within ``limit`` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit + 1]
    stop = head.rfind(". ")
    return head[: stop + 1] if stop > limit // 2 else head[: head.rfind(" ")].rstrip(",;:") + "…"


def spread(items: Sequence[_T], number: int) -> list[_T]:
    """At most ``number`` items, taken evenly from the whole so that no kind of unit speaks alone."""
    if len(items) <= number:
        return list(items)
    return [items[place * len(items) // number] for place in range(number)]


def _joined(voice: Voice, known: dict[tuple[int, tuple[str, ...]], list[Voice]], threshold: float) -> bool:
    """Fold a text into one that it is almost; else make it known under its own pieces."""
    voice.cut = pieces(voice.text)
    figures = tuple(sorted(_NUMBER.findall(voice.text)))
    keys = [(piece, figures) for piece in _sketch(voice.cut)]
    for other in _candidates(keys, known):
        if share(voice.cut, other.cut) >= threshold:
            other.alike = True
            longer = len(voice.text) > len(other.text)
            other.names = [*voice.names, *other.names] if longer else [*other.names, *voice.names]
            if longer:
                other.text, other.cut = voice.text, voice.cut
            return True
    for key in keys:
        known.setdefault(key, []).append(voice)
    return False


def _candidates(
    keys: Sequence[tuple[int, tuple[str, ...]]], known: dict[tuple[int, tuple[str, ...]], list[Voice]]
) -> Iterator[Voice]:
    seen: set[int] = set()
    for key in keys:
        for voice in known.get(key, ())[:_CANDIDATES]:
            if id(voice) not in seen:
                seen.add(id(voice))
                yield voice


def _sketch(cut: Pieces) -> list[int]:
    """A few pieces of a text, picked by a fixed mixing of their numbers, not by where they stand."""
    return sorted(cut, key=lambda piece: (piece * _MIX & _MASK, piece))[:_SKETCH]
