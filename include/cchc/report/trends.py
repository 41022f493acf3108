"""What the charts show: percentages over periods, reports on time, distances to targets, and whence each comes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.tables import rows
from cchc.model.comparison import Point, Timeliness
from cchc.model.target import TargetResult, TargetStanding
from cchc.report.facts import PERCENT, Facts
from cchc.report.figures import Link, Made
from cchc.report.targets import authority_scope
from cchc.report.texts import label

_PLACES = Decimal("1e-10")
_AMPLE = Context(prec=100, rounding=ROUND_HALF_EVEN)
_FEWEST = 2
"""Periods that make a line."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A percentage over time.

    Attributes:
        code: Indicator.
        points: One per period of :func:`shown_periods`, the oldest first.
        restated: True where a restated figure differs from the reported one: then it is shown beside it.
    """

    code: str
    points: tuple[Point, ...]
    restated: bool


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the authority is from a target, in percentage points; ``scope`` is the figure's."""

    result: TargetResult
    standing: TargetStanding
    scope: str


def shown_periods(facts: Facts) -> tuple[str, ...]:
    """Codes of the periods that charts span, the oldest first; none where there is but one."""
    told = {point.period for series in facts.c.series for point in series.points}
    found = sorted(told | {one.period for one in facts.c.timeliness}, key=lambda code: periods.parse(code).window_to)
    return tuple(found) if len(found) >= _FEWEST else ()


def trends(facts: Facts) -> list[Trend]:
    """The percentages that are drawn, of those known for two periods or more."""
    series = {one.indicator: one for one in facts.c.series}
    wanted = [row["indicator"] for row in rows("report_charts") if row["chart"] == "trend"]
    span = shown_periods(facts)
    found = []
    for code in wanted:
        known = {point.period: point for point in series[code].points} if code in series else {}
        points = tuple(known.get(period, Point(period, None, None, 0, 0)) for period in span)
        if sum(point.as_reported is not None or point.restated is not None for point in points) >= _FEWEST:
            found.append(Trend(code, points, any(map(_moved, points))))
    return found


def punctuality(facts: Facts) -> tuple[Timeliness, ...]:
    """Reports on time by period; none where there is but one period that anybody owed."""
    owed = tuple(one for one in facts.c.timeliness if one.expected)
    return owed if len(owed) >= _FEWEST else ()


def share_on_time(told: Timeliness) -> Decimal:
    """In percent, to 10 decimals."""
    return _AMPLE.divide(100 * Decimal(told.on_time), Decimal(told.expected)).quantize(_PLACES)


def distances(facts: Facts) -> list[Distance]:
    """Every target that is a percentage and has a figure: the authority's own, else that of the level it binds."""
    found = []
    for result in facts.c.targets:
        if not result.judged or by_code()[result.target.indicator].uom != PERCENT:
            continue
        own = (result.authority, authority_scope(facts, result))
        for standing, scope in (own, (result.level, result.tier)):
            if standing is not None and standing.distance is not None:
                found.append(Distance(result, standing, scope))
                break
    return found


def point_made(facts: Facts, code: str, point: Point) -> Made:
    """A figure of an earlier period walks back to its cells where they are at hand, else to the period's reports."""
    owner, words = facts.c.authority, periods.parse(point.period).label
    if any((found.authority, found.period) == (owner, point.period) for found in facts.c.earlier):
        return Made("sum_of", (Link("addend", point.as_reported, code, "total", point.period, owner=owner),))
    told = label("chart_source_period", period=words, reported=point.reported, expected=point.expected)
    return Made("datum", (Link("datum", point.as_reported, source=told),))


def counted_made(told: Timeliness, what: str) -> Made:
    """A number of reports (``on_time``, ``expected``), from the register of submissions."""
    return Made("datum", (_counted(told, what, "datum"),))


def share_made(told: Timeliness) -> Made:
    """The share of reports on time."""
    return Made("share_of", (_counted(told, "on_time", "numerator"), _counted(told, "expected", "denominator")))


def _counted(told: Timeliness, what: str, role: str) -> Link:
    words = label(f"chart_source_{what}", period=periods.parse(told.period).label)
    return Link(role, Decimal(getattr(told, what)), source=words)


def _moved(point: Point) -> bool:
    return point.restated is not None and point.restated != point.as_reported
