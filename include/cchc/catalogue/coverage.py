"""By what units weigh in the coverage of a total, and which stocks may be carried forward.

Sources: ``coverage_weights.csv``, ``coverage_settings.csv``; domain 2.6, rule 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cchc.catalogue import periods
from cchc.catalogue.indicators import Indicator, Term, by_code, counted_in_full
from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows

BALLOTS = "1.4.1b"
"""Valid ballots: what a satisfaction ratio is weighted by (data README, weighted)."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """By what units weigh in an indicator's coverage.

    Attributes:
        code: The indicator.
        history: Operands of its own last known value (the denominator of a ratio); empty where its value says
            nothing about size, as a flag.
        measure: Code of the measure of size that stands in; empty where there is none.
    """

    code: str
    history: tuple[Term, ...]
    measure: str


@cache
def weighings() -> dict[str, Weighing]:
    """By indicator."""
    return {row["code"]: _weighing(row) for row in rows("coverage_weights")}


def parts_needed(code: str) -> tuple[str, ...]:
    """What a unit must have given to be in the total of an indicator: itself, or every part of its ratio."""
    indicator = by_code()[code]
    if code in counted_in_full():
        return (code, counted_in_full()[code])
    if indicator.computed:
        return tuple(dict.fromkeys(term.code for term in (*indicator.numerator, *indicator.denominator)))
    return (code, BALLOTS) if indicator.rollup == "weighted" else (code,)


def setting(key: str) -> int:
    """A number of ``coverage_settings.csv``."""
    return int(next(row["value"] for row in rows("coverage_settings") if row["key"] == key))


def weight_periods(period: Period) -> tuple[Period, ...]:
    """Reports whose values may weigh units, the latest first."""
    return periods.history(period)[::-1][: setting("weight_periods_back")]


def carry_periods(period: Period) -> tuple[Period, ...]:
    """Reports from which a missing unit's stock may be carried, the latest first."""
    before = periods.history(period)[::-1][: setting("carry_periods_back")]
    return tuple(p for p in before if p.year == period.year or not setting("carry_same_year"))


def carried(code: str) -> bool:
    """True for stocks that are added up, and for ratios of such stocks alone; never for flows."""
    indicator = by_code()[code]
    if not indicator.computed:
        return indicator.time == "stock" and indicator.rollup == "sum"
    return indicator.rollup == "ratio" and all(by_code()[part].time == "stock" for part in parts_needed(code))


def _weighing(row: dict[str, str]) -> Weighing:
    return Weighing(row["code"], _history(by_code()[row["code"]]) if row["first"] == "history" else (), row["measure"])


def _history(indicator: Indicator) -> tuple[Term, ...]:
    if indicator.computed:
        return indicator.denominator
    return (Term(1, BALLOTS if indicator.rollup == "weighted" else indicator.code),)
