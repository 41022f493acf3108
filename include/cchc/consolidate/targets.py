"""Targets judged: each unit, each level and the authority beside the thresholds that bind them.

Sources: the clause that each target names; domain 2.2 (windows), 2.6 rule 2 (missing, zero, nothing arose).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from cchc.catalogue.indicators import Indicator, by_code
from cchc.catalogue.periods import Period
from cchc.catalogue.regimes import Target
from cchc.catalogue.shares import accrues, part_of_year
from cchc.consolidate import exact
from cchc.consolidate.exact import Cell
from cchc.model.consolidation import Consolidation, Total
from cchc.model.target import TargetCounts, TargetResult, TargetStanding, TargetState

TIER_OF_LEVEL = {"xã": "commune", "huyện": "district", "tỉnh": "authority", "sở": "department"}
"""Kind of sender that each level of government is; a level that is none binds nobody who reports here."""
OWN_TIERS = ("office", "authority")
"""Kinds of sender that speak for the authority itself."""
_WHOLE_YEAR = "Y"
_BEATS = {
    ">=": lambda value, threshold: value >= threshold,
    ">": lambda value, threshold: value > threshold,
    "<=": lambda value, threshold: value <= threshold,
    "<": lambda value, threshold: value < threshold,
}
_NOT_APPLICABLE = (exact.NOTHING_AROSE, "not_asked")


def judge(c: Consolidation, targets: Sequence[Target], level: str, period: Period) -> tuple[TargetResult, ...]:
    """How everybody stands against these targets.

    Args:
        c: The consolidation, its totals, statuses and contributions known.
        targets: In force on the period's last day, in the order of the instrument.
        level: Level of the authority: ``xã``, ``huyện`` or ``tỉnh``.
        period: The reporting period.
    """
    codes = {target.indicator for target in targets if _judged(target)}
    wanted = frozenset(code for item in codes for code in exact.operands(by_code()[item]))
    cells = exact.by_unit(c.contributions, wanted)
    totals = {total.indicator: total for total in c.totals}
    return tuple(_result(c, target, level, period, cells, totals.get(target.indicator)) for target in targets)


def rank(values: Iterable[tuple[str, Fraction]], *, highest_first: bool = True) -> dict[str, int]:
    """Places by body: equal figures share the better place and the next one is skipped (1, 2, 2, 4)."""
    ordered = sorted(values, key=lambda item: item[1], reverse=highest_first)
    found: dict[str, int] = {}
    for _, group in groupby(ordered, key=lambda item: item[1]):
        bodies = [body for body, _ in group]
        place = len(found) + 1
        found.update(dict.fromkeys(bodies, place))
    return found


def _judged(target: Target) -> bool:
    return target.kind == "quantitative" and bool(target.indicator) and not target.displaced_by


def _result(
    c: Consolidation,
    target: Target,
    level: str,
    period: Period,
    cells: Mapping[str, dict[str, Cell]],
    total: Total | None,
) -> TargetResult:
    if not _judged(target):
        return TargetResult(target, judged=False)
    bench = _Bench(target, by_code()[target.indicator], period)
    tier = TIER_OF_LEVEL.get(target.level, "")
    asked = total is not None and tier in total.tiers
    bound = [] if level == target.level else [s.unit for s in c.statuses if s.kind == tier and s.state != "exempt"]
    own = {unit: exact.figure(bench.indicator, cells.get(unit)) if asked else "not_asked" for unit in bound}
    standings = tuple(bench.standing(unit, value) for unit, value in own.items())
    return TargetResult(
        target,
        judged=True,
        authority=bench.of_authority(c.authority, total, binds=level == target.level),
        tier=tier if bound else "",
        level=bench.of_tier(tier, total, [cells[unit] for unit in own if unit in cells]) if bound else None,
        units=_ranked(standings, own, target),
        counts=_counts(standings),
        binds_authority=level == target.level,
    )


@dataclass(frozen=True)
class _Bench:
    """One threshold, ready to hold figures against."""

    target: Target
    indicator: Indicator
    period: Period

    def standing(
        self, body: str, figure: Fraction | str, stored: Decimal | None = None, *, binds: bool = True
    ) -> TargetStanding:
        """A body with this figure, or with this reason for having none, beside the threshold."""
        if isinstance(figure, str):
            state = TargetState.NOT_APPLICABLE if figure in _NOT_APPLICABLE else TargetState.NO_DATA
            return TargetStanding(body, state, figure)
        value = exact.of_unit(self.indicator, figure) if stored is None else stored
        postponed = self._postponed
        if postponed:
            return TargetStanding(body, TargetState.NOT_APPLICABLE, postponed, value)
        distance = exact.distance(figure, self.target.value)
        if not binds:
            return TargetStanding(body, TargetState.ORIENTATION, "other_level", value, distance)
        if _BEATS[self.target.op](figure, Fraction(self.target.value)):
            return TargetStanding(body, TargetState.MET, "", value, distance)
        early = accrues(self.indicator) and self.period.kind != _WHOLE_YEAR
        return TargetStanding(body, TargetState.NOT_MET, "year_running" if early else "", value, distance)

    def of_tier(self, tier: str, total: Total | None, units: Sequence[Mapping[str, Cell]]) -> TargetStanding:
        """All units of a kind together: parts added first, never shares averaged."""
        stored = total.tiers.get(tier) if total else None
        pairs = [parts for cells in units if (parts := exact.parts_of(self.indicator, cells))]
        if stored is not None:
            sums = tuple(sum(side, Fraction(0)) for side in zip(*pairs, strict=True)) if pairs else ()
            together = exact.quotient((sums[0], sums[1])) if sums else exact.NO_FIGURE
            return self.standing(tier, exact.agreeing(together, stored), stored)
        if total is None or tier not in total.tiers:
            return self.standing(tier, "not_asked")
        return self.standing(tier, exact.NOTHING_AROSE if pairs else exact.NO_FIGURE)

    def of_authority(self, body: str, total: Total | None, *, binds: bool) -> TargetStanding:
        """The authority itself: a district by what its own offices did, others by the whole of their report."""
        if total is None:
            return self.standing(body, "not_asked", binds=binds)
        own = next((tier for tier in OWN_TIERS if tier in total.tiers), "")
        if binds and self.target.level == "huyện" and own and len(total.tiers) > 1:
            return replace(self.of_tier(own, total, ()), body=body)
        figure = exact.of_total(total)
        if figure is not None:
            return self.standing(body, figure, total.value, binds=binds)
        return self.standing(body, exact.NOTHING_AROSE if total.denominator == 0 else exact.NO_FIGURE, binds=binds)

    @property
    def _postponed(self) -> str:
        """Why a figure of this period is not yet held against the threshold; empty where it is."""
        if part_of_year(self.indicator, self.period.basis):
            return "part_of_year"
        if self.target.judged_in and self.period.kind not in self.target.judged_in:
            return "year_end"
        return ""


def _ranked(
    standings: Sequence[TargetStanding], own: Mapping[str, Fraction | str], target: Target
) -> tuple[TargetStanding, ...]:
    judged = (TargetState.MET, TargetState.NOT_MET)
    values = [(s.body, v) for s in standings if s.state in judged and isinstance(v := own[s.body], Fraction)]
    places = rank(values, highest_first=target.op.startswith(">"))
    return tuple(replace(standing, rank=places.get(standing.body)) for standing in standings)


def _counts(standings: Sequence[TargetStanding]) -> TargetCounts:
    states = [standing.state for standing in standings]
    keys = (TargetState.MET, TargetState.NOT_MET, TargetState.NO_DATA, TargetState.NOT_APPLICABLE)
    return TargetCounts(*(states.count(key) for key in keys))
