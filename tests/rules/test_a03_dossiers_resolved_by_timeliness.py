"""3.4.5 equals 3.4.6 + 3.4.7 + 3.4.8."""

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "other_figures_that_agree": with_values(CLEAN, {"3.4.5": 87, "3.4.8": 12}),
    "too_much": with_values(CLEAN, {"3.4.5": 81}),
    "too_little": with_values(CLEAN, {"3.4.5": 79}),
    "left_missing": without(CLEAN, "3.4.5"),
    "operand_missing": without(with_values(CLEAN, {"3.4.5": 81}), "3.4.8"),
}


def test_holds_where_both_sides_agree(found):
    assert found("clean") == found("other_figures_that_agree") == []


def test_a_total_beyond_its_parts_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "3.4.5", "81", "80 (= 3.4.6 + 3.4.7 + 3.4.8)")]


def test_a_total_below_its_parts_is_found(found):
    assert found("too_little") == [fault("critical", CLEAN, "3.4.5", "79", "80 (= 3.4.6 + 3.4.7 + 3.4.8)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
