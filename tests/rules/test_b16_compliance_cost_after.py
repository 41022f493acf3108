"""3.2.8b is at most 3.2.8a."""

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_values, without

CLEAN = clean_reading("authority")
CASES = {
    "clean": CLEAN,
    "part_is_whole": with_values(CLEAN, {"3.2.8b": "1000.5"}),
    "too_much": with_values(CLEAN, {"3.2.8b": "1001.5"}),
    "nothing_arose": saying_nothing_arose(CLEAN, "3.2.8b"),
    "left_missing": without(CLEAN, "3.2.8b"),
    "operand_missing": without(with_values(CLEAN, {"3.2.8b": "1001.5"}), "3.2.8a"),
}


def test_holds_up_to_the_whole(found):
    assert found("clean") == found("part_is_whole") == found("nothing_arose") == []


def test_a_part_beyond_its_whole_is_found(found):
    assert found("too_much") == [fault("critical", CLEAN, "3.2.8b", "1.001,5", "Không quá 1.000,5 (= 3.2.8a)")]


def test_says_nothing_where_an_operand_is_missing(found):
    assert found("left_missing") == found("operand_missing") == []
