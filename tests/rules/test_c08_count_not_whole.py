"""What is counted comes in whole numbers; money and percentages need not."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "written_with_zeros": with_values(CLEAN, {"1.1.4": "12.00"}),
    "amount": with_values(CLEAN, {"6.1.1": "1234.56"}),
    "percent": with_values(CLEAN, {"1.4.3": "98.75"}),
    "half": with_values(CLEAN, {"1.1.4": "12.5"}),
    "thousands_dot_lost": with_values(CLEAN, {"3.4.13a": "1.234"}),
    "missing": without(CLEAN, "1.1.4"),
}


@pytest.mark.parametrize("case", ["clean", "written_with_zeros", "amount", "percent"])
def test_holds_for_whole_counts_and_for_what_is_no_count(found, case):
    assert found(case) == []


@pytest.mark.parametrize(
    ("case", "code", "value"), [("half", "1.1.4", "12,5"), ("thousands_dot_lost", "3.4.13a", "1,234")]
)
def test_a_broken_count_is_found(found, case, code, value):
    assert found(case) == [fault("critical", CLEAN, code, value, "Số nguyên")]


def test_says_nothing_of_a_missing_figure(found):
    assert found("missing") == []
