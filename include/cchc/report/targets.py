"""Figures beside their targets."""

from __future__ import annotations

from cchc.catalogue.indicators import Indicator, by_code
from cchc.catalogue.regimes import Target
from cchc.model.consolidation import Total
from cchc.report import numerals

_JUDGED = ("tỉnh",)
"""Levels whose targets bind the authorities of the regime: they consolidate provinces and cities."""


def accrues(indicator: Indicator) -> bool:
    """True for a share that grows as the year goes on: what was done in the window, of all there is to do."""
    done = any(by_code()[term.code].time == "flow" for term in indicator.numerator)
    return done and all(by_code()[term.code].time == "stock" for term in indicator.denominator)


def comparable(indicator: Indicator) -> bool:
    """True where figures of two windows of different length can be set side by side: shares and stocks, not flows."""
    return not accrues(indicator) if indicator.uom == "%" else indicator.time == "stock"


def part_of_year(total: Total, basis: str) -> bool:
    """True where the figure is what a window of its own adds to a share of the year."""
    return basis == "period" and accrues(by_code()[total.indicator])


def compare(total: Total, target: Target | None, basis: str) -> bool | None:
    """True where the figure reaches its target; None where that cannot be said.

    What a single quarter adds to a share that accrues is not held against the target of a year, nor is a province
    against a target that was set for a commune: such a target is shown for orientation, with its source.
    """
    if target is None or total.value is None or target.level not in _JUDGED:
        return None
    if part_of_year(total, basis):
        return None
    return total.value > target.value if target.op == ">" else total.value >= target.value


def target_text(target: Target) -> str:
    """``≥ 90``."""
    sign = {">=": "≥", ">": ">"}[target.op]
    return f"{sign} {numerals.number(target.value)}"
