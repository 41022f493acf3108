"""The arithmetic that a reader repeats to believe a figure: decimal, from single cells, without a database.

It is written apart from the consolidation's SQL on purpose: :mod:`cchc.report.trace` compares the two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Protocol

from cchc.catalogue.forms import OFFICE
from cchc.catalogue.indicators import ANSWER, Term, companions, companions_of, pair_codes

WEIGHT = "1.4.1b"
"""Valid ballots: the weight of satisfaction ratios."""
BASE = "base_"
"""Begins the role of whatever another figure is compared with."""
_PLACES = Decimal("1e-10")
_AMPLE = Context(prec=1000)
"""Digits for whatever a cell may hold: sums stay exact, as they are in PostgreSQL, and no quotient overflows."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a figure is made.

    Attributes:
        code: Indicator.
        method: A key of ``method_*``.
        numerator: Operands of a ratio; the part, where units are counted that reached the whole.
        denominator: Operands of a ratio; the whole.
        complete: False where a part that only one kind of unit gives is not there from all of them: then a ratio of
            totals would pass a gap for a reduction, and no figure is made.
    """

    code: str
    method: str
    numerator: tuple[Term, ...] = ()
    denominator: tuple[Term, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that a unit gave; ``tier`` is the kind of unit."""

    code: str
    unit: str
    tier: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """A given figure with the part it plays: ``role``, in a sum its sign, of a former unit the share taken over."""

    given: Given
    role: str
    sign: int = 1
    weight: Decimal = Decimal(1)


class Operand(Protocol):
    """What goes into a figure that is made from others."""

    @property
    def role(self) -> str:
        """What it does."""

    @property
    def value(self) -> Decimal | None:
        """Before sign and weight."""

    @property
    def sign(self) -> int:
        """1 or -1."""

    @property
    def weight(self) -> Decimal:
        """Share of it that counts."""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure made anew, with what it was made from."""

    value: Decimal | None
    parts: tuple[Part, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def recompute(recipe: Recipe, given: Sequence[Given]) -> Result:
    """Make the figure of ``recipe`` from what units gave."""
    with localcontext(_AMPLE):
        return _METHODS[recipe.method](recipe, given)


def units_in(recipe: Recipe, given: Sequence[Given]) -> Result:
    """How many units are in the figure, with what each gave."""
    sent = [pair[0] for pair in _sent(recipe.code, given)]
    if recipe.numerator:
        told = _whole_units(recipe, given)
        parts = tuple(Part(unit[term.code], "counted") for unit in told for term in recipe.numerator)
        found = len(told)
    else:
        parts = tuple(Part(p.given, "counted") for p in recompute(recipe, given).parts if p.given.code == recipe.code)
        found = len({part.given.unit for part in parts})
    return Result(Decimal(found + len(sent)), (*parts, *(Part(item, "counted") for item in sent)))


def combine(method: str, links: Sequence[Operand]) -> Decimal | None:
    """A figure made from other figures (:class:`cchc.report.figures.Made`); None where one of them is not known."""
    if method in ("count_of", "rank_of"):
        return Decimal(len(links)) if method == "count_of" else Decimal(1 + sum(x.role == "better" for x in links))
    if any(link.value is None for link in links) or not links:
        return None
    with localcontext(_AMPLE):
        if method == "datum":
            return links[0].value
        if method in _COMPARED:
            return _COMPARED[method](links)
        top, bottom = (_weighed(x for x in links if x.role == role) for role in ("numerator", "denominator"))
        return quotient(top, bottom, 100)


def ratio_of(recipe: Recipe, figures: Mapping[str, Decimal]) -> Decimal | None:
    """The ratio in percent from one unit's figures; None where a part is missing or the denominator is 0."""
    if not pair_codes().isdisjoint(figures):
        pair = _pair(recipe.code)
        complete = bool(pair) and all(code in figures for code in pair)
        with localcontext(_AMPLE):
            return quotient(figures[pair[0]], figures[pair[1]], 100) if complete else None
    if not all(term.code in figures for term in (*recipe.numerator, *recipe.denominator)):
        return None
    with localcontext(_AMPLE):
        return quotient(_signed(recipe.numerator, figures), _signed(recipe.denominator, figures), 100)


def _sum(recipe: Recipe, given: Sequence[Given]) -> Result:
    parts = _all(recipe.code, given, "addend")
    return Result(sum((p.given.value for p in parts), Decimal(0)) if parts else None, parts)


def _reported(recipe: Recipe, given: Sequence[Given]) -> Result:
    """One unit's figure; of one that adds up, how many of its units answered yes."""
    if _all(recipe.code, given, "addend") or "yes" not in companions_of(recipe.code):
        return _sum(recipe, given)
    parts = tuple(Part(items[0], "addend") for items in _sent(recipe.code, given))
    return Result(parts[0].given.value if parts else None, parts)


