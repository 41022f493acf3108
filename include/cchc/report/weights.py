"""Coverage by weight and carried stocks in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cchc.catalogue import periods
from cchc.catalogue.indicators import Term, by_code
from cchc.model.consolidation import CarriedPart, CarriedTotal, Total, Weight
from cchc.report import numerals, weighing
from cchc.report.facts import TIERS, Facts
from cchc.report.figures import Link, Made
from cchc.report.texts import label

_TENTH = Decimal("0.1")
_WHOLE = Decimal(100)


def weight_text(weight: Weight | None) -> str:
    """``93,5%``; what is short of the whole is never printed as 100%, and nothing is guessed."""
    if weight is None or weight.share is None:
        return label("weight_unknown")
    if weight.unweighed:
        return label("weight_unweighed", share=weight_share(weight.share), units=weight.unweighed)
    return label("weight_share", share=weight_share(weight.share))


def carried_cells(facts: Facts, code: str) -> dict[str, Any]:
    """Cells of the columns of carried stocks, empty where nothing is carried."""
    found = facts.carried.get(code)
    if found is None:
        return {}
    codes = sorted({part.period for part in found.parts})
    names = "; ".join(periods.parse(period).label for period in codes)
    return {"carried": found.value, "carried_units": label("carried_units", units=found.units, period=names)}


def weight_made(total: Total, weight: Weight) -> Made:
    """How a share of weight was made."""
    told, whole, source = weight.told, weight.whole, label("weight_by_units")
    if weight.period:
        source = label("weight_by_value", measure=weight.measure, period=periods.parse(weight.period).label)
    else:
        told, whole = Decimal(total.reported), Decimal(total.expected)
    sums = (Link("numerator", told, source=source), Link("denominator", whole, source=source))
    if not weight.period:
        return Made("share_of", sums)
    # TIERS, not the order in which the database named them.
    asked = [tier for tier in TIERS if tier in total.tiers]
    return Made(weighing.METHOD, sums, pick=weighing.told(total.indicator, asked, weight.measure, weight.period))


def carried_made(facts: Facts, found: CarriedTotal) -> Made:
    """How a stock with units carried forward was made: what this period gave and the cells of the earlier one."""
    indicator, note = by_code()[found.indicator], label("carried_note")
    if not indicator.computed:
        now = facts.totals[found.indicator]
        own = (Link("addend", now.value, now.indicator, "total"),) if now.value is not None else ()
        return Made("sum_of", (*own, *(_carried(facts, part, "addend", 1) for part in found.parts)), note)
    sides = (("numerator", indicator.numerator), ("denominator", indicator.denominator))
    links = [link for role, terms in sides for term in terms for link in _side(facts, found, role, term)]
    return Made("share_of", tuple(links), note)


def _side(facts: Facts, found: CarriedTotal, role: str, term: Term) -> list[Link]:
    """One operand of a ratio: from the units of this period that gave every operand, then from those carried."""
    indicator = by_code()[found.indicator]
    parts = {part.code for part in (*indicator.numerator, *indicator.denominator)}
    own = [
        Link(role, figures[term.code], term.code, unit, sign=term.sign)
        for unit, figures in facts.given.items()
        if parts <= figures.keys()
    ]
    return own + [_carried(facts, part, role, term.sign) for part in found.parts if part.figure.indicator == term.code]


def _carried(facts: Facts, part: CarriedPart, role: str, sign: int) -> Link:
    item = part.figure
    return Link(role, item.value, item.indicator, item.unit, part.period, sign, owner=facts.c.authority)


def weight_share(share: Decimal) -> str:
    """``93,5``: to a tenth; what is short of the whole is never 100, what is there is never 0."""
    shown = share.quantize(_TENTH, ROUND_HALF_UP)
    if shown == _WHOLE and share < _WHOLE:
        shown -= _TENTH
    if shown == 0 and share > 0:
        shown = _TENTH
    return numerals.number(shown)
