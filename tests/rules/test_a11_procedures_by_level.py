"""3.1.1 equals 3.1.2a + 3.1.2b + 3.1.2c."""

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading("authority")
CASES = {
    "clean": CLEAN,
    "other_figures_that_agree": with_values(CLEAN, {"3.1.1": 1835, "3.1.2c": 7}),
    "too_much": with_values(CLEAN, {"3.1.1": 1829}),
    "too_little": with_values(CLEAN, {"3.1.1": 1827}),
    "left_missing": without(CLEAN, "3.1.1"),
    "operand_missing": without(with_values(CLEAN, {"3.1.1": 1829}), "3.1.2c"),
}


def test_holds_where_both_sides_agree(found):
    assert found("clean") == found("other_figures_that_agree") == []


def test_a_total_beyond_its_parts_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "3.1.1", "1.829", "1.828 (= 3.1.2a + 3.1.2b + 3.1.2c)")]


def test_a_total_below_its_parts_is_found(found):
    assert found("too_little") == [fault("critical", CLEAN, "3.1.1", "1.827", "1.828 (= 3.1.2a + 3.1.2b + 3.1.2c)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
