"""How each figure of the sample comes about, as data.

Source: ``sample_figures.csv``. ``fold`` says how a window follows from its quarters: ``sum`` of them, the ``last``,
the ``opening`` (the quarter before the first), or ``window`` (a formula over figures of the window). ``recipe`` says
what a quarter holds: ``rate`` (an amount that grows with the unit), ``share`` (percent of an expression), ``sum`` (an
expression; ``<code`` is the quarter before), ``fixed``, ``percent``, ``choice`` and ``positive`` (1 where the
expression is).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from cchc.catalogue.indicators import by_code
from cchc.catalogue.tables import rows

_TERM = re.compile(r"([+-]?)(<?)([^+<-]+)")
_QUANTUM = {"amount": Decimal("0.1"), "ratio": Decimal("0.1"), "score": Decimal("0.01")}

_FORMS = ("commune", "department", "authority", "district")
"""A district's figures are those of a commune, at its size."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A term of an expression; ``lag`` is 1 for the quarter before."""

    sign: int
    lag: int
    code: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One row of the table.

    Attributes:
        code: Of the catalogue, or a name of the sample's own.
        fold: How a window follows from its quarters.
        method: What a quarter holds.
        operands: Of the expression.
        size: By form: the amount, the percentage, or the choices.
        spread: Percent (for shares: percentage points) that chance adds or takes away.
        quantum: The smallest step of the figure.
    """

    code: str
    fold: str
    method: str
    operands: tuple[Operand, ...]
    size: dict[str, str]
    spread: Decimal
    quantum: Decimal


@cache
def recipes() -> dict[str, Recipe]:
    """Every recipe by code."""
    return {row["code"]: _recipe(row) for row in rows("sample_figures")}


@cache
def size_range(kind: str) -> tuple[Decimal, Decimal]:
    """Smallest and largest relative size of units of a kind."""
    row = next(r for r in rows("sample_sizes") if r["kind"] == kind)
    return Decimal(row["smallest"]), Decimal(row["largest"])


def _recipe(row: dict[str, str]) -> Recipe:
    indicator = by_code().get(row["code"])
    return Recipe(
        code=row["code"],
        fold=row["fold"],
        method=row["recipe"],
        operands=tuple(
            Operand(-1 if sign == "-" else 1, len(lag), code) for sign, lag, code in _TERM.findall(row["expression"])
        ),
        size={form: row["commune" if form == "district" else form] for form in _FORMS},
        spread=Decimal(row["spread"] or 0),
        quantum=_QUANTUM.get(indicator.kind, Decimal(1)) if indicator else Decimal(1),
    )
