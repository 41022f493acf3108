"""Organisation units with validity dates, key (code, valid_from): codes are reused across the 2025 reform.

Sources: ``units.csv``, ``departments.csv``, ``offices.csv``, ``units_former.csv``, ``unit_predecessors.csv``; domain 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from cchc.catalogue.tables import rows

OFFICE_FORM = "office:"
"""Beginning of the id of an office's form; the office's code follows."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that reports.

    Attributes:
        code: Official code: five digits of a commune, three of a district (until 30/6/2025), two of a province;
            ``31-SNV`` for a department, ``10993-VHXH`` for an office.
        valid_from: First day of validity.
        valid_to: Last day, or None while in force.
        name: Official name with its type (``Xã Thượng Hồng``).
        kind: ``xã``, ``phường``, ``đặc khu``, ``department``, ``office`` or ``authority``; of the past also
            ``thị trấn``, ``quận``, ``huyện``, ``thị xã``, ``thành phố``.
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
    """Every unit of the catalogue: communes and authorities, departments, offices, then those of the past."""
    offices = (_unit({**row, "kind": "office", "form": OFFICE_FORM + row["code"]}) for row in rows("offices"))
    past = (_unit(row) for row in rows("units_former"))
    return (*(_unit(row) for name in ("units", "departments") for row in rows(name)), *offices, *past)


@cache
def present_units() -> tuple[Unit, ...]:
    """Units in force, the offices left out: what a name or a code means where nothing says of which day it is."""
    return tuple(unit for unit in all_units() if unit.valid_to is None and unit.kind != "office")


def units_of(authority: str, day: date) -> tuple[Unit, ...]:
    """Units that report to ``authority`` on ``day``, the authority's own row first."""
    mine = [u for u in all_units() if u.authority == authority and u.valid_on(day)]
    rank = {"authority": 0, "office": 1, "department": 1, "district": 2}
    return tuple(sorted(mine, key=lambda u: rank.get(u.kind, rank.get(u.form, 3))))


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
