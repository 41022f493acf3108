"""1.5.1 says 1 where 1.5.2 counts dialogues, else 0."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "neither": with_values(CLEAN, {"1.5.1": 0, "1.5.2": 0}),
    "held_but_denied": with_values(CLEAN, {"1.5.1": 0}),
    "claimed_but_none": with_values(CLEAN, {"1.5.2": 0}),
    "flag_missing": without(CLEAN, "1.5.1"),
    "count_missing": without(with_values(CLEAN, {"1.5.1": 0}), "1.5.2"),
}


def test_holds_where_both_agree(found):
    assert found("clean") == found("neither") == []


@pytest.mark.parametrize(("case", "flag"), [("held_but_denied", "0"), ("claimed_but_none", "1")])
def test_a_contradiction_is_found(found, case, flag):
    assert found(case) == [fault("warning", CLEAN, "1.5.1", flag, "1 khi 1.5.2 lớn hơn 0, ngược lại 0")]


def test_says_nothing_where_either_is_missing(found):
    assert found("flag_missing") == found("count_missing") == []
