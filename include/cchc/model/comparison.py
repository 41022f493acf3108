"""What a consolidated report says of time: figures beside earlier ones, as reported and restated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit's part in the change of a total.

    Attributes:
        unit: Code of the present unit.
        now: Its figure; ratios in percent, None where the denominator is 0.
        before: The same of the base period, restated onto the present unit.
        contribution: By how much it moved the figure of all matched units, in the figure's own measure (percentage
            points for a percentage).
        split: True where its figure of then rests on a provisional share of a divided unit.
    """

    unit: str
    now: Decimal | None
    before: Decimal | None
    contribution: Decimal
    split: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """The comparison over the units that gave the figure in both periods, restated onto the units of today.

    Attributes:
        units: How many.
        left_out: Units with a figure in one period only, or with a former unit that gave none.
        now: Figure over them; ratios from summed parts, in percent.
        before: The same of the base period.
        change: ``now`` less ``before``; the contributions below and ``rest`` sum to it exactly.
        restated: True where units changed between the two periods.
        split: True where a provisional share of a divided unit is in it.
        shown: Units that moved it most, the largest increase first.
        rest: What all other matched units contributed together.
        rest_units: How many they are.
    """

    units: int
    left_out: int
    now: Decimal | None
    before: Decimal | None
    change: Decimal | None
    restated: bool
    split: bool
    shown: tuple[UnitChange, ...] = ()
    rest: Decimal | None = None
    rest_units: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure that a compared figure is made from.

    Attributes:
        authority: Whose total it is.
        period: Of which period.
        code: Indicator.
        part: ``total``, or ``numerator`` or ``denominator`` of the total's ratio.
        role: ``addend``, ``numerator`` or ``denominator`` of the compared figure.
        sign: 1 or -1.
        value: As it went in.
    """

    authority: str
    period: str
    code: str
    part: str
    role: str
    sign: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a total, or what was made from several of them.

    Attributes:
        period: Code of the (last) period it speaks of.
        value: In the indicator's measure; None where it cannot be made.
        reported: Units in it; the smallest number where it is made from several periods.
        expected: Units asked for it.
        pieces: What it was made from; empty where it is the report's own total.
        why: Key of ``comparison_texts.csv`` where there is no value.
    """

    period: str
    value: Decimal | None
    reported: int = 0
    expected: int = 0
    pieces: tuple[Piece, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An indicator of the report beside another figure of it.

    Attributes:
        indicator: Catalogue code.
        against: ``previous`` (preceding report), ``same_period`` (of last year) or ``year_to_date`` (of last year).
        now: The figure of this report, or of the year so far.
        before: The figure it is compared with, as reported then by all units.
        change: ``now`` less ``before`` where both are known; percentage points for a percentage.
        relative: ``change`` in percent of ``before``; None for percentages and where ``before`` is 0.
        comparable: False where the two must not be set against each other.
        reasons: Why not, keys of ``comparison_texts.csv``.
        notes: What the reader must know though they are comparable, keys of the same.
        matched: Like for like, or None where nothing is carried from unit to unit.
    """

    indicator: str
    against: str
    now: Side
    before: Side
    change: Decimal | None
    relative: Decimal | None
    comparable: bool
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    matched: Matched | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Which share of a former unit's figures a present unit takes over, for tracing restated figures."""

    period: str
    former: str
    unit: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one period in a series.

    Attributes:
        period: Period code.
        as_reported: As the authority of that code reported it then.
        restated: Onto the units of the report's day; None for what is not restated.
        reported: Units in it.
        expected: Units asked for it.
    """

    period: str
    as_reported: Decimal | None
    restated: Decimal | None
    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Series:
    """A figure over time, the oldest point first."""

    indicator: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How many reports of a period were on time."""

    period: str
    on_time: int
    expected: int
