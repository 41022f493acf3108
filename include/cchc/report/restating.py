"""Figures of earlier periods carried to the units of today, made anew from cells: apart from the SQL that made them.

A unit of today takes over shares of former units (rows ``share`` of the provenance); where there are none for a period,
nothing changed since and every unit stands for itself. A figure of a unit is known only where all its former units gave
theirs: missing is not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from functools import cached_property

from cchc.catalogue.indicators import Term
from cchc.report.arithmetic import WEIGHT, Given, Part, quotient
from cchc.report.ledger import Cells, Ledger

_AMPLE = Context(prec=1000)

Steps = tuple[tuple[Cells, Part], ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """What a unit gave: a value, or both parts of a ratio; ``complete`` where none of its former units lacks."""

    top: Decimal
    bottom: Decimal | None
    steps: Steps
    complete: bool = True


@dataclass(frozen=True)
class Pair:
    """A figure of two periods by unit, and the units that have it in both."""

    now: Mapping[str, Sides]
    before: Mapping[str, Sides]
    scale: int

    @cached_property
    def units(self) -> list[str]:
        """Units in both, complete in both."""
        return [unit for unit, side in self.now.items() if unit in self.before and self.before[unit].complete]

    def figure(self, side: Mapping[str, Sides]) -> Decimal | None:
        """One period over the units in both."""
        return _figure([side[unit] for unit in self.units], self.scale)

    def steps(self, side: Mapping[str, Sides]) -> Steps:
        """The cells of one period over the units in both."""
        return tuple(step for unit in self.units for step in side[unit].steps)

    @cached_property
    def whole(self) -> tuple[list[Decimal], list[Decimal]]:
        """Tops and bottoms of a ratio over the units in both, now and before."""
        sides = (self.now, self.before)
        return [_sum(side, self.units, "top") for side in sides], [_sum(side, self.units, "bottom") for side in sides]

    def contribution(self, unit: str) -> Decimal | None:
        """By how much a unit moved the figure of all units in both; a ratio's change is split exactly."""
        if unit not in self.now or unit not in self.before or not self.before[unit].complete:
            return None
        now, before = self.now[unit], self.before[unit]
        if now.bottom is None or before.bottom is None:
            return now.top - before.top
        tops, bottoms = self.whole
        if not all(bottoms):
            return None
        rate = tops[1] / bottoms[1]
        moved = (now.top - rate * now.bottom) / bottoms[0] - (before.top - rate * before.bottom) / bottoms[1]
        return quotient(moved, Decimal(1), self.scale)


def made(ledger: Ledger, code: str, of: str, scope: str, unit: str) -> tuple[Decimal | None, Steps]:
    """A figure of one of the scopes of :mod:`cchc.report.walks` with the cells behind it."""
    if code not in ledger.indicators:
        return None, ()
    with localcontext(_AMPLE):
        scale = 1 if ledger.indicators[code]["method"] == "weighted" else 100
        if scope == "restated":
            moved = _moved(ledger, code, of)
            return _figure(list(moved.values()), scale), tuple(step for side in moved.values() for step in side.steps)
        pair = ledger.pairs.get((code, of)) or Pair(_sides(ledger, code, ""), _moved(ledger, code, of), scale)
        ledger.pairs[code, of] = pair
        return _SCOPES[scope](pair, unit)


def _contribution(pair: Pair, unit: str) -> tuple[Decimal | None, Steps]:
    steps = tuple(step for side in (pair.now, pair.before) if unit in side for step in side[unit].steps)
    return pair.contribution(unit), steps


def _left_out(pair: Pair, _unit: str) -> tuple[Decimal | None, Steps]:
    known = pair.now.keys() | pair.before.keys()
    return Decimal(len(known) - len(pair.units)), pair.steps(pair.now)


_SCOPES: dict[str, Callable[[Pair, str], tuple[Decimal | None, Steps]]] = {
    "matched_now": lambda pair, _: (pair.figure(pair.now), pair.steps(pair.now)),
    "matched_before": lambda pair, _: (pair.figure(pair.before), pair.steps(pair.before)),
    "matched_units": lambda pair, _: (Decimal(len(pair.units)), pair.steps(pair.now)),
    "matched_out": _left_out,
    "contribution": _contribution,
}


def _figure(sides: list[Sides], scale: int) -> Decimal | None:
    if not sides:
        return None
    top = sum((side.top for side in sides), Decimal(0))
    bottoms = [side.bottom for side in sides if side.bottom is not None]
    return quotient(top, sum(bottoms, Decimal(0)), scale) if bottoms else top


def _sum(sides: Mapping[str, Sides], units: list[str], key: str) -> Decimal:
    return sum((getattr(sides[unit], key) for unit in units), Decimal(0))


def _moved(ledger: Ledger, code: str, of: str) -> dict[str, Sides]:
    """Each unit of today by the shares of former units that it took over."""
    then, shares = _sides(ledger, code, of), ledger.shares.get(of)
    if shares is None:
        return then
    found: dict[str, Sides] = {}
    for unit, formers in shares.items():
        told = [_taken(then[former], weight) for former, weight in formers if former in then]
        if told:
            bottoms = [side.bottom for side in told if side.bottom is not None]
            steps = tuple(step for side in told for step in side.steps)
            bottom = sum(bottoms, Decimal(0)) if bottoms else None
            whole = len(told) == len(formers)
            found[unit] = Sides(sum((side.top for side in told), Decimal(0)), bottom, steps, whole)
    return found


def _taken(side: Sides, weight: Decimal) -> Sides:
    steps = tuple((cells, replace(part, weight=weight)) for cells, part in side.steps)
    return Sides(weight * side.top, None if side.bottom is None else weight * side.bottom, steps)


def _sides(ledger: Ledger, code: str, of: str) -> dict[str, Sides]:
    """What each unit of a period gave, of those that gave every part."""
    cells, recipe = ledger.cells(of), ledger.cells("").recipe(code, "")
    if ledger.indicators[code]["method"] == "weighted":
        value, weight = (_given(cells, name) for name in (code, WEIGHT))
        return {
            unit: Sides(
                item.value * weight[unit].value,
                weight[unit].value,
                ((cells, Part(item, "value")), (cells, Part(weight[unit], "weight"))),
            )
            for unit, item in value.items()
            if unit in weight
        }
    if recipe.method != "unit_ratio":
        return {
            unit: Sides(item.value, None, ((cells, Part(item, "addend")),))
            for unit, item in _given(cells, code).items()
        }
    tops, bottoms = (
        _signed(cells, terms, role)
        for role, terms in (("numerator", recipe.numerator), ("denominator", recipe.denominator))
    )
    return {
        unit: Sides(top.top, bottoms[unit].top, top.steps + bottoms[unit].steps)
        for unit, top in tops.items()
        if unit in bottoms
    }


def _signed(cells: Cells, terms: tuple[Term, ...], role: str) -> dict[str, Sides]:
    given = [(term, _given(cells, term.code)) for term in terms]
    units = [unit for unit in given[0][1] if all(unit in known for _, known in given)]
    return {
        unit: Sides(
            sum((term.sign * known[unit].value for term, known in given), Decimal(0)),
            None,
            tuple((cells, Part(known[unit], role, term.sign)) for term, known in given),
        )
        for unit in units
    }


def _given(cells: Cells, code: str) -> dict[str, Given]:
    return {item.unit: item for item in cells.reported(code)}
