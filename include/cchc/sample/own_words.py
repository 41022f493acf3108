"""What only one unit would write: its places and what was done there, from ``sample_own_words.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows
from cchc.catalogue.units import Unit, predecessors, units_of
from cchc.sample import noise

_SENTENCES = {"II.2": 4, "III.1": 3}
_AREAS = {"xã": "thôn", "phường": "tổ dân phố", "đặc khu": "khu dân cư"}


def own_words(seed: int, unit: Unit, period: Period) -> dict[str, str]:
    """Sentences by section; none for the authority, which speaks of everybody."""
    about = (seed, unit.code, period.code, "own words")
    results = noise.shuffled(_phrases(unit.form, "", "result"), *about)
    places = noise.shuffled(_places(unit, period), *about, "place")
    found: dict[str, str] = {}
    for section, number in _SENTENCES.items():
        deeds = noise.shuffled(_phrases(unit.form, section, "deed"), *about)[:number]
        told = [deed.replace("{place}", _some(places, len(results) - n)) for n, deed in enumerate(deeds)]
        if told:
            found[section] = " ".join(f"{one[:1].upper()}{one[1:]}; {results.pop()}." for one in told)
    return found


def _some(places: Sequence[str], start: int) -> str:
    """Three places (``thôn A, thôn B và xã C cũ``), other ones for each start as long as there are enough."""
    chosen = dict.fromkeys(places[(3 * start + n) % len(places)] for n in range(3))
    *first, last = chosen
    return f"{', '.join(first)} và {last}" if first else last


@cache
def _phrases(form: str, section: str, part: str) -> tuple[str, ...]:
    return tuple(
        row["text"]
        for row in rows("sample_own_words")
        if (row["form"], row["section"], row["part"]) == (form, section, part)
    )


def _places(unit: Unit, period: Period) -> list[str]:
    """Parts of a commune, named after the former units in it; for a department the communes it works with."""
    if unit.kind not in _AREAS:
        owing = units_of(unit.authority, period.due_at.date())
        return [_lower(other.name) for other in owing if other.form == "commune"] or [_lower(unit.name)]
    former = [_short(one.name) for one in predecessors(unit.code)]
    old = [f"{_lower(one.name)} cũ" for one in predecessors(unit.code)]
    parts = [name.split() for name in dict.fromkeys((*former, _short(unit.name))) if name]
    made = dict.fromkeys(f"{one[0]} {other[-1]}" for one in parts for other in parts)
    return old + [f"{_AREAS[unit.kind]} {name}" for name in made]


def _short(name: str) -> str:
    """The name without its type; nothing where it is no name (``Phường 3``)."""
    for kind in ("xã ", "phường ", "thị trấn ", "đặc khu "):
        if name.lower().startswith(kind):
            name = name[len(kind) :]
    return name if not any(letter.isdigit() for letter in name) else ""


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
