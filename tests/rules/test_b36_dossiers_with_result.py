"""7.5.3t is at most 3.4.5."""

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "part_is_whole": with_values(CLEAN, {"7.5.3t": 80}),
    "too_much": with_values(CLEAN, {"7.5.3t": 81}),
    "nothing_arose": saying_nothing_arose(CLEAN, "7.5.3t"),
    "left_missing": without(CLEAN, "7.5.3t"),
    "operand_missing": without(with_values(CLEAN, {"7.5.3t": 81}), "3.4.5"),
}


def test_holds_up_to_the_whole(found):
    assert found("clean") == found("part_is_whole") == found("nothing_arose") == []


def test_a_part_beyond_its_whole_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "7.5.3t", "81", "Không quá 80 (= 3.4.5)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
