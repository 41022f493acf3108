"""Special obligations and rules of a regime, judged: per rule its clause, who stands where, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Behind:
    """One thing that a judged figure rests on: a figure of a report, or a cell of a register.

    Attributes:
        role: ``numerator``, ``denominator``, ``addend``, ``minuend``, ``subtrahend``, ``counted`` or ``datum``.
        value: As it went in; None where it is no number.
        code: Indicator; empty for a cell of a register.
        scope: ``total`` or a unit code; empty for a cell of a register.
        period: Period code where it is not the report's own.
        sign: 1 or -1.
        place: Sheet and cell, in a register.
        source: For a cell of a register: file, hash, sheet, cell and what stands there; words for people.
    """

    role: str
    value: Decimal | None
    code: str = ""
    scope: str = ""
    period: str = ""
    sign: int = 1
    place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SpecialItem:
    """One unit, entry or target under a rule.

    Attributes:
        unit: Unit code.
        unit_name: Its name.
        subject: What it is about, in Vietnamese.
        status: Key of ``status_*`` in ``special_texts.csv``.
        due: Last day on time, or None.
        done: Day on which it was done, or None.
        value: The figure judged, or None.
        uom: Of the figure and of what is expected.
        expected: What the rule wants or the other side says, or None.
        reason: Why it stands there, in Vietnamese, with the figures.
        method: How ``value`` was made: ``share_of``, ``sum_of``, ``count_of`` or ``datum``; empty where there is none.
        behind: What it rests on.
    """

    unit: str
    unit_name: str
    subject: str
    status: str
    due: date | None = None
    done: date | None = None
    value: Decimal | None = None
    uom: str = ""
    expected: Decimal | None = None
    reason: str = ""
    method: str = ""
    behind: tuple[Behind, ...] = ()


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """A rule judged.

    Attributes:
        id: Of the rule in its regime; a rule with two lists gives two of these (``R1a``, ``R1b``).
        kind: As in the regime.
        title: In Vietnamese.
        text: Words of the rule.
        clause: Instrument and clauses.
        summary: The outcome in one Vietnamese sentence.
        counts: Status keys with how many items have them, in the order of the list.
        items: The list.
    """

    id: str
    kind: str
    title: str
    text: str
    clause: str
    summary: str
    counts: tuple[tuple[str, int], ...] = ()
    items: tuple[SpecialItem, ...] = ()
