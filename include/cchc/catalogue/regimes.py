"""Reporting regimes: who owes which report by when, under which clause.

Source: ``catalogue/data/regimes/*.yaml``; every datum there names its instrument or says "proposal".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from cchc.settings import DATA


@dataclass(frozen=True, slots=True)
class Authority:
    """A body that consolidates, with the words of its document heading."""

    code: str
    body: str
    abbreviation: str
    parent: str
    agency: str
    place: str
    adopts_for: str
    signer: str


@dataclass(frozen=True, slots=True)
class Target:
    """A threshold for one indicator; ``op`` is ``>=`` or ``>``."""

    indicator: str
    op: str
    value: Decimal
    source: str
    level: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a report is due: ``day`` of the period's last month, the whole day where inclusive."""

    day: int
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime as data."""

    id: str
    name: str
    authorities: dict[str, Authority]
    kinds: tuple[str, ...]
    kind_aliases: dict[str, str]
    due: Due
    targets: tuple[Target, ...]


@cache
def regime(regime_id: str = "default") -> Regime:
    """Load a regime.

    Raises:
        FileNotFoundError: If no such regime is in the catalogue.
    """
    raw: dict[str, Any] = yaml.safe_load((DATA / "regimes" / f"{regime_id}.yaml").read_text(encoding="utf-8"))
    return Regime(
        id=raw["id"],
        name=raw["name"],
        authorities={a["code"]: _authority(a) for a in raw["authorities"]},
        kinds=tuple(raw["kinds"]),
        kind_aliases=raw["kind_aliases"],
        due=Due(raw["due"]["day"], raw["due"]["inclusive"]),
        targets=tuple(_target(t) for t in raw["targets"]),
    )


def authority(code: str) -> Authority:
    """The consolidating body of that unit code.

    Raises:
        KeyError: If the regime names no such authority.
    """
    return regime().authorities[code]


def _authority(row: dict[str, str]) -> Authority:
    return Authority(**{key: value for key, value in row.items() if key != "source"})


def _target(row: dict[str, str]) -> Target:
    return Target(row["indicator"], row["op"], Decimal(row["value"]), row["source"], row["level"])
