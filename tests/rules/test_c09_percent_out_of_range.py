"""A percentage that is typed in is at most 100."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "hundred": with_values(CLEAN, {"1.4.3": 100, "3.6.1": 0}),
    "beyond": with_values(CLEAN, {"1.4.3": "100.1", "3.6.1": 985}),
    "computed": with_values(CLEAN, {"6.1.3": 120}),
    "missing": without(CLEAN, "1.4.3"),
}


@pytest.mark.parametrize("case", ["clean", "hundred", "computed"])
def test_holds_up_to_a_hundred_and_for_what_the_form_computes(found, case):
    assert found(case) == []


def test_more_than_a_hundred_is_found(found):
    assert found("beyond") == [
        fault("critical", CLEAN, "1.4.3", "100,1", "Từ 0 đến 100"),
        fault("critical", CLEAN, "3.6.1", "985", "Từ 0 đến 100"),
    ]


def test_says_nothing_of_a_missing_figure(found):
    assert found("missing") == []
