"""From a link to the cells behind it: totals, their parts and coverage, like for like, restated figures.

Scopes beside a total's, a tier's and a unit's: ``numerator`` and ``denominator`` (of the total's ratio), ``coverage``
(units in it), ``matched_now`` and ``matched_before`` (over the units with a figure in both periods), ``matched_units``,
``matched_out`` (how many they are, how many are left out), ``restated`` (onto the units of today) and
``contribution/UNIT``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cchc.report import restating
from cchc.report.arithmetic import Part, Result, recompute, units_in
from cchc.report.ledger import Cells, Ledger, Row

SCOPES = ("matched_now", "matched_before", "matched_units", "matched_out", "restated", "contribution")


@dataclass(frozen=True, slots=True)
class Walk:
    """What cells give for a link.

    Attributes:
        value: The figure made anew; None where it cannot be made.
        steps: Each cell with the period that it is of.
    """

    value: Decimal | None
    steps: tuple[tuple[Cells, Part], ...] = ()


def walk(ledger: Ledger, row: Row) -> Walk:
    """Make what a link names anew from the cells of the report's file."""
    scope, _, unit = row["scope"].partition("/")
    if scope in SCOPES:
        return Walk(*restating.made(ledger, row["code"], row["of"], scope, unit))
    cells = ledger.cells(row["of"])
    if row["code"] not in cells.indicators:
        return Walk(None)
    whole = scope in _OF_TOTAL
    recipe = cells.recipe(row["code"], "total" if whole else scope)
    given = cells.given(recipe, "total" if whole else scope)
    made = units_in(recipe, given) if scope == "coverage" else recompute(recipe, given)
    value = _OF_TOTAL[scope](made) if whole else made.value
    return Walk(value, tuple((cells, part) for part in made.parts))


_OF_TOTAL: dict[str, Callable[[Result], Decimal | None]] = {
    "numerator": lambda made: made.numerator,
    "denominator": lambda made: made.denominator,
    "coverage": lambda made: made.value,
}
