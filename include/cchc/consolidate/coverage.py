"""How much of the whole stands behind each total, by weight.

A unit weighs its share of the last known value of the indicator, or of a measure of size; see
:mod:`cchc.catalogue.coverage`. Where too few weights are known, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Any

from sqlalchemy import Connection, Row

from cchc.catalogue.coverage import Weighing, parts_needed, setting, weighings, weight_periods
from cchc.catalogue.indicators import Term
from cchc.catalogue.periods import Period
from cchc.model.consolidation import Total, Weight
from cchc.store.sqlfiles import statement

_HUNDRED = Decimal(100)
_PLACES = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class _Ask:
    """A question to the warehouse: for whom, when, by which earlier report."""

    connection: Connection
    authority: str
    period: Period
    as_of: datetime
    past: Period


def coverage(
    connection: Connection, authority: str, period: Period, as_of: datetime, totals: Sequence[Total]
) -> tuple[Weight, ...]:
    """One weight per total, in their order."""
    found = {total.indicator: Weight(total.indicator, _HUNDRED) for total in totals if _full(total)}
    open_ = [total.indicator for total in totals if total.indicator not in found and total.reported]
    found.update({total.indicator: Weight(total.indicator, Decimal(0)) for total in totals if _empty(total)})
    asks = [_Ask(connection, authority, period, as_of, past) for past in _known(connection, period, as_of)]
    for by_size in (False, True):
        for ask in asks:
            left = [weighings()[code] for code in open_ if code not in found]
            found.update(_weights(ask, left, by_size=by_size))
    return tuple(found.get(total.indicator, Weight(total.indicator, None)) for total in totals)


def needs(codes: Iterable[str]) -> dict[str, list[str]]:
    """What puts a unit into each of these totals, as arrays for SQL."""
    pairs = [(code, part) for code in codes for part in parts_needed(code)]
    return {"need_codes": [code for code, _ in pairs], "need_operands": [part for _, part in pairs]}


def _full(total: Total) -> bool:
    return total.reported == total.expected > 0


def _empty(total: Total) -> bool:
    return total.expected > 0 and not total.reported and total.value is None


def _known(connection: Connection, period: Period, as_of: datetime) -> list[Period]:
    """Earlier reports of which anything was accepted by then, the latest first."""
    before = {past.code: past for past in weight_periods(period)}
    asked = {"periods": list(before), "as_of": as_of}
    return [before[code] for code in connection.scalars(statement("marts/known_periods"), asked)]


def _weights(ask: _Ask, wanted: Sequence[Weighing], *, by_size: bool) -> dict[str, Weight]:
    """Weights of those indicators for which that report knows enough of them."""
    operands = {item.code: _size(item) if by_size else item.history for item in wanted}
    terms = {code: found for code, found in operands.items() if found}
    if not terms:
        return {}
    pairs = [(code, term) for code, found in terms.items() for term in found]
    asked: dict[str, Any] = {
        "authority": ask.authority,
        "period": ask.period.code,
        "as_of": ask.as_of,
        "past": ask.past.code,
        **needs(terms),
        "codes": [code for code, _ in pairs],
        "operands": [term.code for _, term in pairs],
        "signs": [term.sign for _, term in pairs],
    }
    rows = ask.connection.execute(statement("marts/coverage"), asked)
    measures = {code: _expression(found) for code, found in terms.items()}
    return {row.code: _weight(row, measures[row.code], ask.past.code) for row in rows if _enough(row)}


def _expression(terms: Sequence[Term]) -> str:
    return "".join(f"{'-' if term.sign < 0 else '+'}{term.code}" for term in terms).removeprefix("+")


def _size(item: Weighing) -> tuple[Term, ...]:
    return (Term(1, item.measure),) if item.measure else ()


def _enough(row: Row[Any]) -> bool:
    """Whether so many weights are known that a share of them speaks for the whole."""
    known = 100 * row.weighed >= setting("weight_units_min") * row.expected
    return bool(known and row.whole > 0 and row.least >= 0)


def _weight(row: Row[Any], measure: str, past: str) -> Weight:
    with localcontext(prec=80):
        share = (_HUNDRED * row.told / row.whole).quantize(_PLACES)
    return Weight(row.code, share, measure, past, row.told, row.whole, row.expected - row.weighed)
