"""A coded answer is one of the codes that the form offers."""

import pytest

from cchc.catalogue.indicators import all_indicators
from cchc.validate.figures import answers
from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
YEARLY = clean_reading("department", "2026-Y")
CASES = {
    "clean": CLEAN,
    "both_ways": with_values(CLEAN, {"1.4.2": 2}),
    "three_for_two": with_values(CLEAN, {"1.4.2": 3}),
    "two_for_yes": with_values(CLEAN, {"1.5.1": 2}),
    "halves": with_values(YEARLY, {"7.7.1": "0.5"}),
    "missing": without(CLEAN, "1.4.2"),
}


@pytest.mark.parametrize("case", ["clean", "both_ways"])
def test_holds_for_the_codes_of_the_form(found, case):
    assert found(case) == []


@pytest.mark.parametrize(
    ("case", "reading", "code", "value", "expected"),
    [
        ("three_for_two", CLEAN, "1.4.2", "3", "Mã 0, 1 hoặc 2"),
        ("two_for_yes", CLEAN, "1.5.1", "2", "Mã 0 hoặc 1"),
        ("halves", YEARLY, "7.7.1", "0,5", "Mã 0 hoặc 1"),
    ],
)
def test_another_code_is_found(found, case, reading, code, value, expected):
    assert found(case) == [fault("critical", reading, code, value, expected)]


def test_every_flag_of_the_catalogue_has_its_codes():
    flags = {indicator.code for indicator in all_indicators() if indicator.kind == "flag"}
    assert flags and all(answers(code) for code in flags)


def test_says_nothing_of_a_missing_figure(found):
    assert found("missing") == []
