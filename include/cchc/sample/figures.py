"""Figures of a unit for a period: a pure function of seed, unit and period that satisfies every identity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import OFFICE, base, form, tier
from cchc.catalogue.indicators import companion_codes
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit, find
from cchc.sample import noise
from cchc.sample.recipes import Recipe, recipes, size_range

Figure = Decimal | str
QUARTERS = {"Q1": (0,), "H1": (0, 1), "Q3": (2,), "Y": (0, 1, 2, 3)}
_BASE_YEAR = 2025
_GROWTH = Decimal("1.008")
_HUNDRED = Decimal(100)
_WORDS_FOR_ZERO = Decimal("0.2")
"""Share of zeros that people write as "Không phát sinh"."""


def speaker(unit: Unit) -> Unit:
    """Whose story a unit tells: an office tells a part of its authority's, so that all offices fit together."""
    if tier(unit.form) != OFFICE:
        return unit
    known = find(unit.authority, unit.valid_to or unit.valid_from)
    return known or replace(unit, code=unit.authority, form=base(unit.form))


class Story:
    """What happens at one unit, quarter by quarter."""

    def __init__(self, seed: int, unit: Unit) -> None:
        self.seed, self.unit = seed, speaker(unit)
        unit = self.unit
        self.size = noise.between(*size_range(unit.kind), seed, unit.code, "size")
        self._known: dict[tuple[str, int], Decimal] = {}

    def window(self, code: str, period: Period) -> Decimal:
        """The figure as the report of the period gives it."""
        recipe = recipes()[code]
        quarters = [4 * period.year + quarter for quarter in QUARTERS[period.kind]]
        match recipe.fold:
            case "sum":
                return sum((self.quarter(code, quarter) for quarter in quarters), Decimal(0))
            case "last":
                return self.quarter(code, quarters[-1])
            case "opening":
                return self._total(recipe, lambda operand, lag: self.quarter(operand, quarters[0] - 1 - lag))
        total = self._total(recipe, lambda operand, _: self.window(operand, period))
        return Decimal(total > 0) if recipe.method == "positive" else total

    def quarter(self, code: str, quarter: int) -> Decimal:
        """What a single quarter holds; quarters are numbered from year 0."""
        if (code, quarter) not in self._known:
            self._known[code, quarter] = self._make(recipes()[code], quarter)
        return self._known[code, quarter]

    def _make(self, recipe: Recipe, quarter: int) -> Decimal:
        size = recipe.size[self.unit.form]
        match recipe.method:
            case "fixed":
                return Decimal(size)
            case "choice":
                return Decimal(noise.choose(size.split(), self.seed, self.unit.code, recipe.code))
            case "percent":
                return self._step(recipe, Decimal(size) + self._swing(recipe, quarter))
            case "rate":
                return self._rate(recipe, Decimal(size), quarter)
        total = self._total(recipe, lambda operand, lag: self.quarter(operand, quarter - lag))
        if recipe.method == "share":
            part = min(Decimal(size) + self._swing(recipe, quarter), _HUNDRED)
            return self._step(recipe, total * part / _HUNDRED)
        return total

    def _rate(self, recipe: Recipe, size: Decimal, quarter: int) -> Decimal:
        """Flows grow by the quarter; stocks change with the year. What is left of a whole is left to chance."""
        moment = quarter if recipe.fold == "sum" else quarter // 4
        growth = _GROWTH ** (quarter - 4 * _BASE_YEAR) if recipe.fold == "sum" else Decimal(1)
        exact = size * self.size * growth * (1 + self._swing(recipe, moment) / _HUNDRED)
        chance = noise.unit_interval(self.seed, self.unit.code, recipe.code, moment, "rest")
        return self._step(recipe, exact + chance * recipe.quantum)

    def _swing(self, recipe: Recipe, moment: int) -> Decimal:
        return noise.between(-recipe.spread, recipe.spread, self.seed, self.unit.code, recipe.code, moment)

    def _step(self, recipe: Recipe, exact: Decimal) -> Decimal:
        return (exact / recipe.quantum).to_integral_value(ROUND_FLOOR) * recipe.quantum

    def _total(self, recipe: Recipe, value: Callable[[str, int], Decimal]) -> Decimal:
        return sum((o.sign * value(o.code, o.lag) for o in recipe.operands), Decimal(0))


def _counted(story: Story, code: str) -> Decimal:
    """How many of a district's communes gave an answer."""
    return noise.between(Decimal(0), story.size, story.seed, story.unit.code, code).to_integral_value(ROUND_FLOOR)


def figures(seed: int, unit: Unit, period: Period) -> dict[str, Figure]:
    """Every figure that the unit's form asks for; some zeros in words, as people write them."""
    story = Story(seed, unit)
    asked = [row.indicator for row in form(unit.form, period.kind).rows if row.required in ("must", "should")]
    found: dict[str, Figure] = {}
    for indicator in asked:
        value = (
            _counted(story, indicator.code)
            if indicator.code in companion_codes()
            else story.window(indicator.code, period)
        )
        chance = noise.unit_interval(seed, unit.code, period.code, indicator.code, "words")
        in_words = value == 0 and indicator.kind in ("count", "amount") and chance < _WORDS_FOR_ZERO
        found[indicator.code] = text("nothing_arose") if in_words else value
    return found
