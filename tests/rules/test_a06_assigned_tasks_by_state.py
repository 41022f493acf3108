"""1.3.1 equals 1.3.2 + 1.3.3 + 1.3.4 + 1.3.5."""

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "other_figures_that_agree": with_values(CLEAN, {"1.3.1": 27, "1.3.5": 8}),
    "too_much": with_values(CLEAN, {"1.3.1": 21}),
    "too_little": with_values(CLEAN, {"1.3.1": 19}),
    "left_missing": without(CLEAN, "1.3.1"),
    "operand_missing": without(with_values(CLEAN, {"1.3.1": 21}), "1.3.5"),
}


def test_holds_where_both_sides_agree(found):
    assert found("clean") == found("other_figures_that_agree") == []


def test_a_total_beyond_its_parts_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "1.3.1", "21", "20 (= 1.3.2 + 1.3.3 + 1.3.4 + 1.3.5)")]


def test_a_total_below_its_parts_is_found(found):
    assert found("too_little") == [fault("critical", CLEAN, "1.3.1", "19", "20 (= 1.3.2 + 1.3.3 + 1.3.4 + 1.3.5)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
