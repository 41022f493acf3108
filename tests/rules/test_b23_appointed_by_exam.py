"""5.3.1a is at most 5.3.1."""

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "part_is_whole": with_values(CLEAN, {"5.3.1a": 10}),
    "too_much": with_values(CLEAN, {"5.3.1a": 11}),
    "nothing_arose": saying_nothing_arose(CLEAN, "5.3.1a"),
    "left_missing": without(CLEAN, "5.3.1a"),
    "operand_missing": without(with_values(CLEAN, {"5.3.1a": 11}), "5.3.1"),
}


def test_holds_up_to_the_whole(found):
    assert found("clean") == found("part_is_whole") == found("nothing_arose") == []


def test_a_part_beyond_its_whole_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "5.3.1a", "11", "Không quá 10 (= 5.3.1)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
