"""6.3.4 equals 6.3.4a + 6.3.4b + 6.3.4c."""

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "other_figures_that_agree": with_values(CLEAN, {"6.3.4": 13, "6.3.4c": 10}),
    "too_much": with_values(CLEAN, {"6.3.4": 7}),
    "too_little": with_values(CLEAN, {"6.3.4": 5}),
    "left_missing": without(CLEAN, "6.3.4"),
    "operand_missing": without(with_values(CLEAN, {"6.3.4": 7}), "6.3.4c"),
}


def test_holds_where_both_sides_agree(found):
    assert found("clean") == found("other_figures_that_agree") == []


def test_a_total_beyond_its_parts_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "6.3.4", "7", "6 (= 6.3.4a + 6.3.4b + 6.3.4c)")]


def test_a_total_below_its_parts_is_found(found):
    assert found("too_little") == [fault("critical", CLEAN, "6.3.4", "5", "6 (= 6.3.4a + 6.3.4b + 6.3.4c)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
