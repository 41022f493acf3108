"""A ratio claimed in the form is the one that follows from its parts, to 0.05 percentage point."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()  # 3.4.12 = 100 (50 + 25) / 80 = 93.75
DONE = clean_reading("department")
CASES = {
    "clean": CLEAN,
    "at_the_tolerance": with_values(CLEAN, {"3.4.12": "93.80"}),
    "beyond_it": with_values(CLEAN, {"3.4.12": "93.81"}),
    "below_it": with_values(CLEAN, {"3.4.12": "93.69"}),
    "a_fraction": with_values(CLEAN, {"3.4.12": "0.9375"}),
    "thirds": with_values(CLEAN, {"7.2.1": 3, "7.2.2": 2, "7.2.3": "66.67"}),
    "department": with_values(DONE, {"1.3.6": 100}),
    "not_claimed": without(CLEAN, "3.4.12"),
    "part_missing": without(with_values(CLEAN, {"3.4.12": 1}), "3.4.6"),
    "whole_missing": without(with_values(CLEAN, {"3.4.12": 1}), "3.4.5"),
}
EXPECTED = "93,75% (sai số cho phép 0,05 điểm phần trăm)"


@pytest.mark.parametrize("case", ["clean", "at_the_tolerance", "thirds"])
def test_rounding_is_tolerated(found, case):
    assert found(case) == []


@pytest.mark.parametrize(("case", "claim"), [("beyond_it", "93,81"), ("below_it", "93,69"), ("a_fraction", "0,94")])
def test_another_ratio_is_found(found, case, claim):
    assert found(case) == [fault("warning", CLEAN, "3.4.12", claim, EXPECTED)]


def test_every_ratio_of_every_form_is_recomputed(found):
    expected = "75% (sai số cho phép 0,05 điểm phần trăm)"  # 12 / (12 + 3 + 1)
    assert found("department") == [fault("warning", DONE, "1.3.6", "100", expected)]


@pytest.mark.parametrize("case", ["not_claimed", "part_missing", "whole_missing"])
def test_says_nothing_without_a_claim_or_its_parts(found, case):
    assert found(case) == []
