"""No figure is below zero."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "zero": with_values(CLEAN, {"1.1.4": 0}),
    "count": with_values(CLEAN, {"1.1.4": -1234}),
    "amount": with_values(CLEAN, {"6.1.1": "-0.5"}),
    "percent": with_values(CLEAN, {"1.4.3": "-92.5"}),
    "computed": with_values(CLEAN, {"1.1.3": -1}),
    "missing": without(CLEAN, "1.1.4"),
}


@pytest.mark.parametrize("case", ["clean", "zero", "computed"])
def test_holds_from_zero_upwards_and_for_what_nobody_typed(found, case):
    assert found(case) == []


@pytest.mark.parametrize(
    ("case", "code", "value"),
    [("count", "1.1.4", "-1.234"), ("amount", "6.1.1", "-0,5"), ("percent", "1.4.3", "-92,5")],
)
def test_a_figure_below_zero_is_found(found, case, code, value):
    assert found(case) == [fault("critical", CLEAN, code, value, "Số từ 0 trở lên")]


def test_says_nothing_of_a_missing_figure(found):
    assert found("missing") == []
