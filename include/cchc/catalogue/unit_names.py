"""Which unit a name means: present ones, and those of before the reform of 1/7/2025 with what became of them.

Sources: ``units.csv``, ``departments.csv``, ``unit_aliases.csv``, ``unit_predecessors.csv``, ``unit_draft_codes.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from cchc.catalogue.spelling import bare
from cchc.catalogue.tables import rows
from cchc.catalogue.unit_words import Spelled, spelled
from cchc.catalogue.units import Unit, find, present_units

_NEITHER = re.compile(r"[^a-z0-9]+")
_LONGEST_OFFICE = 80
_REFORM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Former:
    """A unit that is no more.

    Attributes:
        code: Its code, empty for a department.
        name: Its name.
        district: Where it lay, empty for a department.
        successors: What it went into, each with whether only a part of it did.
        instrument: By which resolution.
    """

    code: str
    name: str
    district: str
    successors: tuple[tuple[Unit, bool], ...]
    instrument: str

    @property
    def described(self) -> str:
        """The successors and the instrument, as one text for a person."""
        into: dict[str, list[str]] = {}
        for unit, partial in self.successors:
            into.setdefault(f"{'một phần vào ' if partial else ''}{unit.name}", []).append(unit.code)
        told = "; ".join(f"{name} (mã {' hoặc '.join(codes)})" for name, codes in into.items())
        return f"{told} – {self.instrument}"


def within(name: str) -> str:
    """The name inside a sentence: "xã Lê Ninh", its common noun small (``common_nouns.csv``); an office's as it is."""
    small = name[:1].lower() + name[1:]
    return small if any(small.startswith(f"{row['noun']} ") for row in rows("common_nouns")) else name


def same(text: str, unit: Unit) -> bool:
    """True where the text names the unit, in any spelling; not where its diacritics or its place name another."""
    if unit.kind == "office" or unit.valid_to is not None:
        return _as_written(text, unit)
    if unit.kind in ("department", "authority"):
        return bool(_office_keys(text, unit.authority) & _keys_of(unit))
    said = spelled(text)
    if not _fits(said, unit) or any(place in _authority_names(unit.authority, others=True) for place in said.places):
        return False
    others = [other for other in _communes() if other.authority == unit.authority and other is not unit]
    return said.unaccented or not any(_accented(other) == said.accented and _fits(said, other) for other in others)


def present(text: str) -> tuple[Unit, ...]:
    """Every unit of today that the text may mean; more than one where it does not tell them apart."""
    named = _named().get(spelled(text).name, ())
    offices = (unit for unit in present_units() if unit.kind == "department" and _may_be_office(text))
    return tuple(unit for unit in (*named, *offices) if same(text, unit))


def another(text: str, unit: Unit) -> bool:
    """True where the text is the name of another unit: a commune's with its type, or one department's for another's."""
    if unit.kind == "office" or unit.valid_to is not None:
        return False  # names of today say nothing of an office's authority or of the past
    offices = {"department"} if unit.kind == "department" else set()
    kinds = {said} if (said := spelled(text).kind) else offices
    named = [other for other in present(text) if other.kind in kinds]
    return bool(named) and unit not in named


def former(text: str) -> tuple[Former, ...]:
    """Units of the past that the text may mean; the district, where it is named, tells them apart."""
    said = spelled(text)
    named = [unit for unit in _former_communes() if said.name and _was(said, unit)]
    placed = [unit for unit in named if spelled_place(unit.district) in said.places]
    offices = tuple(unit for key, unit in _former_offices() if _office_key(text) == key)
    return (*(placed or named), *offices)


def former_by_code(code: str) -> tuple[Former, ...]:
    """The unit that bore the code before the reform."""
    return tuple(unit for unit in _former_communes() if unit.code == code)


def in_a_district(text: str) -> bool:
    """True where the text names a district: there has been none since the reform."""
    return bool(_districts() & set(spelled(text).places))


def by_draft_code(code: str) -> Unit | None:
    """The unit that bore the code in the draft list of 2025 and bears another now."""
    final = next((row["code"] for row in rows("unit_draft_codes") if row["draft_code"] == code), "")
    return find(final, _REFORM) if final else None


def spelled_place(name: str) -> str:
    """Key of a district's or province's name, without its type."""
    return spelled(f"x, {name}").places[0]


def _as_written(text: str, unit: Unit) -> bool:
    """True where the text is the name of an office or of a unit of the past, with or without body and larger place."""
    said, own = spelled(text), spelled(unit.name)
    if said.kind or own.kind:
        return said.name == own.name and said.kind in ("", own.kind)
    body = _office_key(text)
    return body.removeprefix("ubnd").removeprefix("uybannhandan").startswith(_office_key(unit.name))


