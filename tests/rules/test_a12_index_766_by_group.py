"""7.8.1 equals 7.8.1a + 7.8.1b + 7.8.1c + 7.8.1d + 7.8.1e."""

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading("authority")
CASES = {
    "clean": CLEAN,
    "other_figures_that_agree": with_values(CLEAN, {"7.8.1": 100, "7.8.1e": 23}),
    "too_much": with_values(CLEAN, {"7.8.1": 94}),
    "too_little": with_values(CLEAN, {"7.8.1": 92}),
    "left_missing": without(CLEAN, "7.8.1"),
    "operand_missing": without(with_values(CLEAN, {"7.8.1": 94}), "7.8.1e"),
}


def test_holds_where_both_sides_agree(found):
    assert found("clean") == found("other_figures_that_agree") == []


def test_a_total_beyond_its_parts_is_found(found):
    assert found("too_much") == [
        fault("critical", CLEAN, "7.8.1", "94", "93 (= 7.8.1a + 7.8.1b + 7.8.1c + 7.8.1d + 7.8.1e)")
    ]


def test_a_total_below_its_parts_is_found(found):
    assert found("too_little") == [
        fault("critical", CLEAN, "7.8.1", "92", "93 (= 7.8.1a + 7.8.1b + 7.8.1c + 7.8.1d + 7.8.1e)")
    ]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
