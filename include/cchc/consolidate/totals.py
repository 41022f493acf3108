"""Totals by the aggregation of each indicator. Sums come from SQL; here they become figures.

Sources: domain 2.6, data README (rollup). All arithmetic is decimal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cache
from typing import Any

from sqlalchemy import Connection

from cchc.catalogue import forms
from cchc.catalogue.indicators import ANSWER, Indicator, all_indicators, answer_labels, companions, counted_in_full
from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows
from cchc.model.consolidation import Total
from cchc.store.sqlfiles import statement

WEIGHT = "1.4.1b"
"""Valid ballots: the weight of satisfaction ratios (data README, weighted)."""
_TIERS = tuple(reversed(forms.TIERS))
_WHOLE_FORMS = ("commune", "department", "authority")
_PLACES = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class _Sums:
    """What SQL added up for one indicator in one tier, or over all of them."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    yes: int = 0
    reported: int = 0
    most_common: Decimal | None = None
    own: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A value, or the words that stand in its place."""

    value: Decimal | None
    text: str = ""


@dataclass(slots=True)
class _Material:
    """Everything the totals of one period are made from."""

    kind: str
    sums: dict[tuple[str, str | None], _Sums] = field(default_factory=dict)
    asked: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    answers: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    in_full: dict[tuple[str, str | None], tuple[int, int]] = field(default_factory=dict)
    taken: dict[str, _Figure] = field(default_factory=dict)

    def of(self, code: str, tier: str | None = None) -> _Sums:
        """Sums of an indicator; empty sums where nobody reported it."""
        return self.sums.get((code, tier), _Sums())

    def told(self, indicator: Indicator) -> _Sums:
        """Sums of an indicator over all tiers; ``reported`` counts the units whose figure is in the total."""
        if self.taken_over(indicator):
            return _Sums(reported=int(self.taken.get(indicator.code, _Figure(None)).value is not None))
        sums = self.of(indicator.code)
        if indicator.code in counted_in_full():
            return replace(sums, reported=self.in_full.get((indicator.code, None), (0, 0))[1])
        return sums

    def taken_over(self, indicator: Indicator) -> bool:
        """True where only the authority's own offices are asked: the figure of the one in charge is the authority's."""
        return set(self.asked[indicator.code]) == {forms.OFFICE} and not indicator.computed

    def expected(self, code: str) -> int:
        """Units asked for an indicator."""
        return sum(self.asked[code].values()) if code in self.asked else 0


def totals(connection: Connection, authority: str, period: Period, as_of: datetime) -> tuple[Total, ...]:
    """One total per indicator that any form of the period asks for, in catalogue order; ``previous`` left None."""
    material = _gather(connection, authority, period, as_of)
    return tuple(_total(material, indicator) for indicator in all_indicators() if indicator.code in material.asked)


def _gather(connection: Connection, authority: str, period: Period, as_of: datetime) -> _Material:
    asked = {"authority": authority, "period": period.code}
    material = _Material(period.kind)
    for row in connection.execute(statement("marts/totals"), {**asked, "as_of": as_of, **_sent()}):
        facts = row._asdict()
        place = (facts.pop("code"), facts.pop("tier"))
        material.sums[place] = _Sums(**facts)
    for row in connection.execute(statement("marts/asked"), asked):
        material.asked[row.code][row.tier] = row.expected
    for row in connection.execute(statement("marts/answers"), {**asked, "as_of": as_of, **_sent_answers()}):
        material.answers[row.code].append((row.answer, row.units))
    for row in connection.execute(statement("marts/taken_over"), {**asked, "as_of": as_of}):
        words = "" if row.value is not None else _words("nothing_arose")
        material.taken[row.code] = _Figure(row.value, words)
    for part, whole in counted_in_full().items():
        pair = {**asked, "as_of": as_of, "part": part, "whole": whole}
        for row in connection.execute(statement("marts/units_in_full"), pair):
            if row.told:
                material.in_full[part, row.tier] = row.in_full, row.told
    return material


@cache
def _sent() -> dict[str, list[str]]:
    """Companions of totals as arrays for SQL."""
    found = companions()
    return {"of": [c.of for c in found], "roles": [c.role for c in found], "codes": [c.code for c in found]}


@cache
def _sent_answers() -> dict[str, list[Any]]:
    """Companions that count an answer, as arrays for SQL."""
    found = [c for c in companions() if c.role.startswith(ANSWER)]
    answers = [int(c.role.removeprefix(ANSWER)) for c in found]
    return {"of": [c.of for c in found], "answers": answers, "codes": [c.code for c in found]}


def _total(material: _Material, indicator: Indicator) -> Total:
    code = indicator.code
    whole = material.told(indicator)
    figure = _figure(material, indicator, whole)
    if figure.value is None and not figure.text and not whole.reported:
        figure = _Figure(None, _words("no_unit"))
    return Total(
        indicator=code,
        value=figure.value,
        text=figure.text,
        numerator=whole.numerator,
        denominator=whole.denominator,
        tiers={
            tier: _figure(material, indicator, material.of(code, tier), tier).value
            for tier in _TIERS
            if tier in material.asked[code]
        },
        reported=whole.reported,
        expected=material.expected(code),
    )


def _reached(material: _Material, code: str, tier: str | None) -> _Figure:
    """How many units reached the whole: a number of units, not of what the indicator counts."""
    reached = material.in_full.get((code, tier))
    return _Figure(None) if reached is None else _Figure(Decimal(reached[0]), _in_full_words()[code])


def _figure(material: _Material, indicator: Indicator, sums: _Sums, tier: str | None = None) -> _Figure:
    if material.taken_over(indicator):
        return material.taken.get(indicator.code, _Figure(None))
    if indicator.code in counted_in_full():
        return _reached(material, indicator.code, tier)
    return _METHODS[indicator.rollup](material, indicator, sums)


def _sum(_material: _Material, _indicator: Indicator, sums: _Sums) -> _Figure:
    return _Figure(sums.value)


def _own(material: _Material, indicator: Indicator, sums: _Sums) -> _Figure:
    return _ratio(material, indicator, sums) if indicator.computed else _Figure(sums.value)


def _ratio(material: _Material, indicator: Indicator, sums: _Sums) -> _Figure:
    if _parts_apart(indicator, material.kind):
        return _ratio_of_totals(material, indicator)
    return _quotient(sums.numerator, sums.denominator, Decimal(100), sums.reported)


def _weighted(_material: _Material, _indicator: Indicator, sums: _Sums) -> _Figure:
    return _quotient(sums.numerator, sums.denominator, Decimal(1), sums.reported)


def _count_yes(_material: _Material, _indicator: Indicator, sums: _Sums) -> _Figure:
    return _Figure(Decimal(sums.yes) if sums.reported else None)


def _shared(_material: _Material, _indicator: Indicator, sums: _Sums) -> _Figure:
    if sums.own is not None:
        return _Figure(sums.own)
    # The same catalogue for all: the value most units gave; who differs is warned, nothing is added.
    return _Figure(sums.most_common, _words("shared_differs") if sums.reported > 1 else "")


def _distinct(_material: _Material, _indicator: Indicator, _sums: _Sums) -> _Figure:
    return _Figure(None, _words("needs_codes"))


def _none(material: _Material, indicator: Indicator, sums: _Sums) -> _Figure:
    if set(material.asked[indicator.code]) == {"authority"}:
        return _own(material, indicator, sums)  # nothing to add: the authority's own score
    return _Figure(None, _words("not_added"))


def _distribution(material: _Material, indicator: Indicator, _sums: _Sums) -> _Figure:
    labels = answer_labels(indicator.name)
    given = [
        _words("answer").format(label=labels.get(answer, str(answer)), units=units)
        for answer, units in material.answers.get(indicator.code, ())
    ]
    return _Figure(None, "; ".join(given))


_METHODS: dict[str, Callable[[_Material, Indicator, _Sums], _Figure]] = {
    "sum": _sum,
    "own": _own,
    "ratio": _ratio,
    "weighted": _weighted,
    "count_yes": _count_yes,
    "shared": _shared,
    "distinct": _distinct,
    "none": _none,
    "distribution": _distribution,
}


def _quotient(numerator: Decimal | None, denominator: Decimal | None, scale: Decimal, reported: int) -> _Figure:
    if numerator is None or denominator is None or not reported:
        return _Figure(None)
    if denominator == 0:
        return _Figure(None, _words("nothing_arose"))
    with localcontext(prec=80):  # whatever the warehouse holds fits
        return _Figure((scale * numerator / denominator).quantize(_PLACES, ROUND_HALF_EVEN))


def _parts_apart(indicator: Indicator, kind: str) -> bool:
    """True where no one form holds all parts of the ratio, so that it is made from the authority's totals."""
    parts = {term.code for term in (*indicator.numerator, *indicator.denominator)}
    return not any(parts <= forms.form(form_id, kind).codes for form_id in _WHOLE_FORMS)


def _ratio_of_totals(material: _Material, indicator: Indicator) -> _Figure:
    # A part that some units left out would pass for a reduction: say that it is incomplete instead.
    for term in (*indicator.numerator, *indicator.denominator):
        reported, expected = material.of(term.code).reported, material.expected(term.code)
        if reported < expected:
            return _Figure(None, _words("incomplete_parts").format(reported=reported, expected=expected))
    sides = [
        sum((term.sign * (material.of(term.code).value or Decimal(0)) for term in part), Decimal(0))
        for part in (indicator.numerator, indicator.denominator)
    ]
    return _quotient(sides[0], sides[1], Decimal(100), 1)


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("total_texts")}


@cache
def _in_full_words() -> dict[str, str]:
    return {row["code"]: row["text"] for row in rows("units_in_full")}


def _words(key: str) -> str:
    return _texts()[key]


def value_by_code(found: tuple[Total, ...]) -> dict[str, Any]:
    """Values by code, for the column of the preceding period."""
    return {total.indicator: total.value for total in found}
