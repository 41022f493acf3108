"""Extracts for single units. Nothing of another unit goes into them but medians of enough others, and counts."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from cchc.catalogue import forms, lineage, periods, units
from cchc.catalogue.indicators import Indicator, by_code, companion_codes
from cchc.catalogue.periods import Period
from cchc.catalogue.shares import comparable
from cchc.consolidate import exact
from cchc.consolidate.exact import Cell
from cchc.model.consolidation import Consolidation, Contribution, Earlier, UnitFinding, UnitStatus
from cchc.model.extract import Beside, ExtractLine, UnitExtract
from cchc.model.observation import ValueState
from cchc.model.target import TargetResult, TargetStanding

FEWEST = 3
"""Other units that a median needs, so that nobody reads one unit's figure out of it."""
_NOT_COMPARED = ("flag",)
_SHARED = "shared"


def extracts(c: Consolidation, last_year: Earlier, codes: Sequence[str]) -> Iterator[UnitExtract]:
    """Extracts of these units of a consolidation.

    Args:
        c: The consolidation of all units.
        last_year: The same report a year before, as of the same moment; without files where there was none.
        codes: Unit codes among those that owe the authority a report.
    """
    city = _City(c, periods.parse(c.period), last_year)
    for code in codes:
        yield city.extract(code)


