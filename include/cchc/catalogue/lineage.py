"""Lineage of units: what became of each former unit, by which instrument and with which share of its figures.

Sources: ``unit_lineage.csv`` (NQ 1669 and 1662/NQ-UBTVQH15, NQ 202/2025/QH15) and ``broken_windows.csv`` (domain 2.2
consequence 5). A former unit is named by its code and the last day before ``effective``: codes were reused in 2025.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from cchc.catalogue.tables import rows

SPLIT = "split"
SPLIT_FLAG = "chia tách – tạm gán"
"""The flag of ``unit_lineage.csv`` wherever a share of a divided unit is provisional (domain 4.3 trap 6)."""


class LineageError(ValueError):
    """The shares of a former unit do not make it whole."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One step from a former unit to a successor.

    Attributes:
        effective: First day of the successor; the former unit's last day is the one before.
        former_code: Code of the former unit up to that day.
        former_name: Its name.
        code: Code of the successor from that day on.
        kind: ``merge``, ``split``, ``rename`` or ``unchanged``.
        weight: Share of the former unit's counts that the successor takes over; they sum to 1 over its successors.
        basis: Why that share: ``whole``, or for a split ``same_name``, ``package_default``, ``first_successor``,
            ``population``, ``area``, ``decision``.
        flag: ``chia tách – tạm gán`` where the share is provisional, else empty.
        instrument: Number of the resolution.
    """

    effective: date
    former_code: str
    former_name: str
    code: str
    kind: str
    weight: Decimal
    basis: str
    flag: str
    instrument: str


@dataclass(frozen=True, slots=True)
class BrokenWindow:
    """A part of a data window that other units lived through than the rest of it.

    Attributes:
        period: Period code.
        window_from: First day of the part.
        window_to: Last day of the part.
        units: ``former`` or ``present``.
        included: ``yes``, ``no`` or ``unknown``: whether the part is in the reports of the present units.
    """

    period: str
    window_from: date
    window_to: date
    units: str
    included: str


@cache
def edges() -> tuple[Edge, ...]:
    """Every step of the catalogue, in order of day and former code.

    Raises:
        LineageError: If the shares of a former unit do not sum to 1.
    """
    found = tuple(_edge(row) for row in rows("unit_lineage"))
    check(found)
    return found


def check(found: Iterable[Edge]) -> None:
    """Make sure that nothing of a former unit is lost or counted twice.

    Raises:
        LineageError: If the shares of a former unit do not sum to 1.
    """
    shares: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for edge in found:
        shares[edge.effective, edge.former_code] += edge.weight
    wrong = [f"{code} ({day}): {share}" for (day, code), share in sorted(shares.items()) if share != 1]
    if wrong:
        raise LineageError(f"shares that do not sum to 1: {'; '.join(wrong)}")


def former_of(code: str, since: date, day: date) -> tuple[str, ...]:
    """Codes of ``since`` whose unit, or a part of it, is ``code`` on ``day``; the code itself where nothing changed."""
    found = {code}
    steps = sorted((e for e in edges() if since < e.effective <= day), key=lambda e: e.effective, reverse=True)
    for edge_day in dict.fromkeys(e.effective for e in steps):
        back = [e for e in steps if e.effective == edge_day]
        mine = {e.former_code for e in back if e.code in found}
        # A code that only begins that day is no unit of the day before.
        found = mine | {kept for kept in found if not any(e.code == kept for e in back)}
    return tuple(sorted(found))


@cache
def names_before(day: date) -> dict[str, str]:
    """Names on ``day`` of the units that changed after it, by their codes of that day; codes were reused."""
    later = sorted((e for e in edges() if e.effective > day), key=lambda e: e.effective, reverse=True)
    return {edge.former_code: edge.former_name for edge in later}


def broken(period: str) -> bool:
    """True where units changed within the period's window and the reports are not known to hold both parts."""
    return bool(outside(period))


def outside(period: str) -> tuple[BrokenWindow, ...]:
    """Parts of the period's window that its reports are not known to hold."""
    return tuple(part for part in broken_windows() if part.period == period and part.included != "yes")


@cache
def broken_windows() -> tuple[BrokenWindow, ...]:
    """Parts of windows within which units changed."""
    return tuple(
        BrokenWindow(
            row["period"],
            date.fromisoformat(row["window_from"]),
            date.fromisoformat(row["window_to"]),
            row["units"],
            row["included"],
        )
        for row in rows("broken_windows")
    )


def _edge(row: Mapping[str, str]) -> Edge:
    return Edge(
        effective=date.fromisoformat(row["effective"]),
        former_code=row["former_code"],
        former_name=row["former_name"],
        code=row["code"],
        kind=row["kind"],
        weight=Decimal(row["weight"]),
        basis=row["basis"],
        flag=row["flag"],
        instrument=row["instrument"],
    )
