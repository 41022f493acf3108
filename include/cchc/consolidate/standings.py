"""What a report says beside its plain figures, each under a key of its own, and which of it two reports say otherwise.

Targets (distance, standing, place, counts), special rules, comparisons, series, punctuality, ratios of single units and
how many obligations stand where. A sheet that prints more is followed here by one function more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from decimal import Decimal

from cchc.catalogue.indicators import by_code
from cchc.consolidate import exact
from cchc.consolidate.changes import operands
from cchc.consolidate.status import counts
from cchc.model.changes import StandingMove
from cchc.model.comparison import Comparison
from cchc.model.consolidation import Consolidation, StatusCounts
from cchc.model.special import SpecialItem, SpecialRule
from cchc.model.target import TargetResult, TargetStanding

Key = tuple[str, str, str, str, str]
"""Kind, place, code, body, what: the fields of :class:`cchc.model.changes.StandingMove`."""
_OWN = ("value", "distance", "state")
"""What follows from a body's own cells alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands under a key: a figure, a word or both, and the codes of the figures that it is made from."""

    value: Decimal | None = None
    text: str = ""
    codes: frozenset[str] = frozenset()


def moves(before: Consolidation, after: Consolidation, moved: Mapping[str, Collection[str]]) -> Iterator[StandingMove]:
    """What is said otherwise, in the order of the report, each with the units whose cells it depends on.

    Args:
        before: The consolidation then.
        after: The consolidation now.
        moved: Codes of the cells that say otherwise, by unit.
    """
    old, new = dict(_readings(before, moved)), dict(_readings(after, moved))
    nothing = Reading()
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key, nothing), new.get(key, nothing)
        if (was.value, was.text) != (now.value, now.text):
            causes = _causes(key, was.codes | now.codes, moved)
            yield StandingMove(*key, was.value, now.value, was.text, now.text, causes)


def _causes(key: Key, codes: frozenset[str], moved: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    kind, _, _, body, what = key
    own = body in moved and (kind == "unit" or (kind == "target" and what in _OWN))
    return tuple(unit for unit, cells in moved.items() if codes & set(cells) and (not own or unit == body))


def _readings(c: Consolidation, units: Collection[str]) -> Iterator[tuple[Key, Reading]]:
    yield from _counts(c)
    yield from _units(c, units)
    for result in c.targets:
        if result.judged:
            yield from _target(c, result)
    for rule in c.special:
        yield from _rule(rule)
    for comparison in c.comparisons:
        yield from _comparison(comparison)
    for series in c.series:
        codes = _operands(series.indicator)
        for point in series.points:
            for what in ("as_reported", "restated", "reported", "expected"):
                key = ("series", point.period, series.indicator, "", what)
                yield key, Reading(_decimal(getattr(point, what)), "", codes)
    for told in c.timeliness:
        for what in ("on_time", "expected"):
            yield ("punctuality", told.period, "", "", what), Reading(_decimal(getattr(told, what)))


def _counts(c: Consolidation) -> Iterator[tuple[Key, Reading]]:
    """Obligations by what became of them, all and by kind of sender."""
    for kind in ("", *dict.fromkeys(row.kind for row in c.statuses)):
        tally = c.counts if not kind else counts([row for row in c.statuses if row.kind == kind])
        for field, number in zip(fields(StatusCounts), astuple(tally), strict=True):
            yield ("counts", "", "", kind, field.name), Reading(Decimal(number))


def _units(c: Consolidation, units: Collection[str]) -> Iterator[tuple[Key, Reading]]:
    """Ratios of the units whose cells moved, as the sheet by unit prints them."""
    wanted = [by_code()[total.indicator] for total in c.totals if by_code()[total.indicator].computed]
    codes = frozenset(code for item in wanted for code in exact.operands(item))
    cells = exact.by_unit((item for item in c.contributions if item.unit in units), codes)
    for unit in units:
        for item in wanted:
            figure = exact.figure(item, cells.get(unit))
            value = None if isinstance(figure, str) else exact.of_unit(item, figure)
            yield ("unit", "", item.code, unit, "value"), Reading(value, "", exact.operands(item))


def _target(c: Consolidation, result: TargetResult) -> Iterator[tuple[Key, Reading]]:
    target, codes = result.target, _operands(result.target.indicator)
    place = target.id or target.source
    bodies = (
        ("authority", result.authority),
        (result.tier, result.level),
        *((unit.body, unit) for unit in result.units),
    )
    for body, standing in bodies:
        if standing is not None:
            for what, reading in _standing(standing, codes):
                yield ("target", place, target.indicator, body, what), reading
    for what in ("met", "not_met", "no_data", "not_applicable", "expected") if result.units else ():
        number = Decimal(getattr(result.counts, what))
        yield ("target", place, target.indicator, "", what), Reading(number, "", codes)


def _standing(standing: TargetStanding, codes: frozenset[str]) -> Iterator[tuple[str, Reading]]:
    yield "value", Reading(standing.value, "", codes)
    yield "distance", Reading(standing.distance, "", codes)
    yield "state", Reading(None, f"{standing.state.value}:{standing.reason}", codes)
    yield "rank", Reading(_decimal(standing.rank), "", codes)


def _rule(rule: SpecialRule) -> Iterator[tuple[Key, Reading]]:
    every = frozenset(code for item in rule.items for code in _behind(item))
    yield ("rule", rule.id, "", "", "summary"), Reading(None, rule.summary, every)
    seen: Counter[tuple[str, str]] = Counter()
    for item in rule.items:
        seen[item.unit, item.subject] += 1
        place = "\t".join((rule.id, item.subject, str(seen[item.unit, item.subject])))
        codes, code = _behind(item), next((behind.code for behind in item.behind if behind.code), "")
        for what in ("value", "expected"):
            yield ("rule", place, code, item.unit, what), Reading(getattr(item, what), "", codes)
        for what in ("status", "reason"):
            yield ("rule", place, code, item.unit, what), Reading(None, getattr(item, what), codes)


def _comparison(told: Comparison) -> Iterator[tuple[Key, Reading]]:
    codes, place = _operands(told.indicator), told.against
    figures = {"now": told.now.value, "before": told.before.value, "change": told.change, "relative": told.relative}
    words = {"why": ";".join((str(told.comparable), *told.reasons, *told.notes, told.now.why, told.before.why))}
    if told.matched:
        for what in ("now", "before", "change", "rest", "units", "left_out", "rest_units"):
            figures[f"matched_{what}"] = _decimal(getattr(told.matched, what))
    for what, value in figures.items():
        yield ("comparison", place, told.indicator, "", what), Reading(value, "", codes)
    for what, text in words.items():
        yield ("comparison", place, told.indicator, "", what), Reading(None, text, codes)
    for unit in told.matched.shown if told.matched else ():
        for what in ("now", "before", "contribution"):
            yield ("comparison", place, told.indicator, unit.unit, what), Reading(getattr(unit, what), "", codes)


def _behind(item: SpecialItem) -> frozenset[str]:
    return frozenset(code for behind in item.behind if behind.code for code in _operands(behind.code))


def _operands(code: str) -> frozenset[str]:
    return operands(code) if code else frozenset()


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
