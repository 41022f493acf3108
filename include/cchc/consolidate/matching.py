"""Like for like: figures of two periods over the units that gave them in both, restated onto the units of today."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from itertools import groupby
from typing import Any

from cchc.catalogue.comparisons import limit
from cchc.catalogue.periods import Period
from cchc.consolidate.past import PLACES, Past, rate, scale_of
from cchc.model.comparison import Matched, UnitChange
from cchc.store.sqlfiles import statement


def matched(past: Past, period: Period, base: Period, *, restated: bool) -> dict[str, Matched]:
    """By indicator; only what is carried from unit to unit: sums, ratios and satisfaction."""
    asked = {
        "authority": past.authority,
        "now": period.code,
        "before": base.code,
        "day": past.day,
        "as_of": past.as_of,
        "top": limit("shown_units"),
    }
    found = past.connection.execute(statement("marts/matched"), asked).all()
    return {code: _matched(code, list(rows), restated) for code, rows in groupby(found, key=lambda row: row.indicator)}


def _matched(code: str, rows: Sequence[Any], restated: bool) -> Matched:
    whole, units = rows[0], rows[1:]
    now, before = _figure(code, whole.now_top, whole.now_bottom), _figure(code, whole.before_top, whole.before_bottom)
    change = None if now is None or before is None else now - before
    shown = tuple(_unit(code, row, whole) for row in units) if change is not None else ()
    with localcontext(prec=200):
        rest = None if change is None else change - sum((unit.contribution for unit in shown), Decimal(0))
    return Matched(
        units=whole.units,
        left_out=whole.left_out,
        now=now,
        before=before,
        change=change,
        restated=restated,
        split=whole.split,
        shown=shown,
        rest=rest,
        rest_units=whole.units - len(shown),
    )


def _unit(code: str, row: Any, whole: Any) -> UnitChange:
    now, before = _figure(code, row.now_top, row.now_bottom), _figure(code, row.before_top, row.before_bottom)
    return UnitChange(row.unit_code, now, before, _contribution(code, row, whole), row.split)


def _contribution(code: str, row: Any, whole: Any) -> Decimal:
    """Exactly what the query ranks by: PostgreSQL keeps fewer digits of a quotient."""
    with localcontext(prec=200):
        if row.now_bottom is None:
            return Decimal(row.now_top - row.before_top)
        usual = whole.before_top / whole.before_bottom
        now = (row.now_top - usual * row.now_bottom) / whole.now_bottom
        before = (row.before_top - usual * row.before_bottom) / whole.before_bottom
        return Decimal(scale_of(code) * (now - before)).quantize(PLACES, ROUND_HALF_EVEN)


def _figure(code: str, top: Decimal, bottom: Decimal | None) -> Decimal | None:
    return top if bottom is None else rate(top, bottom, code)
