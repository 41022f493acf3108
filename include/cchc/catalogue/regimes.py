"""Reporting regimes: who owes which report by when, under which clause.

Source: ``catalogue/data/regimes/*.yaml``; every datum there names its instrument or says "proposal".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from cchc.catalogue.regime_words import clause_words
from cchc.settings import DATA

DEFAULT = "default"
_INHERITED = ("kinds", "kind_aliases", "due")
"""What a regime takes from the one it extends; targets, rules and duties of a parent are never taken over."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A body that consolidates, with the words of its document heading.

    Attributes:
        level: ``xã``, ``huyện`` or ``tỉnh``: whose targets bind it.
        valid_from: First day on which this body consolidates; None where the regime's own validity says it.
        valid_to: Last day, None while in force.
        receivers: Lines of "Nơi nhận" of its report; empty where those of its level serve.
    """

    code: str
    body: str
    abbreviation: str
    parent: str
    agency: str
    place: str
    adopts_for: str
    signer: str
    level: str = "tỉnh"
    valid_from: date | None = None
    valid_to: date | None = None
    receivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A threshold; ``op`` is ``>=`` or ``>``.

    Attributes:
        indicator: Code; empty where the target is qualitative or counted by no indicator.
        value: Threshold in the indicator's unit of measure; 0 where qualitative.
        source: Instrument and clause as printed.
        level: Whom it binds: ``xã``, ``huyện`` or ``tỉnh``.
        id: Own stable id within its regime.
        source_no: Number in the source, as it stands there.
        text: Words of the clause.
        kind: ``quantitative`` or ``qualitative``.
        valid_from: First day on which it binds, None without limit.
        valid_to: Last day, None without limit.
        clause: Reference within the regime's clauses.
        note: How it is to be read.
        displaced_by: Id of the target of the same instrument that goes before this one; empty where none does.
        judged_in: Kinds of report in which it is judged; empty where in all.
        orientation: True where another body's instrument set it: figures are shown beside it, nobody is bound.
        also: Other clauses of the instrument that say the same.
        rule: Id of the special rule that judges it; empty where none does.
    """

    indicator: str
    op: str
    value: Decimal
    source: str
    level: str
    id: str = ""
    source_no: str = ""
    text: str = ""
    kind: str = "quantitative"
    valid_from: date | None = None
    valid_to: date | None = None
    clause: str = ""
    note: str = ""
    displaced_by: str = ""
    judged_in: tuple[str, ...] = ()
    orientation: bool = False
    also: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """When a report is due: ``day`` of the period's last month, the whole day where inclusive."""

    day: int
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """Which office leads an area or a task, and which others work with it.

    Attributes:
        area: 1 to 7; 0 where a task is led.
        task: What is led, empty where it is an area.
        clauses: References within the regime's clauses.
    """

    area: int
    lead: str
    together: tuple[str, ...]
    source: str
    id: str = ""
    task: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime as data.

    Attributes:
        extends: Regime whose kinds of report and due day it takes over; empty for the default one.
        valid_from: First day; None without limit.
        valid_to: Last day; None while in force.
    """

    id: str
    name: str
    authorities: dict[str, Authority]
    kinds: tuple[str, ...]
    kind_aliases: dict[str, str]
    due: Due
    targets: tuple[Target, ...]
    extends: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    offices: tuple[Lead, ...] = ()

    def binds(self, code: str, day: date) -> bool:
        """True where the regime names that authority and both are in force on that day."""
        named = self.authorities.get(code)
        return named is not None and _within(day, self.valid_from, self.valid_to) and valid_on(named, day)


@cache
def regime(regime_id: str = DEFAULT) -> Regime:
    """Load a regime.

    Raises:
        FileNotFoundError: If no such regime is in the catalogue.
    """
    raw = raw_regime(regime_id)
    return Regime(
        id=raw["id"],
        name=raw["name"],
        authorities={a["code"]: _authority(a) for a in raw["authorities"]},
        kinds=tuple(raw["kinds"]),
        kind_aliases=raw["kind_aliases"],
        due=Due(raw["due"]["day"], raw["due"]["inclusive"]),
        targets=tuple(_target(t, raw.get("instrument", {}).get("short", "")) for t in raw.get("targets", ())),
        extends=raw.get("extends") or "",
        valid_from=_day(raw.get("valid_from")),
        valid_to=_day(raw.get("valid_to")),
        offices=tuple(_lead(o) for o in raw.get("offices", ())),
    )


@cache
def raw_regime(regime_id: str) -> Mapping[str, Any]:
    """A regime's file as it stands, with kinds of report and due day of the regime that it extends.

    Raises:
        FileNotFoundError: If no such regime is in the catalogue.
    """
    words = (DATA / "regimes" / f"{regime_id}.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(words, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    if not raw.get("extends"):
        return raw
    base = raw_regime(raw["extends"])
    return {**{key: base[key] for key in _INHERITED}, **raw}


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime of the catalogue, the general ones (``default…``) first, then by id."""
    ids = (path.stem for path in (DATA / "regimes").glob("*.yaml"))
    return tuple(regime(one) for one in sorted(ids, key=lambda one: (not one.startswith(DEFAULT), one)))


