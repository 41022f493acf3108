"""Reports that hold every rule by themselves and are doubtful only beside others: copies, jumps, outliers.

Source: ``sample_suspects.csv``: the rule that must find each kind, and those that may speak of what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from cchc.catalogue import periods
from cchc.catalogue.forms import form
from cchc.catalogue.honesty import limits
from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows
from cchc.catalogue.units import Unit
from cchc.sample.defects import number
from cchc.sample.figures import Figure, figures
from cchc.sample.narratives import body, narrative

Report = tuple[dict[str, Figure], dict[str, str]]
_HUNDRED = Decimal(100)
_TIMES = 4


@dataclass(frozen=True, slots=True)
class Suspect:
    """A row of the table.

    Attributes:
        kind: Its name.
        rule: Rule that must find it.
        follows: Rules that may speak of what follows from it.
        beside: What it is doubtful beside: another ``unit``, all ``peers``, ``itself``, the report ``before``, the one
            before of the ``year``, the unit's ``history``.
    """

    kind: str
    rule: str
    follows: frozenset[str]
    beside: str

    @property
    def copied(self) -> bool:
        """True where something of another unit is taken."""
        return self.beside == "unit"

    def suits(self, period: Period, history: int) -> bool:
        """True where it can show, beside so many earlier reports."""
        needed = {"before": 1, "year": 1, "history": int(limits()["history_periods"])}.get(self.beside, 0)
        within = self.beside != "year" or periods.previous(period).year == period.year
        return history >= needed and within


@cache
def all_suspects() -> tuple[Suspect, ...]:
    """Every kind, in the table's order."""
    return tuple(
        Suspect(r["kind"], r["rule"], frozenset(r["follows"].split()), r["beside"]) for r in rows("sample_suspects")
    )


def report(kind: str, seed: int, unit: Unit, period: Period, other: Unit) -> Report:
    """Figures and text of a commune's doubtful report.

    Args:
        kind: Of the table.
        seed: Of the city.
        unit: Who sends it.
        period: What it is said to be of.
        other: Whose figures or words a copy takes.
    """
    own = figures(seed, unit, period)
    words = narrative(seed, unit, period, own)
    match kind:
        case "copied_forward":
            before = periods.previous(period)
            old = figures(seed, unit, before)
            carried = form(unit.form, period.kind).codes
            return {code: old[code] for code in old if code in carried}, narrative(seed, unit, before, old)
        case "copied_from_unit":
            return figures(seed, other, period), words
        case "copied_words":
            return own, _renamed(narrative(seed, other, period, figures(seed, other, period)), other, unit)
        case "all_hundred":
            return _all_hundred(unit, period, own), words
        case "moving_denominator":
            return own | {"4.2.1": number(own, "4.2.2") + number(own, "4.2.1") // 2 * 3}, words
        case "jump":
            return own | {"1.6.2b": number(own, "1.6.2b") * _TIMES + 100}, words
    return _late(own), words


def _renamed(words: dict[str, str], other: Unit, unit: Unit) -> dict[str, str]:
    """As copies are made: the name is changed, the rest stays."""
    return {section: told.replace(body(other), body(unit)) for section, told in words.items()}


def _all_hundred(unit: Unit, period: Period, own: dict[str, Figure]) -> dict[str, Figure]:
    """Every part becomes its whole; sums are kept by moving what is left over into the part."""
    full = _moved(_moved(_moved(own, "1.3.3", "1.3.2"), "1.3.5", "1.3.2"), "3.4.8", "3.4.7")
    full = _moved(full, "3.4.3", "3.4.2") | {"3.4.13a": Decimal(0)}
    for row in form(unit.form, period.kind).rows:
        top, bottom = row.indicator.numerator, row.indicator.denominator
        if row.indicator.kind == "ratio" and not row.indicator.computed:
            full |= {row.indicator.code: _HUNDRED}
        elif len(top) == 1 and top[0].code not in {term.code for term in bottom}:
            full |= {top[0].code: sum((number(full, term.code) for term in bottom), Decimal(0))}
    return full | {"7.3.4": full["3.4.2"]}


def _late(own: dict[str, Figure]) -> dict[str, Figure]:
    """Half of what was settled in time is settled late."""
    half = number(own, "3.4.7") // 2 + number(own, "3.4.6") // 2
    first = min(half, number(own, "3.4.7"))
    moved = {"3.4.7": number(own, "3.4.7") - first, "3.4.6": number(own, "3.4.6") - (half - first)}
    return own | moved | {"3.4.8": number(own, "3.4.8") + half}


def _moved(own: dict[str, Figure], source: str, target: str) -> dict[str, Figure]:
    return own | {target: number(own, target) + number(own, source), source: Decimal(0)}
