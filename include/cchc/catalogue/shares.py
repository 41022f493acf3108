"""What a figure can be held against: other windows, and the threshold of a year (domain 2.2)."""

from __future__ import annotations

from cchc.catalogue.indicators import Indicator, by_code


def accrues(indicator: Indicator) -> bool:
    """True for a share that grows as the year goes on: what was done in the window, of all there is to do."""
    done = any(by_code()[term.code].time == "flow" for term in indicator.numerator)
    return done and all(by_code()[term.code].time == "stock" for term in indicator.denominator)


def comparable(indicator: Indicator) -> bool:
    """True where figures of two windows of different length can be set side by side: shares and stocks, not flows."""
    return not accrues(indicator) if indicator.uom == "%" else indicator.time == "stock"


def part_of_year(indicator: Indicator, basis: str) -> bool:
    """True where the figure is only what a window of its own adds to a share of the year."""
    return basis == "period" and accrues(indicator)
