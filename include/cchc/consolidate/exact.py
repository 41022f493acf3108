"""Figures as fractions: a comparison with a threshold sees every digit, not only those that are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from fractions import Fraction

from cchc.catalogue.indicators import Indicator, Term, companions_of, pair_codes
from cchc.consolidate.totals import WEIGHT
from cchc.model.consolidation import Contribution, Total
from cchc.model.observation import ValueState

_SCALE = 10**10
_PERCENT = Fraction(100)
_AMPLE = Context(prec=1000)
NOTHING_AROSE = "nothing_arose"
NO_REPORT = "no_report"
NO_FIGURE = "no_figure"

Cell = tuple[Decimal | None, ValueState]
Parts = tuple[Fraction, Fraction]
"""Numerator and denominator of a percentage, the numerator scaled to percent."""


def decimal(value: Fraction) -> Decimal:
    """To 10 decimals, half to even, as the totals are kept."""
    return _AMPLE.scaleb(Decimal(round(value * _SCALE)), -10)


def of_unit(indicator: Indicator, figure: Fraction) -> Decimal:
    """A unit's figure as it is printed: a share made from parts to 10 decimals, else every digit that the unit gave."""
    if indicator.computed:
        return decimal(figure)
    return _AMPLE.divide(Decimal(figure.numerator), Decimal(figure.denominator))


def distance(value: Fraction, threshold: Decimal) -> Decimal:
    """Value less threshold to 10 decimals; never zero where the two differ, so that its sign always tells."""
    exact = value - Fraction(threshold)
    shown = decimal(exact)
    if shown or not exact:
        return shown
    return Decimal(1 if exact > 0 else -1).scaleb(-10)


def by_unit(contributions: Iterable[Contribution], codes: frozenset[str]) -> dict[str, dict[str, Cell]]:
    """Cells of these codes by unit."""
    found: dict[str, dict[str, Cell]] = {}
    for item in contributions:
        cells = found.setdefault(item.unit, {})
        if item.indicator in codes:
            cells[item.indicator] = item.value, item.state
    return found


def operands(indicator: Indicator) -> frozenset[str]:
    """Codes of the cells that a unit's figure is made from, with the weight of a weighted one."""
    if indicator.computed:
        return frozenset(term.code for term in (*indicator.numerator, *indicator.denominator)) | pair_codes()
    return pair_codes() | frozenset({indicator.code, WEIGHT} if indicator.rollup == "weighted" else {indicator.code})


def parts_of(indicator: Indicator, cells: Mapping[str, Cell]) -> Parts | None:
    """A unit's numerator and denominator; None where a part is missing or the figure is no quotient."""
    if not pair_codes().isdisjoint(cells) and any(_given(cells, code) is not None for code in pair_codes()):
        return _sent(indicator, cells)
    if indicator.computed:
        top, bottom = _side(indicator.numerator, cells), _side(indicator.denominator, cells)
        return None if top is None or bottom is None else (top * _PERCENT, bottom)
    if indicator.rollup == "weighted":
        value, weight = _given(cells, indicator.code), _given(cells, WEIGHT)
        return None if value is None or weight is None else (value * weight, weight)
    return None


def _sent(indicator: Indicator, cells: Mapping[str, Cell]) -> Parts | None:
    """The parts that one who adds up sends beside its total."""
    own = companions_of(indicator.code)
    top, bottom = (_given(cells, own.get(role, "")) for role in ("numerator", "denominator"))
    if top is None or bottom is None:
        return None
    return (top * _PERCENT, bottom) if indicator.computed else (top, bottom)


def figure(indicator: Indicator, cells: Mapping[str, Cell] | None) -> Fraction | str:
    """A unit's own figure, or the reason why there is none: nothing arose, no report, no figure."""
    if cells is None:
        return NO_REPORT
    if indicator.computed:
        parts = parts_of(indicator, cells)
        return NO_FIGURE if parts is None else quotient(parts)
    value = _given(cells, indicator.code)
    if value is not None:
        return value
    no_ballots = indicator.rollup == "weighted" and _given(cells, WEIGHT) == 0
    stated = cells.get(indicator.code, (None, ValueState.MISSING))[1]
    nothing = stated in (ValueState.CONFIRMED_ZERO, ValueState.NOT_APPLICABLE)
    return NOTHING_AROSE if nothing or no_ballots else NO_FIGURE


def quotient(parts: Parts) -> Fraction | str:
    """The quotient, or the reason why there is none."""
    return parts[0] / parts[1] if parts[1] else NOTHING_AROSE


def of_total(total: Total) -> Fraction | None:
    """The authority's figure with every digit that its stored parts give; None where there is no figure."""
    if total.value is None:
        return None
    if total.numerator is not None and total.denominator:
        share = Fraction(total.numerator) / Fraction(total.denominator)
        for exact in (share * _PERCENT, share):
            if decimal(exact) == total.value:
                return exact
    return Fraction(total.value)


def agreeing(exact: Fraction | str, stored: Decimal) -> Fraction:
    """The exact figure where it is the stored one, else the stored one."""
    if isinstance(exact, Fraction) and decimal(exact) == stored:
        return exact
    return Fraction(stored)


def _given(cells: Mapping[str, Cell], code: str) -> Fraction | None:
    value, state = cells.get(code, (None, ValueState.MISSING))
    counts = value is not None and state in (ValueState.REPORTED, ValueState.CONFIRMED_ZERO)
    return Fraction(value) if counts and value is not None else None


def _side(terms: Iterable[Term], cells: Mapping[str, Cell]) -> Fraction | None:
    values = [(term.sign, _given(cells, term.code)) for term in terms]
    if any(value is None for _, value in values):
        return None
    return sum((sign * value for sign, value in values if value is not None), Fraction(0))
