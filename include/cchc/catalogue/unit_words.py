"""Takes the name of a unit apart as offices spell it: body, type, name, place.

Source: ``unit_titles.csv``. ``UBND X. Thượng Hồng, TP Hải Phòng`` is the xã ``thượng hồng`` in ``hải phòng``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from cchc.catalogue.spelling import bare, toned
from cchc.catalogue.tables import rows

_PARTS = re.compile(r"[,;:()/]|\s[-–—]\s|[–—]")
_DOT = re.compile(r"\.(?=\S)")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Spelled:
    """A unit's name in its parts, the names as keys.

    Attributes:
        kind: ``xã``, ``phường``, ``đặc khu``, ``thị trấn``, or empty where the text does not say.
        name: Key without diacritics.
        accented: Key with diacritics, whatever the placement of tones.
        places: Names of larger places that follow, without diacritics and without their type.
    """

    kind: str
    name: str
    accented: str
    places: tuple[str, ...]

    @property
    def unaccented(self) -> bool:
        """True where the text was typed without diacritics, so that they cannot tell two names apart."""
        return self.name == self.accented


@lru_cache(maxsize=4096)
def spelled(text: str) -> Spelled:
    """The parts of a name; a text that is too long to be one has no name."""
    if len(text) > _LONGEST:
        return Spelled("", "", "", ())
    first, *rest = [part for part in (_spaced(part) for part in _PARTS.split(text)) if part] or [""]
    head = _without(first, "body")
    if not head and rest:
        head, *rest = _without(rest[0], "body"), *rest[1:]
    kind, name = _typed(head)
    return Spelled(kind, key(bare(name)), key(toned(name)), tuple(_place(part) for part in rest))


def key(name: str) -> str:
    """A name as it is compared: ``Vỹ`` is also written ``Vĩ``."""
    return name.replace("y", "i")


def _spaced(part: str) -> str:
    return " ".join(_DOT.sub(". ", part.replace("_", " ")).split())


def _without(words: str, role: str) -> str:
    """The words without such a title at their beginning; titles are compared without diacritics, word by word."""
    for _, count in _matching(words, role):
        return _from(words, count)
    return words


def _typed(words: str) -> tuple[str, str]:
    for kind, count in _matching(words, "type"):
        return kind, _from(words, count)
    return "", words


def _place(words: str) -> str:
    return key(bare(_without(words, "place")))


def _matching(words: str, role: str) -> list[tuple[str, int]]:
    said = [bare(word) for word in words.split()]
    fitting = [(kind, len(title)) for kind, title in _titles(role) if said[: len(title)] == title]
    return sorted(fitting, key=lambda item: -item[1])


def _from(words: str, count: int) -> str:
    return " ".join(words.split()[count:])


@cache
def _titles(role: str) -> list[tuple[str, list[str]]]:
    return [(row["kind"], row["spelling"].split()) for row in rows("unit_titles") if row["role"] == role]
