"""Satisfaction is weighted by valid ballots: with none it counts for nothing."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
NO_BALLOTS = with_values(CLEAN, {"1.4.1b": 0})
CASES = {
    "clean": CLEAN,
    "one_ballot": with_values(CLEAN, {"1.4.1b": 1}),
    "none": NO_BALLOTS,
    "none_and_none_satisfied": with_values(NO_BALLOTS, {"1.4.3": 0, "3.6.1": 0}),
    "none_and_not_asked": without(NO_BALLOTS, "1.4.3", "3.6.1"),
    "ballots_missing": without(CLEAN, "1.4.1b"),
}


@pytest.mark.parametrize("case", ["clean", "one_ballot", "none_and_none_satisfied"])
def test_holds_with_ballots_or_without_satisfaction(found, case):
    assert found(case) == []


def test_satisfaction_of_nobody_is_found(found):
    assert found("none") == [fault("warning", CLEAN, code, "92,5", "1.4.1b lớn hơn 0") for code in ("1.4.3", "3.6.1")]


@pytest.mark.parametrize("case", ["none_and_not_asked", "ballots_missing"])
def test_says_nothing_where_either_is_missing(found, case):
    assert found(case) == []
