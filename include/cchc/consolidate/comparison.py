"""Figures beside those of the preceding report, of last year and of the year so far: what changed, and who moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from cchc.catalogue import lineage, periods
from cchc.catalogue.comparisons import limit
from cchc.catalogue.indicators import Indicator, by_code
from cchc.catalogue.key_figures import behind_series
from cchc.catalogue.periods import Period
from cchc.consolidate.matching import matched
from cchc.consolidate.past import Past, rate
from cchc.consolidate.year_to_date import year_to_date
from cchc.model.comparison import Comparison, Matched, Point, Series, Share, Side, Timeliness
from cchc.model.consolidation import Earlier, Total
from cchc.store.sqlfiles import statement

_SHARED = ("shared", "distinct")
_FLAGS = ("count_yes", "distribution")
_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Compared:
    """All that a report says of time."""

    comparisons: tuple[Comparison, ...] = ()
    shares: tuple[Share, ...] = ()
    series: tuple[Series, ...] = ()
    timeliness: tuple[Timeliness, ...] = ()
    earlier: tuple[Earlier, ...] = ()


def compare(past: Past, period: Period, own: Sequence[Total]) -> Compared:
    """Comparisons of a report whose totals are known; nothing at all where nobody ever reported before."""
    past.know(past.authority, period, own)
    history = [*periods.history(period), period][-limit("series_periods") :]
    bases = tuple(dict.fromkeys((periods.previous(period), _last_year(period))))
    wanted = sorted({p.code for p in (*history, *bases, periods.previous(_last_year(period)))} - {period.code})
    asked = {"periods": wanted, "as_of": past.as_of}
    received = set(past.connection.scalars(statement("marts/periods_received"), asked))
    if not received:
        return Compared()
    found, shares, former = _against(past, period, own, [base for base in bases if base.code in received])
    if period.basis == "period":
        found += tuple(_year(past, period, total.indicator) for total in own)
    kept = [p for p in history if p.code in received or p == period]
    series = _series(past, kept, own)
    before = [p for p in kept if p != period]
    behind = past.behind_series(before, [one.period for one in former], behind_series())
    told = {share.period for share in shares}
    shares += tuple(share for p in before if p.code not in told for share in past.shares(p))
    cells = past.earlier(period) + former + behind
    return Compared(found, shares, series, _timeliness(past, kept), cells)


def _against(
    past: Past, period: Period, own: Sequence[Total], bases: Sequence[Period]
) -> tuple[tuple[Comparison, ...], tuple[Share, ...], tuple[Earlier, ...]]:
    found: list[Comparison] = []
    shares: list[Share] = []
    former: list[Earlier] = []
    for base in bases:
        moved = past.shares(base)
        alike = matched(past, period, base, restated=bool(moved))
        names = {"previous": periods.previous(period), "same_period": _last_year(period)}
        for name in (key for key, other in names.items() if other == base):
            found += [_comparison(past, name, period, base, total, alike.get(total.indicator)) for total in own]
        if moved:
            shares += moved
            former.append(past.former_cells(base))
    return tuple(found), tuple(shares), tuple(former)


def _comparison(
    past: Past, against: str, period: Period, base: Period, total: Total, alike: Matched | None
) -> Comparison:
    now = Side(
        period.code, total.value, total.reported, total.expected, why="" if total.value is not None else "no_now"
    )
    return judged(against, total.indicator, now, past.side(base, total.indicator), (period, base), alike)


def _year(past: Past, period: Period, code: str) -> Comparison:
    last = _last_year(period)
    now, before = year_to_date(past, period, code), year_to_date(past, last, code)
    return judged("year_to_date", code, now, before, (period, last), None)


def judged(
    against: str, code: str, now: Side, before: Side, windows: tuple[Period, Period], alike: Matched | None
) -> Comparison:
    """Two figures set side by side, and whether they may be."""
    indicator = by_code()[code]
    change = relative = None
    if now.value is not None and before.value is not None and indicator.rollup not in (*_SHARED, *_FLAGS, "none"):
        with localcontext(prec=200):
            change = now.value - before.value
            if indicator.uom != _PERCENT and before.value:
                relative = (100 * change / before.value).quantize(Decimal("1e-10"))
    reasons = tuple(_reasons(indicator, now, before, windows, yearly=against == "year_to_date"))
    if "coverage" not in reasons and change is not None and _of_other_units(indicator, alike):
        reasons += ("units",)
    notes = tuple(key for key in ("restated", "split") if alike is not None and getattr(alike, key))
    if not reasons and indicator.rollup == "sum" and alike is not None and alike.left_out:
        notes += ("few_units",)
    return Comparison(code, against, now, before, change, relative, not reasons, reasons, notes, alike)


def _reasons(
    indicator: Indicator, now: Side, before: Side, windows: tuple[Period, Period], *, yearly: bool
) -> list[str]:
    kinds = {"shared": _SHARED, "flag": _FLAGS, "not_added": ("none",)}
    found = [key for key, rollups in kinds.items() if indicator.rollup in rollups]
    if found:
        return found
    if now.value is None or before.value is None:
        return [now.why if now.value is None else before.why]
    if not yearly and windows[0].kind != windows[1].kind and _lives_in_window(indicator):
        found.append("window")
    if indicator.time == "flow" and any(lineage.broken(window.code) for window in windows):
        found.append("broken")
    if _coverage(now) is not None and _coverage(before) is not None:
        apart = abs((_coverage(now) or Decimal(0)) - (_coverage(before) or Decimal(0)))
        found += ["coverage"] if apart > limit("coverage_points") else []
    return found


def _of_other_units(indicator: Indicator, alike: Matched | None) -> bool:
    """True for a sum that too many units are in once only: it moves by who reported, not by what they did."""
    if indicator.rollup != "sum" or alike is None:
        return False
    return Decimal(100 * alike.left_out) / (alike.units + alike.left_out) > limit("coverage_points")


def _lives_in_window(indicator: Indicator) -> bool:
    """True for what grows with the window: flows, and shares of what was done in it of all there is to do."""
    if not indicator.computed:
        return indicator.time in ("flow", "opening") and indicator.rollup != "weighted"
    done = any(by_code()[term.code].time == "flow" for term in indicator.numerator)
    return done and all(by_code()[term.code].time == "stock" for term in indicator.denominator)


def _coverage(side: Side) -> Decimal | None:
    return Decimal(100 * side.reported) / side.expected if side.expected else None


def _last_year(period: Period) -> Period:
    return periods.parse(f"{period.year - 1}-{period.kind}")


def _series(past: Past, kept: Sequence[Period], own: Sequence[Total]) -> tuple[Series, ...]:
    codes = [period.code for period in kept]
    asked = {"authority": past.authority, "periods": codes, "day": past.day, "as_of": past.as_of}
    restated: dict[tuple[str, str], Decimal | None] = {}
    for row in past.connection.execute(statement("marts/trend"), asked):
        ratio = row.value is None
        value = rate(row.numerator, row.denominator, row.indicator) if ratio else row.value
        restated[row.period_code, row.indicator] = value
    return tuple(
        Series(total.indicator, tuple(_point(past, period, total.indicator, restated) for period in kept))
        for total in own
    )


def _point(past: Past, period: Period, code: str, restated: dict[tuple[str, str], Decimal | None]) -> Point:
    then = past.totals(past.authority, period).get(code)
    counts = (then.reported, then.expected) if then else (0, 0)
    return Point(period.code, then.value if then else None, restated.get((period.code, code)), *counts)


def _timeliness(past: Past, kept: Sequence[Period]) -> tuple[Timeliness, ...]:
    asked = {"authority": past.authority, "periods": [p.code for p in kept], "as_of": past.as_of}
    found = {row.period: row for row in past.connection.execute(statement("marts/timeliness"), asked)}
    return tuple(Timeliness(p.code, found[p.code].on_time, found[p.code].expected) for p in kept if p.code in found)
