"""Where nothing arose there is no ratio: neither 0 % nor 100 %."""

import pytest

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_values, without

CLEAN = clean_reading()
NOTHING = with_values(CLEAN, {"7.2.1": 0, "7.2.2": 0})
CASES = {
    "clean": CLEAN,
    "left_empty": without(NOTHING, "7.2.3"),
    "hundred": with_values(NOTHING, {"7.2.3": 100}),
    "zero": with_values(NOTHING, {"7.2.3": 0}),
    "said_in_words": with_values(saying_nothing_arose(CLEAN, "7.2.1", "7.2.2"), {"7.2.3": 100}),
    "denominator_missing": without(with_values(NOTHING, {"7.2.3": 100}), "7.2.1"),
}


def test_an_empty_ratio_holds(found):
    assert found("clean") == found("left_empty") == []


@pytest.mark.parametrize(("case", "claim"), [("hundred", "100"), ("zero", "0"), ("said_in_words", "100")])
def test_any_claim_is_found(found, case, claim):
    assert found(case) == [fault("warning", CLEAN, "7.2.3", claim, "Để trống (không phát sinh)")]


def test_says_nothing_where_the_denominator_is_missing(found):
    assert found("denominator_missing") == []
