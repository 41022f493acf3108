"""What a figure cell says: a value, nothing arose, nothing at all, or something that is no number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from functools import cache
from typing import Any

from cchc.catalogue.tables import rows
from cchc.model.observation import ValueState
from cchc.parse import numbers
from cchc.parse.issue_kinds import Kind
from cchc.parse.words import clean, fold

_SIGNIFICANT = 12
_LARGEST, _SMALLEST = Decimal(10) ** 15, Decimal(10) ** -9
_MOST_PLACES = 22
"""Decimals that 12 significant digits of the smallest figure can have."""
_ZERO_KINDS = ("count", "amount")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell as it was read; fields as in :class:`cchc.model.observation.Observation`.

    Attributes:
        trouble: Why it could not be read, or None.
    """

    value: Decimal | None
    state: ValueState
    raw: str
    read_as: str
    trouble: Kind | None = None


EMPTY = Value(None, ValueState.MISSING, "", "empty")


def read(cell: Any, kind: str) -> Value:
    """Read a cell for an indicator of that kind; the cell's own type decides."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return _unread(_words(cell), Kind.TEXT_IN_NUMBER)
    value = _text(clean(cell), kind) if isinstance(cell, str) else _number(cell)
    return value if value.value is None or _plausible(value.value) else _unread(value.raw, Kind.NUMBER_OUT_OF_RANGE)


def as_percentage(value: Value) -> Value:
    """The value of a cell that shows 98,5% and holds 0.985."""
    assert value.value is not None
    hundredfold = (value.value * 100).normalize()
    return Value(hundredfold, value.state, f"{_shown(hundredfold)}%", "percent_format")


def _number(cell: float) -> Value:
    if not math.isfinite(cell):
        return _unread(str(cell), Kind.TEXT_IN_NUMBER)
    exact = Decimal(int(cell)) if float(cell).is_integer() else Decimal(repr(cell))
    with localcontext(prec=_SIGNIFICANT):
        trimmed = exact if exact == exact.to_integral_value() else (+exact).normalize()
    return Value(trimmed, ValueState.REPORTED, _shown(exact), "number" if trimmed == exact else "number_trimmed")


def _text(text: str, kind: str) -> Value:
    if not text:
        return EMPTY
    if text.casefold() in _marks():
        return Value(None, ValueState.MISSING, text, "dash")
    if fold(text).rstrip(".") in _nothing():
        zero = Decimal(0) if kind in _ZERO_KINDS else None
        return Value(zero, ValueState.CONFIRMED_ZERO, text, "nothing_arose")
    found = numbers.read(text, kind)
    if found is None:
        return _unread(text, Kind.TEXT_IN_NUMBER)
    if found.value is None:
        return _unread(text, Kind.AMBIGUOUS_NUMBER)
    return Value(found.value, ValueState.REPORTED, text, found.read_as)


def _plausible(value: Decimal) -> bool:
    """False for what no office counts or pays; sums and ratios of plausible figures stay exact."""
    exponent = value.as_tuple().exponent
    return value == 0 or (
        _SMALLEST <= abs(value) < _LARGEST and isinstance(exponent, int) and exponent >= -_MOST_PLACES
    )


def _unread(raw: str, trouble: Kind) -> Value:
    return Value(None, ValueState.MISSING, raw, "not_read", trouble)


def _words(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def _shown(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


@cache
def _nothing() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in rows("nothing_arose"))


@cache
def _marks() -> frozenset[str]:
    return frozenset(row["mark"] for row in rows("missing_marks"))
