"""3.4.13a is at most 3.4.8 + 3.4.11."""

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "part_is_whole": with_values(CLEAN, {"3.4.13a": 11}),
    "too_much": with_values(CLEAN, {"3.4.13a": 12}),
    "nothing_arose": saying_nothing_arose(CLEAN, "3.4.13a"),
    "left_missing": without(CLEAN, "3.4.13a"),
    "operand_missing": without(with_values(CLEAN, {"3.4.13a": 12}), "3.4.11"),
}


def test_holds_up_to_the_whole(found):
    assert found("clean") == found("part_is_whole") == found("nothing_arose") == []


def test_a_part_beyond_its_whole_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "3.4.13a", "12", "Không quá 11 (= 3.4.8 + 3.4.11)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
