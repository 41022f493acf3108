"""Stocks of missing units from an earlier report, shown beside the totals and never in them (domain 2.6, rule 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

from sqlalchemy import Connection, Row

from cchc.catalogue.coverage import carried as can_be_carried
from cchc.catalogue.coverage import carry_periods
from cchc.catalogue.indicators import Term, by_code
from cchc.catalogue.periods import Period
from cchc.consolidate.coverage import needs
from cchc.model.consolidation import CarriedPart, CarriedTotal, Contribution, Total
from cchc.model.observation import ValueState
from cchc.store.sqlfiles import statement

_PLACES = Decimal("1e-10")


def carried(
    connection: Connection, authority: str, period: Period, as_of: datetime, totals: Sequence[Total]
) -> tuple[CarriedTotal, ...]:
    """The stocks in which a missing unit's last figure stands in, in the order of the totals."""
    short = [t.indicator for t in totals if t.reported < t.expected and can_be_carried(t.indicator)]
    asked = {"authority": authority, "period": period.code, "as_of": as_of, **needs(short)}
    found: dict[str, dict[str, list[CarriedPart]]] = defaultdict(dict)
    for past in carry_periods(period):
        mine: dict[tuple[str, str], list[CarriedPart]] = defaultdict(list)
        for row in connection.execute(statement("marts/carried"), {**asked, "past": past.code}):
            mine[row.total, row.unit_code].append(_part(row, past))
        for (code, unit), parts in mine.items():
            found[code].setdefault(unit, parts)  # the latest report speaks
    return tuple(_total(total, found[total.indicator]) for total in totals if total.indicator in found)


def _part(row: Row[Any], past: Period) -> CarriedPart:
    figure = Contribution(
        indicator=row.indicator,
        unit=row.unit_code,
        submission_id=row.submission_id,
        sheet=row.sheet,
        cell=row.cell,
        value=row.value,
        state=ValueState(row.state),
        raw=row.raw,
        read_as=row.read_as,
    )
    return CarriedPart(past.code, row.sha256, row.file_name, figure)


def _total(total: Total, by_unit: dict[str, list[CarriedPart]]) -> CarriedTotal:
    parts = tuple(part for unit in sorted(by_unit) for part in by_unit[unit])
    indicator = by_code()[total.indicator]
    if not indicator.computed:
        value = _added(total.value, (Term(1, total.indicator),), parts)
        return CarriedTotal(total.indicator, value, None, None, len(by_unit), parts)
    top = _added(total.numerator, indicator.numerator, parts)
    bottom = _added(total.denominator, indicator.denominator, parts)
    return CarriedTotal(total.indicator, _quotient(top, bottom), top, bottom, len(by_unit), parts)


def _added(base: Decimal | None, terms: Sequence[Term], parts: Sequence[CarriedPart]) -> Decimal:
    signs = {term.code: term.sign for term in terms}
    given = [part.figure for part in parts if part.figure.indicator in signs]
    with localcontext(prec=1000):
        return sum((signs[item.indicator] * (item.value or Decimal(0)) for item in given), base or Decimal(0))


def _quotient(top: Decimal, bottom: Decimal) -> Decimal | None:
    if bottom == 0:
        return None
    with localcontext(prec=80):
        return (100 * top / bottom).quantize(_PLACES, ROUND_HALF_EVEN)
