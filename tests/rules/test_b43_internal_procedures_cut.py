"""3.2.7 is at most 3.2.4."""

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_values, without

CLEAN = clean_reading("authority")
CASES = {
    "clean": CLEAN,
    "part_is_whole": with_values(CLEAN, {"3.2.7": 10}),
    "too_much": with_values(CLEAN, {"3.2.7": 11}),
    "nothing_arose": saying_nothing_arose(CLEAN, "3.2.7"),
    "left_missing": without(CLEAN, "3.2.7"),
    "operand_missing": without(with_values(CLEAN, {"3.2.7": 11}), "3.2.4"),
}


def test_holds_up_to_the_whole(found):
    assert found("clean") == found("part_is_whole") == found("nothing_arose") == []


def test_a_part_beyond_its_whole_is_found(found):
    assert found("too_much") == [fault("warning", CLEAN, "3.2.7", "11", "Không quá 10 (= 3.2.4)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
