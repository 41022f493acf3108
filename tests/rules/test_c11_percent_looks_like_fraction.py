"""A percentage of 1 or less is probably a fraction: 0.985 written for 98.5."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "zero": with_values(CLEAN, {"1.4.3": 0}),
    "low": with_values(CLEAN, {"1.4.3": "1.01"}),
    "fraction": with_values(CLEAN, {"1.4.3": "0.985", "3.6.1": 1}),
    "missing": without(CLEAN, "1.4.3"),
}


@pytest.mark.parametrize("case", ["clean", "zero", "low"])
def test_holds_above_one_and_at_zero(found, case):
    assert found(case) == []


def test_a_fraction_is_found(found):
    expected = "Lớn hơn 1, hoặc đúng bằng 0"
    assert found("fraction") == [
        fault("warning", CLEAN, "1.4.3", "0,985", expected),
        fault("warning", CLEAN, "3.6.1", "1", expected),
    ]


def test_says_nothing_of_a_missing_figure(found):
    assert found("missing") == []
