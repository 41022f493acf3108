"""What a figure cell says: a value, nothing arose, nothing at all, or something that is no number."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import cache
from typing import Any

from cchc.catalogue.tables import rows
from cchc.model.observation import ValueState
from cchc.parse import measures, numbers, phrases
from cchc.parse.issue_kinds import Kind
from cchc.parse.numbers import Number
from cchc.parse.words import clean, fold

_SIGNIFICANT = 12
_LARGEST, _SMALLEST = Decimal(10) ** 15, Decimal(10) ** -9
_MOST_DONG = Decimal(10) ** 15
"""A million tỷ: about what the whole State spends in a year. More is đồng written where triệu đồng is asked."""
_MOST_PLACES = 22
"""Decimals that 12 significant digits of the smallest figure can have."""
_ZERO_KINDS = ("count", "amount")
_ANY = fold(" nào")
_OWN_UNIT = frozenset({"text_unit", "text_unit_note", "text_money", "text_percent", "fraction"})
"""Ways of reading where the cell names its unit itself, whatever the column says."""
_BARE = frozenset({"number", "number_trimmed", "text_plain", "text_vn", "text_point", "text_wide", "text_note"})
"""Ways of reading a number without its sign of percent."""


@dataclass(frozen=True, slots=True)
class Value:
    """A cell as it was read; fields as in :class:`cchc.model.observation.Observation`.

    Attributes:
        trouble: Why it could not be read, or, beside a value, what was taken for granted; None where nothing.
        expected: What could stand there instead, for the remark.
    """

    value: Decimal | None
    state: ValueState
    raw: str
    read_as: str
    trouble: Kind | None = None
    expected: str = ""


EMPTY = Value(None, ValueState.MISSING, "", "empty")


def read(cell: Any, kind: str, *, uom: str = "", code: str = "", stated_unit: str = "", sheet_unit: str = "") -> Value:
    """Read a cell for an indicator of that kind; the cell's own type decides.

    Args:
        cell: As the workbook holds it.
        kind: Of the indicator.
        uom: The catalogue's unit of measure.
        code: Of the indicator; a flag has answers of its own.
        stated_unit: What the row's column Đơn vị tính says, or empty.
        sheet_unit: What stands above the table (``Đơn vị tính: triệu đồng``), or empty.
    """
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return unread(_words(cell), Kind.DATE_IN_NUMBER if isinstance(cell, date) else Kind.TEXT_IN_NUMBER)
    value = _text(clean(cell), kind, uom, code) if isinstance(cell, str) else _number(cell)
    if value.value is None:
        return value
    if not _plausible(value.value):
        return unread(value.raw, Kind.NUMBER_OUT_OF_RANGE)
    stated = (stated_unit or sheet_unit) and value.state is ValueState.REPORTED and value.read_as not in _OWN_UNIT
    value = _in_stated_unit(value, kind, uom, stated_unit, sheet_unit) if stated else value
    too_much = value.value is not None and kind == "amount" and abs(value.value) * _dong(uom) >= _MOST_DONG
    return unread(value.raw, Kind.NUMBER_OUT_OF_RANGE) if too_much else value


def as_shown(value: Value, kind: str, uom: str, percent: bool) -> Value:
    """A number as its cell shows it: 0.985 in a cell of percentages is 98,5%; as a bare number it may be 0,985% too.

    Args:
        value: Of the number that the cell holds.
        kind: Of the indicator.
        uom: The catalogue's unit of measure.
        percent: True where the cell shows its number as a percentage.
    """
    if value.value is None:
        return value
    if not percent:
        return in_doubt(value, kind)
    hundredfold = (value.value * 100).normalize()
    raw = f"{_shown(hundredfold)}%"
    if kind != "ratio":
        return replace(unread(raw, Kind.OTHER_UNIT), expected=uom)
    return replace(value, value=hundredfold, raw=raw, read_as="percent_format")


def in_doubt(value: Value, kind: str, decimal_point: bool = False) -> Value:
    """The question that a number raises, where what its cell alone says can be meant in two ways.

    A share of 1 or less, without its sign, is 0,985% or a fraction of one. ``12.345`` of money is twelve and a bit in
    a file that writes its decimals behind a point.
    """
    if value.value is None:
        return value
    bare = kind == "ratio" and value.read_as in _BARE and 0 < value.value <= 1
    if bare or kind == "amount" and decimal_point and numbers.has_doubtful_point(value.raw):
        return unread(value.raw, Kind.AMBIGUOUS_NUMBER)
    return value


def _number(cell: float) -> Value:
    if not math.isfinite(cell):
        return unread(str(cell), Kind.TEXT_IN_NUMBER)
    exact = Decimal(int(cell)) if float(cell).is_integer() else Decimal(repr(cell))
    with localcontext(prec=_SIGNIFICANT):
        trimmed = exact if exact == exact.to_integral_value() else (+exact).normalize()
    return Value(trimmed, ValueState.REPORTED, _shown(exact), "number" if trimmed == exact else "number_trimmed")


def _text(text: str, kind: str, uom: str, code: str) -> Value:
    if not text:
        return EMPTY
    answer = _answers().get((code, _folded(text.partition("(")[0]))) if kind == "flag" else None
    if answer is not None:
        return Value(answer, ValueState.REPORTED, text, "answer_word")
    if _is_mark(text):
        return Value(None, ValueState.MISSING, text, "dash")
    if _says_nothing_arose(text):
        return _nothing(text, kind, "nothing_arose")
    plain = numbers.tidy(text)
    found = numbers.read(plain, kind) or phrases.read(plain, kind, uom, code)
    if found is None:
        return unread(text, Kind.TEXT_IN_NUMBER)
    return _found(text, kind, found)


def _found(text: str, kind: str, found: Number) -> Value:
    if found.value is not None:
        return Value(found.value, ValueState.REPORTED, text, found.read_as, found.trouble, found.expected)
    if found.trouble is None:
        return _nothing(text, kind, found.read_as)
    return replace(unread(text, found.trouble), expected=found.expected)


def _nothing(text: str, kind: str, read_as: str) -> Value:
    return Value(Decimal(0) if kind in _ZERO_KINDS else None, ValueState.CONFIRMED_ZERO, text, read_as)


def _in_stated_unit(value: Value, kind: str, uom: str, row: str, sheet: str) -> Value:
    """The figure in the catalogue's unit, where the file plainly states another; a question where it does not.

    The row's own unit goes before the one above the table. Where the two are both money and differ from each other,
    each gives another figure: neither is taken.
    """
    assert value.value is not None
    stated = row or sheet
    if row and sheet and kind == "amount" and value.value and measures.dong_in(uom):
        ways = [_converted(value.value, unit, uom) for unit in (row, sheet)]
        if None not in ways and ways[0] != ways[1]:
            both = ", ".join(
                f"{_shown(way)} {uom} ({unit})" for way, unit in zip(ways, (row, sheet), strict=True) if way
            )
            return _question(value, sheet, both)
    if kind != "amount" and not row:
        return value  # what stands above the table speaks of money alone
    match measures.differs(stated, uom):
        case Kind.AMOUNT_CONVERTED if value.value:
            new = measures.converted(value.value, stated, uom)
            raw = f"{value.raw} {stated}"
            return Value(new, value.state, raw, "unit_converted", Kind.AMOUNT_CONVERTED, f"{_shown(new)} {uom}")
        case Kind.STATED_UNIT_DIFFERS:
            return _question(value, stated, uom)
        case Kind.STATED_UNIT_UNKNOWN:
            found = f"{value.raw} {stated}"
            return replace(value, raw=found, read_as="unit_ignored", trouble=Kind.STATED_UNIT_UNKNOWN, expected=uom)
    return value


def _converted(value: Decimal, stated: str, uom: str) -> Decimal | None:
    kind = measures.differs(stated, uom)
    if kind is Kind.AMOUNT_CONVERTED:
        return measures.converted(value, stated, uom)
    return value if kind is None else None


def _question(value: Value, stated: str, expected: str) -> Value:
    return replace(unread(f"{value.raw} {stated}", Kind.STATED_UNIT_DIFFERS), expected=expected)


@cache
def _dong(uom: str) -> Decimal:
    return measures.dong_in(uom) or Decimal(0)


def _plausible(value: Decimal) -> bool:
    """False for what no office counts or pays; sums and ratios of plausible figures stay exact."""
    exponent = value.as_tuple().exponent
    return value == 0 or (
        _SMALLEST <= abs(value) < _LARGEST and isinstance(exponent, int) and exponent >= -_MOST_PLACES
    )


def unread(raw: str, trouble: Kind) -> Value:
    """A cell whose content is no figure, and why."""
    return Value(None, ValueState.MISSING, raw, "not_read", trouble)


def _words(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def _shown(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _folded(text: str) -> str:
    return fold(text).strip(" .,;:-–()")


def _is_mark(text: str) -> bool:
    """A mark for "no figure", however often it is repeated, or words for it."""
    words, signs = _marks()
    return _folded(text) in words or set(text.casefold()) <= signs


def _says_nothing_arose(text: str) -> bool:
    """``Không phát sinh``, ``Không có hồ sơ``: the words, alone or before a unit of measure."""
    words = _folded(text)
    if words in _nothing_words():
        return True
    rests = (words.removeprefix(start) for start in _nothing_words() if words.startswith(f"{start} "))
    return any(measures.units(rest.strip().removesuffix(_ANY)) for rest in rests)


@cache
def _nothing_words() -> frozenset[str]:
    return frozenset(_folded(row["word"]) for row in rows("nothing_arose"))


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    """Words, and single characters."""
    marks = [row["mark"] for row in rows("missing_marks")]
    words = frozenset(_folded(mark) for mark in marks if len(mark) > 1) - {""}
    return words, frozenset({mark for mark in marks if len(mark) == 1} | {" "})


@cache
def _answers() -> dict[tuple[str, str], Decimal]:
    return {(row["code"], _folded(row["word"])): Decimal(row["answer"]) for row in rows("answer_words")}
