"""3.4.1 equals 3.4.2 + 3.4.3 + 3.4.4."""

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "other_figures_that_agree": with_values(CLEAN, {"3.4.1": 107, "3.4.4": 17}),
    "too_much": with_values(CLEAN, {"3.4.1": 101}),
    "too_little": with_values(CLEAN, {"3.4.1": 99}),
    "left_missing": without(CLEAN, "3.4.1"),
    "operand_missing": without(with_values(CLEAN, {"3.4.1": 101}), "3.4.4"),
}


def test_holds_where_both_sides_agree(found):
    assert found("clean") == found("other_figures_that_agree") == []


def test_a_total_beyond_its_parts_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "3.4.1", "101", "100 (= 3.4.2 + 3.4.3 + 3.4.4)")]


def test_a_total_below_its_parts_is_found(found):
    assert found("too_little") == [fault("critical", CLEAN, "3.4.1", "99", "100 (= 3.4.2 + 3.4.3 + 3.4.4)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