def _count_yes(recipe: Recipe, given: Sequence[Given]) -> Result:
    parts = _all(recipe.code, given, "answer")
    sent = tuple(Part(items[0], "addend") for items in _sent(recipe.code, given))
    counted = Decimal(sum(p.given.value == 1 for p in parts)) + sum((p.given.value for p in sent), Decimal(0))
    return Result(counted if parts or sent else None, (*parts, *sent))


def _shared(recipe: Recipe, given: Sequence[Given]) -> Result:
    parts = _all(recipe.code, given, "shared")
    own = [p.given.value for p in parts if p.given.tier in ("authority", OFFICE)]
    if own:
        return Result(max(own), parts)
    often = Counter(p.given.value for p in parts)
    # Of values given equally often the smallest, as PostgreSQL's ordered mode() takes it.
    return Result(min(often, key=lambda value: (-often[value], value)) if often else None, parts)


def _words_only(recipe: Recipe, given: Sequence[Given]) -> Result:
    sent = tuple(Part(item, "addend") for items in _sent(recipe.code, given) for item in items)
    return Result(None, (*_all(recipe.code, given, "answer"), *sent))


def _ratio(recipe: Recipe, given: Sequence[Given]) -> Result:
    items = [item for figures in _whole_units(recipe, given) for item in figures.values()]
    return _over((*_operands(recipe, items), *_sent_parts(recipe.code, given)), 100)


def _in_full(recipe: Recipe, given: Sequence[Given]) -> Result:
    part, whole = recipe.numerator[0].code, recipe.denominator[0].code
    told = _whole_units(recipe, given)
    parts = tuple(side for unit in told for side in (Part(unit[part], "part"), Part(unit[whole], "whole")))
    reached = sum(unit[part].value == unit[whole].value for unit in told)
    return Result(Decimal(reached) if told else None, parts)


def _whole_units(recipe: Recipe, given: Sequence[Given]) -> list[dict[str, Given]]:
    """What each unit gave, of those that gave every operand."""
    by_unit: dict[str, dict[str, Given]] = {}
    for item in _of_single(given):
        by_unit.setdefault(_voice(item), {})[item.code] = item
    needed = {term.code for term in (*recipe.numerator, *recipe.denominator)}
    return [figures for figures in by_unit.values() if needed <= figures.keys()]


def _of_single(given: Iterable[Given]) -> list[Given]:
    """Figures of those who add nobody up; what the others give stands in their companions."""
    items = list(given)
    adding = {item.unit for item in items if item.code in pair_codes()}
    return [item for item in items if item.unit not in adding]


def _pair(code: str) -> tuple[str, ...]:
    own = companions_of(code)
    return tuple(own[role] for role in ("numerator", "denominator") if role in own)


def _sent(code: str, given: Iterable[Given]) -> list[list[Given]]:
    """Companions of one figure by sender, in their order; a pair only where both are there."""
    codes, by_unit = tuple(companions_of(code).values()), dict[str, list[Given]]()
    for item in given:
        if item.code in codes:
            by_unit.setdefault(item.unit, []).append(item)
    found = [sorted(items, key=lambda item: codes.index(item.code)) for items in by_unit.values()]
    return [items for items in found if not _pair(code) or len(items) == len(codes)]


def _sent_parts(code: str, given: Iterable[Given]) -> tuple[Part, ...]:
    """Pairs that were sent as parts of a quotient."""
    pairs = _sent(code, given)
    return tuple(
        Part(item, role) for role, place in (("numerator", 0), ("denominator", 1)) for item in (p[place] for p in pairs)
    )


def _voice(item: Given) -> str:
    """Who speaks in a figure: the offices of an authority speak together."""
    return OFFICE if item.tier == OFFICE else item.unit


def _ratio_of_totals(recipe: Recipe, given: Sequence[Given]) -> Result:
    parts = _operands(recipe, given)
    return _over(parts, 100) if recipe.complete else Result(None, parts)


def _weighted(recipe: Recipe, given: Sequence[Given]) -> Result:
    single, sent = _of_single(given), _sent_parts(recipe.code, given)
    weights = {_voice(item): item for item in single if item.code == WEIGHT}
    values = [item for item in single if item.code == recipe.code and _voice(item) in weights]
    parts = tuple(part for item in values for part in (Part(item, "value"), Part(weights[_voice(item)], "weight")))
    if not values and not sent:
        return Result(None, ())
    top = sum((item.value * weights[_voice(item)].value for item in values), _side(sent, "numerator"))
    bottom = sum((weights[_voice(item)].value for item in values), _side(sent, "denominator"))
    return Result(quotient(top, bottom, 1), (*parts, *sent), top, bottom)


