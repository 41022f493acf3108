"""Units beside a threshold, read back from a report: counts and places made and judged anew from the units' cells."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc.report import provenance
from cchc.report.arithmetic import recompute
from cchc.report.targets import remainder, word_of
from cchc.report.texts import label

if TYPE_CHECKING:
    from cchc.report.ledger import Cells

Row = dict[str, str]
WHAT = ("value", "distance", "state", "rank")
_JUDGED = ("met", "not_met")
_REACHES = {
    ">=": lambda value, threshold: value >= threshold,
    ">": lambda value, threshold: value > threshold,
    "<=": lambda value, threshold: value <= threshold,
    "<": lambda value, threshold: value < threshold,
}


@dataclass(frozen=True)
class Roster:
    """The units that a threshold binds, as a report lists them.

    Attributes:
        about: Its row: ``code``, ``op``, ``threshold``, ``orientation``, ``source``.
        standings: By unit, the fields of :data:`cchc.report.provenance.STANDING`.
        cells: What the units gave.
    """

    about: Row
    standings: dict[str, Row]
    cells: Cells
    _exact: dict[str, Fraction | None] = field(default_factory=dict)

    def links(self, method: str, pick: str) -> list[Row]:
        """The units that are counted in a standing, or a unit with those whose figures are better."""
        if method == "count_of":
            return [self._link(unit, "counted") for unit, row in self.standings.items() if pick in ("", row["state"])]
        own, ranked = self.exact(pick), [unit for unit, row in self.standings.items() if row["rank"]]
        better = [unit for unit in ranked if self._before(self.exact(unit), own)]
        return [self._link(pick, "own"), *(self._link(unit, "better") for unit in better)]

    def apart(self, unit: str) -> list[Row]:
        """What a unit's distance from the threshold is made from; nothing where it has none."""
        row = self.standings[unit]
        if not row["distance"]:
            return []
        threshold = _row("subtrahend", self.about["threshold"], sign="-1", source=self.about["source"])
        rest = remainder(*(Decimal(text) for text in (row["value"], self.about["threshold"], row["distance"])))
        more = [_row("addend", str(rest), source=label("target_remainder"))] if rest else []
        return [self._link(unit, "minuend"), threshold, *more]

    def shown(self, unit: str, what: str) -> Row | None:
        """What a cell of the unit's line holds, ``value`` and ``text``; None where it is left blank."""
        row = self.standings.get(unit)
        if row is None or not row["state" if what == "state" else what]:
            return None
        if what == "state":
            return {"value": row["distance"], "text": word_of(row["state"], row["reason"], self.about["orientation"])}
        return {"value": row[what], "text": ""}

    def agrees(self, unit: str) -> bool:
        """True where the unit's own cells give the standing that the report names."""
        state, exact = self.standings[unit]["state"], self.exact(unit)
        if state in _JUDGED:
            return exact is not None and self._reaches(exact) == (state == "met")
        return state != "no_data" or exact is None

    def exact(self, unit: str) -> Fraction | None:
        """A unit's figure with every digit that its cells give; None where it gave none or nobody was asked."""
        if self.about["code"] not in self.cells.indicators:
            return None
        if unit not in self._exact:
            recipe = self.cells.recipe(self.about["code"], unit)
            made = recompute(recipe, self.cells.given(recipe, unit))
            value = None if made.value is None else Fraction(made.value)
            if value is not None and made.numerator is not None and made.denominator:
                value = 100 * Fraction(made.numerator) / Fraction(made.denominator)
            self._exact[unit] = value
        return self._exact[unit]

    def _reaches(self, exact: Fraction) -> bool:
        return _REACHES[self.about["op"]](exact, Fraction(self.about["threshold"]))

    def _before(self, one: Fraction | None, other: Fraction | None) -> bool:
        if one is None or other is None:
            return False
        return one > other if self.about["op"].startswith(">") else one < other

    def _link(self, unit: str, role: str) -> Row:
        return _row(role, self.standings[unit]["value"], code=self.about["code"], scope=unit)


def read(about: Iterable[Row], standings: Iterable[Row], cells: Cells) -> dict[str, Roster]:
    """The lists of a report by name."""
    found = {row["roster"]: Roster(row, {}, cells) for row in about}
    for row in standings:
        for entry in json.loads(row["units"]):
            told = dict(zip(provenance.STANDING, entry, strict=True))
            found[row["roster"]].standings[told["unit"]] = told
    return found


def _row(role: str, value: str, *, code: str = "", scope: str = "", sign: str = "1", source: str = "") -> Row:
    known = {"role": role, "value": value, "code": code, "scope": scope, "sign": sign, "source": source}
    return {**known, "of": "", "weight": "1"}
