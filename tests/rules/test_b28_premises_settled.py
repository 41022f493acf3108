"""6.6.1c is at most 6.6.1b."""

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_values, without

CLEAN = clean_reading("department")
CASES = {
    "clean": CLEAN,
    "part_is_whole": with_values(CLEAN, {"6.6.1c": 10}),
    "too_much": with_values(CLEAN, {"6.6.1c": 11}),
    "nothing_arose": saying_nothing_arose(CLEAN, "6.6.1c"),
    "left_missing": without(CLEAN, "6.6.1c"),
    "operand_missing": without(with_values(CLEAN, {"6.6.1c": 11}), "6.6.1b"),
}


def test_holds_up_to_the_whole(found):
    assert found("clean") == found("part_is_whole") == found("nothing_arose") == []


def test_a_part_beyond_its_whole_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "6.6.1c", "11", "Không quá 10 (= 6.6.1b)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
