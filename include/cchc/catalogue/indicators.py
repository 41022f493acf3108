"""Indicators: what is counted, in which unit, over which time, and how it adds up.

Source: ``catalogue/data/indicators.csv``, after domain 2.5; each row names its own source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from cchc.catalogue.tables import rows

ANSWER = "answer_"
"""Begins the role of a companion that counts how many gave one answer; the answer follows."""
_TERM = re.compile(r"([+-]?)\s*([0-9][0-9.]*[a-z]?)")


@dataclass(frozen=True, slots=True)
class Term:
    """An operand of a sum: ``sign`` is 1 or -1."""

    sign: int
    code: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue.

    Attributes:
        code: The product's own code, ``area.group.item`` with an optional letter.
        area: 1 to 7.
        name: Vietnamese name as printed.
        uom: Unit of measure as printed (``hồ sơ``, ``%``, ``triệu đồng``).
        kind: ``count``, ``amount``, ``ratio``, ``flag`` or ``score``.
        time: ``flow``, ``stock``, ``opening`` or ``yearly``.
        rollup: ``sum``, ``ratio``, ``shared``, ``own``, ``count_yes``, ``weighted``, ``distinct``,
            ``distribution`` or ``none``.
        levels: Subset of ``X`` commune, ``S`` department, ``P`` the authority itself.
        numerator: Operands of a ratio's numerator; empty where the ratio is not computed from parts.
        denominator: Operands of a ratio's denominator.
        note: Bounds, identities, targets.
        source: Marks of domain.md.
        position: 0-based order in the catalogue.
    """

    code: str
    area: int
    name: str
    uom: str
    kind: str
    time: str
    rollup: str
    levels: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    note: str
    source: str
    position: int

    @property
    def computed(self) -> bool:
        """True where the figure follows from others and is never asked for."""
        return bool(self.numerator and self.denominator)


@dataclass(frozen=True, slots=True)
class Companion:
    """A figure that a body which adds up sends upward beside a total, so that the next level adds up exactly.

    Attributes:
        code: Its own code.
        of: Indicator whose total it completes.
        role: ``numerator`` or ``denominator`` (over the units that gave both; of a weighted mean the sum of value times
            weight and of weights), ``yes`` (how many answered yes), ``answer_<n>`` (how many gave that answer).
    """

    code: str
    of: str
    role: str


def terms(expression: str) -> tuple[Term, ...]:
    """Operands of ``3.4.6+3.4.7`` or ``3.2.8a-3.2.8b``; empty for an empty expression.

    Raises:
        ValueError: If the expression holds anything but codes joined by + and -.
    """
    if not expression:
        return ()
    if _TERM.sub("", expression).strip():
        raise ValueError(f"not a sum of codes: {expression!r}")
    return tuple(Term(-1 if sign == "-" else 1, code) for sign, code in _TERM.findall(expression))


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """The catalogue in printed order."""
    return tuple(
        Indicator(
            code=row["code"],
            area=int(row["area"]),
            name=row["name"],
            uom=row["unit"],
            kind=row["kind"],
            time=row["time"],
            rollup=row["rollup"],
            levels=row["levels"],
            numerator=terms(row["numerator"]),
            denominator=terms(row["denominator"]),
            note=row["note"],
            source=row["source"],
            position=position,
        )
        for position, row in enumerate(rows("indicators"))
    )


@cache
def by_code() -> dict[str, Indicator]:
    """Indicators by code, companions among them."""
    return {indicator.code: indicator for indicator in (*all_indicators(), *companion_indicators())}


@cache
def companions() -> tuple[Companion, ...]:
    """What is sent upward beside totals, in printed order."""
    return tuple(Companion(row["code"], row["of"], row["role"]) for row in rows("companions"))


@cache
def companions_of(code: str) -> dict[str, str]:
    """Codes of an indicator's companions by role; empty where it has none."""
    return {item.role: item.code for item in companions() if item.of == code}


@cache
def companion_codes() -> frozenset[str]:
    """Codes of all companions."""
    return frozenset(item.code for item in companions())


@cache
def pair_codes() -> frozenset[str]:
    """Companions that are parts of a quotient: who gives any of them sends totals over others' reports."""
    return frozenset(item.code for item in companions() if item.role in ("numerator", "denominator"))


@cache
def companion_indicators() -> tuple[Indicator, ...]:
    """Companions as lines of a form: read, checked and kept as figures, never printed as totals of their own."""
    parents = {indicator.code: indicator for indicator in all_indicators()}
    return tuple(
        replace(
            parents[row["of"]],
            code=row["code"],
            name=row["name"],
            uom=row["unit"],
            kind=row["kind"],
            rollup="none",
            numerator=(),
            denominator=(),
            note="",
            source=row["source"],
            position=position,
        )
        for row, position in zip(rows("companions"), count(len(parents)), strict=False)
    )


@cache
def counted_in_full() -> dict[str, str]:
    """Parts whose line for the authority is the number of units that reached the whole: part to whole."""
    return {row["code"]: row["whole"] for row in rows("units_in_full")}


@cache
def areas() -> dict[int, dict[str, str]]:
    """Rows of ``areas.csv`` by number: ``name`` as printed, ``sheet`` as the form's tab."""
    return {int(row["area"]): row for row in rows("areas")}


def answer_labels(name: str) -> dict[int, str]:
    """Answers that the indicator's name spells out: ``(Trực tuyến = 0; Phát phiếu = 1)`` gives 0 and 1."""
    inside = name.rpartition("(")[2].rstrip(")")
    return {int(number): label.strip() for label, number in re.findall(r"([^;=]+)=\s*(\d+)", inside)}
