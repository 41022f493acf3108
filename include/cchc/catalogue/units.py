"""Organisation units with validity dates, key (code, valid_from): codes are reused across the 2025 reform.

Sources: ``units.csv``, ``departments.csv``, ``unit_predecessors.csv`` (domain 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from cchc.catalogue.tables import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that reports.

    Attributes:
        code: Official five-digit code of a commune; ``31-SNV`` for a department; ``31`` for the authority itself.
        valid_from: First day of validity.
        valid_to: Last day, or None while in force.
        name: Official name with its type (``Xã Thượng Hồng``).
        kind: ``xã``, ``phường``, ``đặc khu``, ``department`` or ``authority``.
        authority: Code of the body that consolidates it.
        form: Form id it fills in.
        source: Where the row comes from.
    """

    code: str
    valid_from: date
    valid_to: date | None
    name: str
    kind: str
    authority: str
    form: str
    source: str

    def valid_on(self, day: date) -> bool:
        """True where the unit exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A former unit that went, whole or in part, into a present one."""

    code: str
    name: str
    district: str
    partial: bool
    instrument: str


@cache
def all_units() -> tuple[Unit, ...]:
    """Every unit of the catalogue: communes and authorities, then departments."""
    return tuple(_unit(row) for name in ("units", "departments") for row in rows(name))


def units_of(authority: str, day: date) -> tuple[Unit, ...]:
    """Units that report to ``authority`` on ``day``, the authority's own row first."""
    mine = [u for u in all_units() if u.authority == authority and u.valid_on(day)]
    rank = {"authority": 0, "department": 1}
    return tuple(sorted(mine, key=lambda u: rank.get(u.kind, 2)))


def find(code: str, day: date) -> Unit | None:
    """The unit that bears ``code`` on ``day``, or None."""
    return next((u for u in _by_code().get(code, ()) if u.valid_on(day)), None)


def predecessors(code: str) -> tuple[Predecessor, ...]:
    """Former units that went into ``code``; empty for an unchanged or unknown unit."""
    return _predecessors().get(code, ())


@cache
def _by_code() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in all_units():
        found[unit.code] = (*found.get(unit.code, ()), unit)
    return found


@cache
def _predecessors() -> dict[str, tuple[Predecessor, ...]]:
    found: dict[str, tuple[Predecessor, ...]] = {}
    for row in rows("unit_predecessors"):
        former = Predecessor(
            row["predecessor_code"],
            row["predecessor_name"],
            row["predecessor_district"],
            row["part"] == "part",
            row["instrument"],
        )
        found[row["code"]] = (*found.get(row["code"], ()), former)
    return found


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        code=row["code"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        name=row["name"],
        kind=row["kind"],
        authority=row["authority"],
        form=row["form"],
        source=row["source"],
    )
