"""Figures of a report: where each is printed and from what it is made. Filled while sheets are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc.catalogue.indicators import Term, by_code, counted_in_full
from cchc.model.consolidation import Total
from cchc.model.observation import ValueState
from cchc.report.arithmetic import Recipe, ratio_of
from cchc.report.facts import IN_FULL, Facts, method_of

GIVEN_STATES = (ValueState.REPORTED, ValueState.CONFIRMED_ZERO)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure in a cell; ``scope`` is ``total``, ``previous`` or a tier."""

    sheet: str
    cell: str
    code: str
    scope: str
    value: Decimal | None
    text: str


@dataclass(slots=True)
class Register:
    """Every figure printed so far, and the grid of the sheet by unit."""

    printed: list[Printed] = field(default_factory=list)
    grid_sheet: str = ""
    grid_columns: dict[str, str] = field(default_factory=dict)
    grid_rows: dict[str, int] = field(default_factory=dict)

    def add(self, sheet: str, row: int, column: int, code: str, scope: str, value: Decimal | None, text: str) -> None:
        """Note a figure; ``row`` and ``column`` count from 0."""
        self.printed.append(Printed(sheet, xl_rowcol_to_cell(row, column), code, scope, value, text))


@dataclass(frozen=True)
class Recipes:
    """How each figure of a consolidation is made."""

    facts: Facts

    @cached_property
    def totals(self) -> dict[str, Recipe]:
        """Recipe of each total by code."""
        return {total.indicator: self._of(total) for total in self.facts.c.totals}

    @cached_property
    def given(self) -> dict[str, dict[str, Decimal]]:
        """Figures by unit and code, those that count."""
        found: dict[str, dict[str, Decimal]] = defaultdict(dict)
        for item in self.facts.c.contributions:
            if item.value is not None and item.state in GIVEN_STATES:
                found[item.unit][item.indicator] = item.value
        return found

    def unit_value(self, unit: str, code: str) -> Decimal | None:
        """A unit's own figure: as given, or its ratio where the ratio follows from parts."""
        return unit_value(by_code_recipe(code), self.given.get(unit, {}))

    def _of(self, total: Total) -> Recipe:
        indicator = by_code()[total.indicator]
        method = method_of(total, self.facts.period.kind)
        if method == IN_FULL:
            return Recipe(total.indicator, method, *_part_and_whole(total.indicator))
        return Recipe(total.indicator, method, indicator.numerator, indicator.denominator)


def _part_and_whole(code: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    return (Term(1, code),), (Term(1, counted_in_full()[code]),)


def by_code_recipe(code: str) -> Recipe:
    """How one unit's figure is made."""
    indicator = by_code()[code]
    method = "unit_ratio" if indicator.computed else "reported"
    return Recipe(code, method, indicator.numerator, indicator.denominator)


def unit_value(recipe: Recipe, figures: Mapping[str, Decimal]) -> Decimal | None:
    """One unit's figure from what it gave."""
    return ratio_of(recipe, figures) if recipe.method == "unit_ratio" else figures.get(recipe.code)
