"""Relations between the figures of one file: identities, parts of a whole, ratios.

Evaluated exactly (integers and decimals). A relation with a missing operand says nothing: that the operand is
missing is another rule's matter. One row per file and slot, one column per rule; a rule with several relations
takes several slots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from cchc.catalogue.forms import base, form
from cchc.catalogue.indicators import Indicator, Term, companions_of, pair_codes
from cchc.catalogue.periods import Period
from cchc.catalogue.rules import Relation, relations, rules
from cchc.model.observation import Observation
from cchc.model.submission import Reading
from cchc.validate.hit import Hit
from cchc.validate.notation import vietnamese
from cchc.validate.scope import scope_of

if TYPE_CHECKING:
    import pandas as pd

SUITE = "relation"
RATIO_DIFFERS = "r01_ratio_differs"
RATIO_WITHOUT_DENOMINATOR = "r02_ratio_without_denominator"
RATIO_TOLERANCE = Decimal("0.05")
"""Percentage points: half of the last printed digit (domain 2.6, rule 1)."""
_ZERO = Decimal(0)

Figures = dict[str, Observation]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A relation on one file.

    Attributes:
        rule: Rule id.
        left: The figure that a finding points at.
        right: Value of the right-hand side.
        right_codes: Codes behind it.
        excess: By how much the relation is broken; 0 where it holds.
    """

    rule: str
    left: Observation
    right: Decimal
    right_codes: str
    excess: Decimal


def evaluate(reading: Reading) -> list[Evaluated]:
    """Every relation of the file's form whose operands are all there."""
    scope = scope_of(reading)
    if scope is None:
        return []
    figures = {observation.indicator: observation for observation in reading.observations}
    # Sums over units that did not all give every part need not fit together; each unit's own report was held to that.
    stated = [] if _adds_up(figures) else _stated(figures, *scope)
    return [*stated, *_ratios(figures, *scope)]


def frame(evaluated: Sequence[Sequence[Evaluated]]) -> pd.DataFrame:
    """One row per file and slot, by rule how much each relation is broken."""
    import pandas as pd

    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for n, found in enumerate(evaluated):
        for slot, item in slots(found):
            rows.setdefault((n, slot), {"reading": n, "row": slot})[item.rule] = item.excess
    return pd.DataFrame(list(rows.values()), dtype=object)


def slots(found: Sequence[Evaluated]) -> Iterator[tuple[int, Evaluated]]:
    """Number the relations of each rule from 0, so that rule and slot address one."""
    used: dict[str, int] = {}
    for item in found:
        slot = used[item.rule] = used.get(item.rule, -1) + 1
        yield slot, item


def hit(item: Evaluated) -> Hit:
    """The relation as a broken rule."""
    places = 2 if item.rule == RATIO_DIFFERS else None
    return Hit(
        rule=item.rule,
        sheet=item.left.sheet,
        cell=item.left.cell,
        indicator=item.left.indicator,
        found=vietnamese(item.left.value, places),
        right=vietnamese(item.right, places),
        right_codes=item.right_codes,
    )


def _stated(figures: Figures, form_id: str, period: Period) -> Iterator[Evaluated]:
    for relation in applicable(form_id, period):
        left = figures.get(relation.left)
        right = Decimal(relation.bound) if relation.bound else _sum(figures, relation.right)
        if left is not None and left.value is not None and right is not None:
            excess = _excess(relation, left.value, right)
            yield Evaluated(relation.rule, left, right, relation.right_text, excess)


def _adds_up(figures: Figures) -> bool:
    """True where the file gives companions: its figures are totals over other bodies' reports."""
    given = (figures.get(code) for code in pair_codes())
    return any(found is not None and found.value is not None for found in given)


@cache
def applicable(form_id: str, period: Period) -> tuple[Relation, ...]:
    """Relations in force for a form and period whose operands the form carries."""
    carried = form(form_id, period.kind).codes
    return tuple(
        relation
        for relation in relations()
        if relation.codes <= carried
        and (not relation.forms or base(form_id) in relation.forms)
        and (not relation.kinds or period.kind in relation.kinds)
        and rules()[relation.rule].applies(period)
    )


def _excess(relation: Relation, left: Decimal, right: Decimal) -> Decimal:
    match relation.op:
        case "=":
            return left - right if abs(left - right) > Decimal(relation.tolerance) else _ZERO
        case "<=":
            return max(left - right - Decimal(relation.tolerance), _ZERO)
        case "needs":
            return Decimal(left > 0 >= right)
        case "flag_of":
            return left - Decimal(right > 0)
    raise ValueError(f"relations.csv: no operator {relation.op!r}")


def _sum(figures: Figures, operands: Sequence[Term]) -> Decimal | None:
    """Value of a sum of codes; None where one is missing."""
    total = _ZERO
    for term in operands:
        observation = figures.get(term.code)
        if observation is None or observation.value is None:
            return None
        total += term.sign * observation.value
    return total


def _ratios(figures: Figures, form_id: str, period: Period) -> Iterator[Evaluated]:
    """Claimed ratios against those that follow from their parts."""
    for indicator in _computed(form_id, period.kind):
        claim = figures.get(indicator.code)
        top, bottom = _parts(figures, indicator)
        numerator, denominator = _sum(figures, top), _sum(figures, bottom)
        if claim is None or claim.value is None or denominator is None:
            continue
        codes = ", ".join(term.code for term in (*top, *bottom))
        if denominator == 0:
            yield Evaluated(RATIO_WITHOUT_DENOMINATOR, claim, _ZERO, codes, Decimal(1))
        elif numerator is not None:
            follows = 100 * numerator / denominator
            gap = abs(claim.value - follows)
            yield Evaluated(RATIO_DIFFERS, claim, follows, codes, gap if gap > RATIO_TOLERANCE else _ZERO)


def _parts(figures: Figures, indicator: Indicator) -> tuple[Sequence[Term], Sequence[Term]]:
    """What a ratio is made from: its companions where both are given, else its operands."""
    own = companions_of(indicator.code)
    pair = [Term(1, own[role]) for role in ("numerator", "denominator") if role in own]
    if len(pair) == 2 and all(_sum(figures, [term]) is not None for term in pair):
        return pair[:1], pair[1:]
    return indicator.numerator, indicator.denominator


@cache
def _computed(form_id: str, kind: str) -> tuple[Indicator, ...]:
    lines = form(form_id, kind).rows
    carried = {line.indicator.code for line in lines}
    return tuple(
        line.indicator
        for line in lines
        if line.indicator.computed
        and {term.code for term in (*line.indicator.numerator, *line.indicator.denominator)} <= carried
    )
