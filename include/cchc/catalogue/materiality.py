"""How large a correction must be to replace a report that was already approved.

Source: ``catalogue/data/materiality.csv``; the instruments set no threshold, so every row is a proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from cchc.catalogue.indicators import Indicator
from cchc.catalogue.tables import rows

_PARTICULAR = ("any", "kind", "rollup", "code")
"""The later the more particular."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A change counts that reaches both; in the indicator's unit of measure, percentages in points.

    Attributes:
        absolute: Least difference.
        relative: Least difference as a share of the value before (0.005 is half a percent).
        words: The threshold in Vietnamese.
    """

    absolute: Decimal
    relative: Decimal
    words: str


def threshold(indicator: Indicator) -> Threshold:
    """The threshold of an indicator: by its code, else by how it adds up, by its kind, the general one."""
    keys = {"any": "", "kind": indicator.kind, "rollup": indicator.rollup, "code": indicator.code}
    found = [_table()[by, keys[by]] for by in _PARTICULAR if (by, keys[by]) in _table()]
    return found[-1]


def material(indicator: Indicator, before: Decimal | None, after: Decimal | None) -> bool:
    """True where the change is one that an approved report cannot keep silent about."""
    if before == after:
        return False
    if before is None or after is None:
        return True
    limit, difference = threshold(indicator), abs(after - before)
    return difference >= limit.absolute and difference >= limit.relative * abs(before)


@cache
def _table() -> dict[tuple[str, str], Threshold]:
    return {
        (row["by"], row["key"]): Threshold(Decimal(row["absolute"]), Decimal(row["relative"]), row["words"])
        for row in rows("materiality")
    }
