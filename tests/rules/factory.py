"""Readings that hold every rule, to be spoilt in one place at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from cchc.catalogue.forms import Form, FormRow, form
from cchc.catalogue.indicators import Term
from cchc.model.finding import Finding
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Issue, Reading

UNITS = {"commune": "10993", "department": "31-SNV", "authority": "31"}
BY_KIND = {"count": "10", "amount": "1000.5", "ratio": "92.5", "flag": "1", "score": "5"}
# What identities and maxima ask for; every other figure takes the one of its kind.
FIGURES = {
    "1.3.1": 20, "1.3.2": 12, "1.3.3": 3, "1.3.4": 4, "1.3.5": 1,
    "2.1.1": 1, "2.1.2": 2, "2.1.3": 3,
    "3.1.1": 1828, "3.1.2a": 1500, "3.1.2b": 328, "3.1.2c": 0,
    "3.4.1": 100, "3.4.2": 60, "3.4.3": 30, "3.4.4": 10,
    "3.4.5": 80, "3.4.6": 50, "3.4.7": 25, "3.4.8": 5, "3.4.9": 20, "3.4.10": 14, "3.4.11": 6,
    "5.2.1": 6, "5.2.1a": 1, "5.2.1b": 2, "5.2.1c": 3,
    "6.3.1": 12, "6.3.2": 1, "6.3.3": 2, "6.3.4": 6, "6.3.4a": 1, "6.3.4b": 2, "6.3.4c": 3, "6.3.5": 3,
    "7.3.4": 60,
    "7.8.1": 93, "7.8.1a": 17, "7.8.1b": 19, "7.8.1c": 20, "7.8.1d": 21, "7.8.1e": 16,
}  # fmt: skip


class Fault(NamedTuple):
    """What a test says of a finding; the words around it are the register's."""

    severity: str
    sheet: str
    cell: str
    indicator: str
    found: str
    expected: str


def clean_reading(form_id: str = "commune", period: str = "2026-Q3") -> Reading:
    """A file that gives no cause for any finding, every figure above zero where that can be."""
    asked = form(form_id, period.split("-")[1])
    seen = tuple(_observation(asked, row, line) for line, row in enumerate(asked.rows, start=8))
    digest = hashlib.sha256(f"{form_id}{period}".encode()).hexdigest()
    return Reading(digest, True, UNITS[form_id], "Đơn vị", period, form_id, asked.version, seen)


def with_values(reading: Reading, values: Mapping[str, int | str | Decimal]) -> Reading:
    """The same file with other figures in some cells."""
    return _changed(reading, {code: _reported(Decimal(value)) for code, value in values.items()})


def without(reading: Reading, *codes: str) -> Reading:
    """The same file with some cells left empty."""
    empty = {"value": None, "state": ValueState.MISSING, "raw": "", "read_as": "empty"}
    return _changed(reading, dict.fromkeys(codes, empty))


def saying_nothing_arose(reading: Reading, *codes: str) -> Reading:
    """The same file with "Không phát sinh" in some cells of counts."""
    said = {"value": Decimal(0), "state": ValueState.CONFIRMED_ZERO, "raw": "Không phát sinh", "read_as": "words"}
    return _changed(reading, dict.fromkeys(codes, said))


def with_issue(reading: Reading, kind: str, **fields: str) -> Reading:
    """The same file with one more remark of the reader."""
    return replace(reading, issues=(*reading.issues, Issue(kind, **fields)))


def unreadable(kind: str, **fields: str) -> Reading:
    """A file that could not be opened."""
    return Reading(hashlib.sha256(kind.encode()).hexdigest(), False, issues=(Issue(kind, **fields),))


def place(reading: Reading, code: str) -> tuple[str, str]:
    """Sheet and cell of a figure."""
    return next((seen.sheet, seen.cell) for seen in reading.observations if seen.indicator == code)


def fault(
    severity: str, reading: Reading, code: str, found: str, expected: str, *, at: tuple[str, str] | None = None
) -> Fault:
    """The finding that should fall on the cell of a figure."""
    return Fault(severity, *(at or place(reading, code)), code, found, expected)


def seen_in(finding: Finding) -> Fault:
    """The part of a finding that tests compare."""
    return Fault(
        finding.severity.value, finding.sheet, finding.cell, finding.indicator, finding.found, finding.expected
    )


def _observation(asked: Form, row: FormRow, line: int) -> Observation:
    indicator = row.indicator
    value = _ratio(row) if indicator.computed else Decimal(FIGURES.get(indicator.code, BY_KIND[indicator.kind]))
    sheet = asked.sheets[indicator.area]
    return Observation(
        indicator.code, value, ValueState.REPORTED, sheet, f"E{line}", str(value), "number", indicator.computed
    )


def _ratio(row: FormRow) -> Decimal:
    top, bottom = (_sum(part) for part in (row.indicator.numerator, row.indicator.denominator))
    return round(100 * top / bottom, 2)


def _sum(operands: tuple[Term, ...]) -> Decimal:
    from cchc.catalogue.indicators import by_code

    return sum(
        (t.sign * Decimal(FIGURES.get(t.code, BY_KIND[by_code()[t.code].kind])) for t in operands), start=Decimal(0)
    )


def _reported(value: Decimal) -> dict[str, object]:
    return {"value": value, "state": ValueState.REPORTED, "raw": str(value), "read_as": "number"}


def _changed(reading: Reading, changes: Mapping[str, Mapping[str, object]]) -> Reading:
    codes = {seen.indicator for seen in reading.observations}
    assert set(changes) <= codes, f"not in this form: {set(changes) - codes}"
    seen = tuple(replace(o, **changes[o.indicator]) if o.indicator in changes else o for o in reading.observations)
    return replace(reading, observations=seen)
