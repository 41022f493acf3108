"""Figures beside targets and beside the period before."""

from decimal import Decimal

import pytest

from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.model.consolidation import Total
from cchc.report.targets import comparable, compare, target_text


def _total(code, value):
    return Total(code, None if value is None else Decimal(value), "", None, None, {}, 1, 1)


def _target(op, value, level="tỉnh"):
    return Target("3.6.1", op, Decimal(value), "", level)


@pytest.mark.parametrize(
    ("value", "op", "reached"),
    [("90", ">=", True), ("89.999", ">=", False), ("100", ">", False), ("100.01", ">", True), (None, ">=", None)],
)
def test_a_target_is_reached_to_the_last_digit(value, op, reached):
    assert compare(_total("3.6.1", value), _target(op, "90" if op == ">=" else "100"), "period") is reached


def test_no_target_no_judgement():
    assert compare(_total("3.6.1", "95"), None, "cumulative") is None


def test_a_province_is_not_held_against_the_target_of_a_commune():
    assert compare(_total("3.6.1", "12"), _target(">=", "90", level="xã"), "cumulative") is None


def test_a_quarter_alone_is_not_held_against_the_targets_of_a_year():
    inspected = _total("1.2.3", "12")
    assert compare(inspected, _target(">=", "30"), "period") is None
    assert compare(inspected, _target(">=", "30"), "cumulative") is False


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("3.4.12", True),
        ("1.1.3", False),
        ("6.1.3", False),
        ("1.3.6", True),
        ("4.2.1", True),
        ("3.4.1", False),
        ("1.4.3", True),
    ],
)
def test_windows_of_different_length(code, expected):
    assert comparable(by_code()[code]) is expected


def test_targets_as_people_write_them():
    assert [target_text(_target(op, "98.5")) for op in (">=", ">")] == ["≥ 98,5", "> 98,5"]
