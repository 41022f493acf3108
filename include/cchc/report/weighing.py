"""Shares by weight, read back from a report: what each unit weighs, from its cells of the earlier report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from cchc.catalogue.coverage import parts_needed
from cchc.catalogue.indicators import Term, terms

if TYPE_CHECKING:
    from cchc.report.ledger import Cells

Row = dict[str, str]
METHOD = "weight_of"
_GIVEN = ("reported", "confirmed_zero")
_DIGITS = 1000


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a share by weight was made from.

    Attributes:
        code: The total whose units are weighed.
        tiers: Kinds of sender that are asked for it.
        measure: Operands of the weight.
        period: Code of the report whose values weigh.
    """

    code: str
    tiers: tuple[str, ...]
    measure: tuple[Term, ...]
    period: str


def told(code: str, tiers: Sequence[str], measure: str, period: str) -> str:
    """The same as one text, as a report keeps it."""
    return "|".join((code, " ".join(tiers), measure, period))


def read(text: str) -> Weighed:
    """The inverse of :func:`told`."""
    code, tiers, measure, period = text.split("|")
    return Weighed(code, tuple(tiers.split()), terms(measure), period)


def links(weighed: Weighed, now: Cells, then: Cells, of: str, stated: Sequence[Row]) -> list[Row]:
    """Each unit's cells that weigh, where these alone make the sums that the report states; else the stated sums.

    Units that were reorganised since weigh shares of what former units gave, and offices weigh together: their sums
    stay sums.

    Args:
        weighed: What was weighed.
        now: The report's own cells: they say who is in the total.
        then: Those of the earlier report.
        of: Name of the earlier report in the rows.
        stated: The two sums, numerator and denominator, as the report keeps them.
    """
    asked = [unit for unit, file in now.files.items() if file["tier"] in weighed.tiers]
    reported = [unit for unit in asked if all(_value(now, part, unit) for part in parts_needed(weighed.code))]
    made = [
        *(row for unit in reported for row in _unit(weighed, then, of, unit, "numerator")),
        *(row for unit in asked for row in _unit(weighed, then, of, unit, "denominator")),
    ]
    return made if all(_sum(made, row["role"]) == Decimal(row["value"]) for row in stated) else list(stated)


def _unit(weighed: Weighed, then: Cells, of: str, unit: str, role: str) -> Iterator[Row]:
    """A unit's weight; nothing where it is not known in full."""
    values = [(term, _value(then, term.code, unit)) for term in weighed.measure]
    if all(value for _, value in values):
        for term, value in values:
            about = {"role": role, "value": value, "code": term.code, "scope": unit, "of": of}
            yield {**about, "sign": str(term.sign), "weight": "1", "source": ""}


def _value(cells: Cells, code: str, unit: str) -> str:
    row = cells.sources.get(code, {}).get(unit)
    return row["value"] if row and row["state"] in _GIVEN else ""


def _sum(rows: Sequence[Row], role: str) -> Decimal:
    with localcontext(prec=_DIGITS):
        return sum((int(row["sign"]) * Decimal(row["value"]) for row in rows if row["role"] == role), Decimal(0))
