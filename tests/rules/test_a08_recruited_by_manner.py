"""5.2.1 equals 5.2.1a + 5.2.1b + 5.2.1c."""

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "other_figures_that_agree": with_values(CLEAN, {"5.2.1": 13, "5.2.1c": 10}),
    "too_much": with_values(CLEAN, {"5.2.1": 7}),
    "too_little": with_values(CLEAN, {"5.2.1": 5}),
    "left_missing": without(CLEAN, "5.2.1"),
    "operand_missing": without(with_values(CLEAN, {"5.2.1": 7}), "5.2.1c"),
}


def test_holds_where_both_sides_agree(found):
    assert found("clean") == found("other_figures_that_agree") == []


def test_a_total_beyond_its_parts_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "5.2.1", "7", "6 (= 5.2.1a + 5.2.1b + 5.2.1c)")]


def test_a_total_below_its_parts_is_found(found):
    assert found("too_little") == [fault("critical", CLEAN, "5.2.1", "5", "6 (= 5.2.1a + 5.2.1b + 5.2.1c)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