def _companion(recipe: Recipe, given: Sequence[Given]) -> Result:
    """What is sent upward beside a total, from the same figures as that total."""
    item = next(item for item in companions() if item.code == recipe.code)
    if item.role.startswith(ANSWER):
        answer = Decimal(item.role.removeprefix(ANSWER))
        own = tuple(p for p in _all(item.of, given, "answer") if p.given.value == answer)
        sent = _all(recipe.code, given, "addend")
        value = len(own) + sum((p.given.value for p in sent), Decimal(0))
        return Result(
            value if any(x.code in (item.of, *companions_of(item.of).values()) for x in given) else None, (*own, *sent)
        )
    whole = Recipe(item.of, "", recipe.numerator, recipe.denominator)
    if item.role == "yes":
        return _count_yes(whole, given)
    made = _ratio(whole, given) if recipe.denominator else _weighted(whole, given)
    wanted = ("weight", "denominator") if item.role == "denominator" else ("value", "weight", "numerator")
    parts = tuple(p for p in made.parts if p.role in wanted)
    return Result(made.denominator if item.role == "denominator" else made.numerator, parts)


def _over(parts: tuple[Part, ...], scale: int) -> Result:
    if not parts:
        return Result(None, ())
    top, bottom = _side(parts, "numerator"), _side(parts, "denominator")
    return Result(quotient(top, bottom, scale), parts, top, bottom)


def _operands(recipe: Recipe, given: Iterable[Given]) -> tuple[Part, ...]:
    sides = (("numerator", recipe.numerator), ("denominator", recipe.denominator))
    found = list(given)
    return tuple(
        Part(item, role, term.sign)
        for role, terms in sides
        for term in terms
        for item in found
        if item.code == term.code
    )


def _all(code: str, given: Sequence[Given], role: str) -> tuple[Part, ...]:
    return tuple(Part(item, role) for item in given if item.code == code)


def _weighed(links: Iterable[Operand]) -> Decimal:
    return sum((link.sign * link.weight * link.value for link in links if link.value is not None), Decimal(0))


def _side(parts: Iterable[Part], role: str) -> Decimal:
    return sum((p.sign * p.given.value for p in parts if p.role == role), Decimal(0))


def _signed(terms: Iterable[Term], figures: Mapping[str, Decimal]) -> Decimal:
    return sum((term.sign * figures[term.code] for term in terms), Decimal(0))


def quotient(top: Decimal, bottom: Decimal, scale: int) -> Decimal | None:
    """``scale`` x ``top`` / ``bottom`` as ratios are stored, to 10 decimals; None for a denominator of 0."""
    return None if bottom == 0 else (scale * top / bottom).quantize(_PLACES, ROUND_HALF_EVEN)


def _made_side(links: Sequence[Operand], prefix: str = "") -> Decimal | None:
    """What the links of one side make: a sum, a ratio in percent, or a mean by weight."""
    of: dict[str, list[Operand]] = defaultdict(list)
    for link in links:
        of[link.role].append(link)
    for (top, bottom), scale in _RATIOS.items():
        if of[prefix + bottom]:
            return quotient(_weighed(of[prefix + top]), _weighed(of[prefix + bottom]), scale)
    return _weighed(of[f"{prefix}addend"])


def _change(links: Sequence[Operand]) -> Decimal | None:
    now, before = _made_side(links), _made_side(links, BASE)
    return None if now is None or before is None else now - before


def _relative(links: Sequence[Operand]) -> Decimal | None:
    change, before = _change(links), _made_side(links, BASE)
    return None if change is None or before is None else quotient(change, before, 100)


_RATIOS = {("numerator", "denominator"): 100, ("weighted", "weight"): 1}
_COMPARED: dict[str, Callable[[Sequence[Operand]], Decimal | None]] = {
    "sum_of": lambda links: _weighed(links),
    "figure_of": _made_side,
    "change_of": _change,
    "relative_of": _relative,
    "least_of": lambda links: min(link.value for link in links if link.value is not None),
}
_METHODS: dict[str, Callable[[Recipe, Sequence[Given]], Result]] = {
    "sum": _sum,
    "own": _sum,
    "taken_over": _sum,
    "reported": _reported,
    "count_yes": _count_yes,
    "shared": _shared,
    "distinct": _words_only,
    "distribution": _words_only,
    "none": _words_only,
    "ratio": _ratio,
    "unit_ratio": _ratio,
    "ratio_of_totals": _ratio_of_totals,
    "in_full": _in_full,
    "weighted": _weighted,
    "sent_numerator": _companion,
    "sent_denominator": _companion,
    "sent_yes": _companion,
    "sent_answer": _companion,
}
