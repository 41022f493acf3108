"""How the content of a figure cell is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cchc.catalogue.tables import rows
from cchc.model.observation import ValueState
from cchc.parse import values
from cchc.parse.issue_kinds import Kind


@pytest.mark.parametrize(
    ("cell", "kind", "value", "read_as"),
    [
        (12.0, "count", "12", "number"),
        (98.5, "ratio", "98.5", "number"),
        (0.1 + 0.2, "amount", "0.3", "number_trimmed"),
        (1234567890123.0, "count", "1234567890123", "number"),
        (-3.0, "count", "-3", "number"),
        ("1.234", "count", "1234", "text_vn"),
        ("1.234.567", "count", "1234567", "text_vn"),
        ("1 234", "count", "1234", "text_vn"),
        ("1\u00a0234", "count", "1234", "text_vn"),
        ("1.234,5", "amount", "1234.5", "text_vn"),
        ("1234,5", "amount", "1234.5", "text_vn"),
        ("98,5", "ratio", "98.5", "text_vn"),
        ("98,5%", "ratio", "98.5", "text_percent"),
        ("98,5 %", "ratio", "98.5", "text_percent"),
        ("98.5", "ratio", "98.5", "text_point"),
        ("0.985", "ratio", "0.985", "text_point"),
        ("05", "count", "5", "text_plain"),
        ("-3", "count", "-3", "text_plain"),
        ("1,234,567", "count", "1234567", "text_en"),
        ("1,234.5", "amount", "1234.5", "text_en"),
        (" 7 ", "count", "7", "text_plain"),
    ],
)
def test_numbers(cell, kind: str, value: str, read_as: str):
    seen = values.read(cell, kind)
    assert (seen.value, seen.state, seen.read_as, seen.trouble) == (
        Decimal(value),
        ValueState.REPORTED,
        read_as,
        None,
    )


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("1,234", "count"), ("12,345", "amount"), ("1.234", "ratio"), ("1.234", "score")],
)
def test_what_can_be_read_in_two_ways_is_not_guessed(cell: str, kind: str):
    seen = values.read(cell, kind)
    assert (seen.value, seen.state, seen.trouble) == (None, ValueState.MISSING, Kind.AMBIGUOUS_NUMBER)


@pytest.mark.parametrize(
    "cell",
    [
        "12 văn bản",
        "≈ 120",
        "> 95%",
        "15/15",
        "1.2.3",
        "1,23,456",
        "98,5%",
        "1.234.56",
        "٣",
        "²",
        True,
        date(2026, 1, 1),
    ],
)
def test_what_is_no_number_is_said_to_be_none(cell):
    seen = values.read(cell, "count")
    assert (seen.value, seen.state, seen.trouble) == (None, ValueState.MISSING, Kind.TEXT_IN_NUMBER)
    assert seen.raw


@pytest.mark.parametrize("cell", ["Không phát sinh", "không phát sinh.", "KHÔNG PHÁT SINH", "KPS", "kps", "Không có"])
def test_nothing_arose_is_zero_for_counts_and_no_value_for_ratios(cell: str):
    count, ratio = values.read(cell, "count"), values.read(cell, "ratio")
    assert (count.value, count.state, count.read_as) == (Decimal(0), ValueState.CONFIRMED_ZERO, "nothing_arose")
    assert (ratio.value, ratio.state) == (None, ValueState.CONFIRMED_ZERO)


@pytest.mark.parametrize("cell", ["", "  ", "-", "–", "…", "...", "/", "x", "X"])
def test_marks_for_nothing_are_missing_not_zero(cell: str):
    seen = values.read(cell, "count")
    assert (seen.value, seen.state, seen.trouble) == (None, ValueState.MISSING, None)


def test_decomposed_unicode_is_the_same_words():
    assert values.read("Kho\u0302ng pha\u0301t sinh", "count").state is ValueState.CONFIRMED_ZERO


def test_every_way_of_reading_is_described():
    described = {row["key"] for row in rows("reading_modes")}
    used = {
        values.read(cell, kind).read_as
        for cell in (1.0, 0.1 + 0.2, "1", "1.000", "1.5", "1,000.5", "5%", "kps", "-", "")
        for kind in ("count", "ratio")
    }
    assert used <= described and "percent_format" in described and "no_cell" in described