@dataclass(frozen=True)
class _City:
    """All units' figures, read once."""

    c: Consolidation
    period: Period
    last_year: Earlier

    def extract(self, code: str) -> UnitExtract:
        """One unit's page."""
        status, kind = self._statuses[code], self.kinds[code]
        whole = self._cut(code)
        return UnitExtract(
            whole=whole,
            unit=status,
            kind=kind,
            peers=self._owing[kind] - (status.state != "exempt"),
            lines=tuple(self._line(code, item, whole.findings) for item in self.asked(code)),
            findings=whole.findings,
        )

    @cached_property
    def _statuses(self) -> dict[str, UnitStatus]:
        return {row.unit: row for row in self.c.statuses}

    @cached_property
    def _owing(self) -> Counter[str]:
        """Units of each kind that owe a report."""
        return Counter(self.kinds[row.unit] for row in self.c.statuses if row.state != "exempt")

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Kind of each unit: a xã is compared with xã, a phường with phường."""
        day = self.period.window_to
        found = {row.unit: units.find(row.unit, day) for row in self.c.statuses}
        return {row.unit: owner.kind if (owner := found[row.unit]) else row.kind for row in self.c.statuses}

    @cached_property
    def cells(self) -> dict[str, dict[str, Cell]]:
        """Cells of this period by unit and code."""
        return exact.by_unit(self.c.contributions, frozenset(by_code()))

    @cached_property
    def medians(self) -> dict[tuple[str, str], list[Fraction]]:
        """Sorted figures by kind of unit and code."""
        found: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
        for row in self.c.statuses:
            for item in self.asked(row.unit):
                value = exact.figure(item, self.cells.get(row.unit))
                if isinstance(value, Fraction):
                    found[self.kinds[row.unit], item.code].append(value)
        return {key: sorted(values) for key, values in found.items()}

    @cached_property
    def before(self) -> Earlier:
        """The preceding report; without files where there was none."""
        wanted = periods.previous(self.period).code
        mine = (other for other in self.c.earlier if (other.authority, other.period) == (self.c.authority, wanted))
        return next(mine, Earlier(self.c.authority, wanted, (), ()))

    @cached_property
    def bound(self) -> dict[tuple[str, str], tuple[TargetResult, TargetStanding]]:
        """Thresholds that bind single units, by unit and code; the first clause of the instrument goes first."""
        pairs = ((result, unit) for result in reversed(self.c.targets) for unit in result.units)
        return {(unit.body, result.target.indicator): (result, unit) for result, unit in pairs}

    def asked(self, code: str) -> list[Indicator]:
        """Indicators that the unit's form of this period asks about, without what is only sent on beside them."""
        unit = units.find(code, self.period.window_to)
        form = forms.form(unit.form if unit else self._statuses[code].kind, self.period.kind)
        return [row.indicator for row in form.rows if row.indicator.code not in companion_codes()]

    def _line(self, code: str, item: Indicator, findings: Sequence[UnitFinding]) -> ExtractLine:
        own = exact.figure(item, self.cells.get(code))
        return ExtractLine(
            indicator=item.code,
            own=_beside(item, own),
            median=self._median(code, item, own),
            previous=self._past(code, item, self.before),
            last_year=self._past(code, item, self.last_year),
            target=self.bound.get((code, item.code)),
            warnings=tuple(found.message for found in findings if found.indicator == item.code),
        )

    def _median(self, code: str, item: Indicator, own: Fraction | str) -> Beside:
        if item.kind in _NOT_COMPARED or item.rollup == _SHARED:
            return Beside(None, "not_compared")
        others = list(self.medians.get((self.kinds[code], item.code), ()))
        if isinstance(own, Fraction):
            del others[bisect_left(others, own)]
        if len(others) < FEWEST:
            return Beside(None, "few_peers", len(others))
        middle = (others[(len(others) - 1) // 2] + others[len(others) // 2]) / 2
        return Beside(exact.decimal(middle), number=len(others))

    def _past(self, code: str, item: Indicator, other: Earlier) -> Beside:
        reason, cells = self._apart(code, item, periods.parse(other.period)), self._past_cells[other.period].get(code)
        if reason or cells is None:
            return Beside(None, reason if reason == "new_unit" or cells else "none_before")
        return _beside(item, exact.figure(item, cells))

    def _apart(self, code: str, item: Indicator, then: Period) -> str:
        """Why figures of then cannot stand beside those of now; empty where they can."""
        owner, former = units.find(code, self.period.window_to), units.find(code, then.window_to)
        if owner is None or former is None or owner.valid_from != former.valid_from:
            return "new_unit"
        if (then.kind, then.basis) == (self.period.kind, self.period.basis):
            return "broken_window" if lineage.broken(then.code) and item.time == "flow" else ""
        return "" if comparable(item) else "other_length"

    @cached_property
    def _past_cells(self) -> dict[str, dict[str, dict[str, Cell]]]:
        """Cells of other periods by period and unit."""
        past = (self.before, self.last_year)
        return {other.period: {file.unit: _unpacked(file.cells) for file in other.files} for other in past}

    def _cut(self, code: str) -> Consolidation:
        """The consolidation as far as it is this unit's own."""
        past = [
            replace(other, files=tuple(file for file in other.files if file.unit == code))
            for other in (self.before, self.last_year)
        ]
        return replace(
            self.c,
            statuses=tuple(row for row in self.c.statuses if row.unit == code),
            contributions=self._contributions.get(code, ()),
            findings=tuple(row for row in self.c.findings if row.unit == code),
            narratives=tuple(row for row in self.c.narratives if row.unit == code),
            targets=(),
            earlier=tuple(
                replace(other, files=mine)
                for other in past
                if (mine := tuple(f for f in other.files if f.unit == code))
            ),
        )

    @cached_property
    def _contributions(self) -> dict[str, tuple[Contribution, ...]]:
        found: dict[str, list[Contribution]] = defaultdict(list)
        for item in self.c.contributions:
            found[item.unit].append(item)
        return {unit: tuple(items) for unit, items in found.items()}


def _beside(item: Indicator, figure: Fraction | str) -> Beside:
    return Beside(None, figure) if isinstance(figure, str) else Beside(exact.of_unit(item, figure))


def _unpacked(cells: str) -> dict[str, Cell]:
    return {code: (Decimal(value), ValueState(state)) for code, _, _, value, state, _, _ in json.loads(cells)}
