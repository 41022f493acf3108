"""Figures of a report: where each is printed and from what it is made. Filled while sheets are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc.catalogue.indicators import Term, by_code, companions_of, counted_in_full
from cchc.model.consolidation import Total
from cchc.report.arithmetic import Recipe, ratio_of
from cchc.report.facts import IN_FULL, Facts, method_of

DOCUMENT = "docx"
"""Stands for the sheet where a figure is printed in a document."""
MARK = "so_"
"""Begins the name of every bookmark around a figure of a document."""


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that a figure was made from: another figure, a unit's cell, or a datum of the catalogue.

    Attributes:
        role: What it does, a key of ``role_*``: ``addend``, ``minuend``, ``subtrahend``, ``numerator``,
            ``denominator``, ``counted``, ``better``, ``datum``, ``former`` …
        value: As it went in, before sign and weight; None makes the whole figure unknown.
        code: Indicator; empty for a datum that no unit gave.
        scope: ``total``, a tier, a unit code, or one of :mod:`cchc.report.walks`: traced on to cells. Empty for a
            datum.
        period: Period code where it is not the report's own; its cells must be in ``Consolidation.earlier``.
        sign: 1 or -1.
        weight: Share of it that counts (a former unit's share, a population).
        source: Instrument and clause of a datum or of a weight; words for people.
        owner: Authority whose total it is, where it is not the report's own.
    """

    role: str
    value: Decimal | None
    code: str = ""
    scope: str = ""
    period: str = ""
    sign: int = 1
    weight: Decimal = Decimal(1)
    source: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """How a figure was made that is neither a total, nor a tier's, nor a unit's, nor a total of the period before.

    Attributes:
        method: One of ``sum_of`` (Σ sign x weight x value; a difference too), ``share_of`` (100 x Σ numerators /
            Σ denominators), ``weight_of`` (the same of units' weights, :mod:`cchc.report.weighing`), ``count_of`` (how
            many links), ``rank_of`` (1 + links in the role ``better``), ``datum`` (its only link's value),
            ``figure_of`` (a sum of ``addend``, a ratio of ``numerator`` and ``denominator``, a mean of ``weighted`` and
            ``weight``), ``change_of`` (that less the same of roles that begin with ``base_``), ``relative_of`` (the
            change in percent of the base) and ``least_of`` (the smallest). Each is worded as ``method_*`` and computed
            in :mod:`cchc.report.arithmetic`.
        links: What it was made from.
        note: More for the reader, in Vietnamese.
        roster: Which list of units beside a threshold (:attr:`cchc.report.facts.Facts.rosters`) its other links are
            taken from: those in a standing for ``count_of``, those with a better figure for ``rank_of``.
        pick: The standing that is counted, or the unit whose place it is; with ``weight_of`` what is weighed.
    """

    method: str
    links: tuple[Link, ...]
    note: str = ""
    roster: str = ""
    pick: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure in a cell or a bookmark.

    ``scope`` is ``total``, a tier, a unit code, ``previous``, ``coverage`` (how many units are in the total), or, with
    ``made``, any word its sheet chooses: ``same_period``, ``ytd``, ``change``, ``target``, ``distance``, ``restated``,
    ``carried``, ``weight``, ``rank`` …
    """

    sheet: str
    cell: str
    code: str
    scope: str
    value: Decimal | None
    text: str
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class GridColumn:
    """What stands in a column of a grid.

    Attributes:
        code: Indicator.
        roster: Where it tells of a threshold: which list of units (:attr:`Made.roster`); else empty.
        what: With a roster ``value``, ``distance``, ``state`` or ``rank``.
    """

    code: str
    roster: str = ""
    what: str = ""


@dataclass(slots=True)
class Grid:
    """A sheet with a line for each unit: what stands in a cell follows from its row and its column.

    Attributes:
        sheet: Its name.
        columns: By letter.
        rows: Row number, from 1, by unit.
    """

    sheet: str
    columns: dict[str, GridColumn] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Register:
    """Every figure printed so far, and the sheets with a line for each unit."""

    printed: list[Printed] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    _marks: Counter[str] = field(default_factory=Counter)

    def add(
        self,
        sheet: str,
        row: int,
        column: int,
        code: str,
        scope: str,
        value: Decimal | None,
        text: str = "",
        made: Made | None = None,
    ) -> None:
        """Note a figure of a sheet; ``row`` and ``column`` count from 0."""
        self.printed.append(Printed(sheet, xl_rowcol_to_cell(row, column), code, scope, value, text, made))

    def mark(self, code: str, scope: str, value: Decimal | None, text: str = "", made: Made | None = None) -> str:
        """Note a figure of a document; return the name of the bookmark to set around it (``so_3_4_12_1``)."""
        self._marks[code] += 1
        name = f"{MARK}{code.replace('.', '_')}_{self._marks[code]}"
        self.printed.append(Printed(DOCUMENT, name, code, scope, value, text, made))
        return name


@dataclass(frozen=True)
class Recipes:
    """How each figure of a consolidation is made."""

    facts: Facts

    @cached_property
    def totals(self) -> dict[str, Recipe]:
        """Recipe of each total by code."""
        return {total.indicator: recipe_of(total, self.facts.period.kind) for total in self.facts.c.totals}

    @property
    def given(self) -> dict[str, dict[str, Decimal]]:
        """Figures by unit and code, those that count."""
        return self.facts.given

    def unit_value(self, unit: str, code: str) -> Decimal | None:
        """A unit's own figure: as given, or its ratio where the ratio follows from parts."""
        return unit_value(by_code_recipe(code), self.given.get(unit, {}))


def recipe_of(total: Total, kind: str) -> Recipe:
    """How a total of a period of that kind is made."""
    indicator = by_code()[total.indicator]
    method = method_of(total, kind)
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
    """One unit's figure from what it gave; of one that adds up, how many of its units answered yes."""
    if recipe.method == "unit_ratio":
        return ratio_of(recipe, figures)
    found = figures.get(recipe.code)
    return figures.get(companions_of(recipe.code).get("yes", "")) if found is None else found