def _fits(said: Spelled, unit: Unit) -> bool:
    return bool(said.name) and said.name == _short(unit) and said.kind in ("", unit.kind)


def _was(said: Spelled, unit: Former) -> bool:
    past = spelled(unit.name)
    if said.name != past.name or said.kind not in ("", past.kind):
        return False
    return said.unaccented or said.accented == past.accented


@cache
def _named() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in _communes():
        found[_short(unit)] = (*found.get(_short(unit), ()), unit)
    return found


def _may_be_office(text: str) -> bool:
    """True for words that are no longer than a department's name."""
    return len(text) <= _LONGEST_OFFICE


@cache
def _communes() -> tuple[Unit, ...]:
    return tuple(unit for unit in present_units() if unit.kind not in ("department", "authority"))


@cache
def _short(unit: Unit) -> str:
    return spelled(unit.name).name


@cache
def _accented(unit: Unit) -> str:
    return spelled(unit.name).accented


@cache
def _authority_names(code: str, others: bool) -> frozenset[str]:
    """Short names of the authority, or of all others."""
    found = (unit for unit in present_units() if unit.kind == "authority" and (unit.code != code) is others)
    return frozenset(spelled_place(unit.name) for unit in found)


@cache
def _districts() -> frozenset[str]:
    return frozenset(spelled_place(unit.district) for unit in _former_communes())


@cache
def _former_communes() -> tuple[Former, ...]:
    found: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows("unit_predecessors"):
        key = (row["predecessor_code"], row["predecessor_name"], row["predecessor_district"])
        found.setdefault(key, []).append(row)
    return tuple(Former(*key, _into(went, "code"), went[0]["instrument"]) for key, went in found.items())


def _into(went: Iterable[dict[str, str]], column: str) -> tuple[tuple[Unit, bool], ...]:
    into = ((find(row[column], _REFORM), row["part"] == "part") for row in went)
    return tuple((unit, partial) for unit, partial in into if unit)


def _office_key(text: str) -> str:
    return _NEITHER.sub("", bare(text))


@lru_cache(maxsize=4096)
def _office_keys(text: str, authority: str) -> frozenset[str]:
    """Keys of a department's name with and without the place it belongs to."""
    whole, said = _office_key(text), bare(text).rstrip(" .")
    found = {whole}
    for place in _authority_names(authority, others=False):
        for title in (f"thanh pho {place}", f"tp. {place}", f"tp {place}", f"tp.{place}", f"tinh {place}", place):
            if said.endswith(title):
                found.add(_office_key(said.removesuffix(title)))
    return frozenset(found)


@cache
def _keys_of(unit: Unit) -> frozenset[str]:
    if unit.kind == "authority":
        return frozenset({_office_key(unit.name), *map(_office_key, _authority_spellings(unit))})
    suffix = unit.code.partition("-")[2]
    aliases = [row["alias"] for row in rows("unit_aliases") if row["suffix"] == suffix and not row["until"]]
    return frozenset(key for name in (unit.name, *aliases) for key in _with_and(name))


def _authority_spellings(unit: Unit) -> tuple[str, ...]:
    place = spelled_place(unit.name)
    kinds = ("thanh pho", "tp") if bare(unit.name).startswith("thanh pho") else ("tinh",)
    return (place, *(f"{body}{kind} {place}" for kind in kinds for body in ("", "ubnd ", "uy ban nhan dan ")))


def _with_and(name: str) -> tuple[str, ...]:
    """``TT&TT`` is also written ``TTTT`` and ``TT và TT``."""
    return _office_key(name), _office_key(name.replace("&", " và "))


@cache
def _former_offices() -> tuple[tuple[str, Former], ...]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("unit_aliases"):
        if row["until"]:
            found.setdefault(row["name"], []).append(row)
    return tuple(
        (key, Former("", name, "", _offices(went), went[0]["instrument"]))
        for name, went in found.items()
        for key in dict.fromkeys(key for row in went for key in _with_and(row["alias"]))
    )


def _offices(went: Iterable[dict[str, str]]) -> tuple[tuple[Unit, bool], ...]:
    """The departments of every authority that took over."""
    return tuple(
        (unit, row["part"] == "part")
        for row in {row["suffix"]: row for row in went}.values()
        for unit in present_units()
        if unit.kind == "department" and unit.code.partition("-")[2] == row["suffix"]
    )