def regime_of(code: str, day: date) -> Regime:
    """The regime that binds an authority on a day; one of its own goes before the default one.

    Raises:
        KeyError: If none does.
    """
    for found in reversed(regimes()):
        if found.binds(code, day):
            return found
    raise KeyError(code)


def targets_for(code: str, day: date) -> tuple[Target, ...]:
    """Targets of the regime that binds an authority, those in force on that day, in the order of the instrument.

    Raises:
        KeyError: If no regime names such an authority then.
    """
    return tuple(one for one in regime_of(code, day).targets if _within(day, one.valid_from, one.valid_to))


def authority(code: str, day: date | None = None) -> Authority:
    """The consolidating body of that unit code on a day; without a day the latest that bore the code.

    Raises:
        KeyError: If no regime names such an authority then.
    """
    if day is not None:
        return regime_of(code, day).authorities[code]
    named = [(one, found) for one in regimes() if (found := one.authorities.get(code))]
    if not named:
        raise KeyError(code)
    return max(named, key=lambda pair: min(pair[0].valid_to or date.max, pair[1].valid_to or date.max))[1]


def authorities(day: date | None = None) -> dict[str, Authority]:
    """Every authority by code, those of the default regime first; on a day, those that consolidate then."""
    codes = dict.fromkeys(code for one in regimes() for code in one.authorities if day is None or one.binds(code, day))
    return {code: authority(code, day) for code in codes}


def refs(row: Mapping[str, Any]) -> tuple[str, ...]:
    """References of a datum: its clause or clauses, then those that say the same once more."""
    said = row.get("clause") or ()
    return (*((said,) if isinstance(said, str) else said), *row.get("also", ()))


def valid_on(one: Authority, day: date) -> bool:
    """True where that body consolidates on that day, as far as its own validity goes."""
    return _within(day, one.valid_from, one.valid_to)


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _authority(row: dict[str, Any]) -> Authority:
    known = {key: value for key, value in row.items() if key in Authority.__dataclass_fields__}
    days = {key: _day(row.get(key)) for key in ("valid_from", "valid_to")}
    return Authority(**{**known, **days, "receivers": tuple(row.get("receivers", ()))})


def _target(row: Mapping[str, Any], short: str) -> Target:
    return Target(
        indicator=row.get("indicator") or "",
        op=row.get("op") or "",
        value=Decimal(str(row.get("value") or 0)),
        source=row.get("source") or f"{short}, {clause_words(row['clause'])}",
        level=row["level"],
        id=row.get("id", ""),
        source_no=str(row.get("source_no") or ""),
        text=row.get("text", ""),
        kind=row.get("kind", "quantitative"),
        valid_from=_day(row.get("from")),
        valid_to=_day(row.get("to")),
        clause=row.get("clause", ""),
        note=row.get("note", ""),
        displaced_by=row.get("displaced_by", ""),
        rule=row.get("rule", ""),
        judged_in=tuple(row.get("judged_in", ())),
        orientation=row.get("orientation", False),
        also=tuple(row.get("also", ())),
    )


def _lead(row: Mapping[str, Any]) -> Lead:
    return Lead(
        area=row.get("area", 0),
        lead=row["lead"],
        together=tuple(row.get("with") or ()),
        source=row.get("source", ""),
        id=row.get("id", ""),
        task=row.get("task", ""),
        clauses=refs(row),
    )
