"""A figure that the form should have is missed with a warning; it is never taken for zero."""

import pytest

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_issue, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "zero": with_values(CLEAN, {"1.1.4": 0}),
    "nothing_arose": saying_nothing_arose(CLEAN, "1.1.4"),
    "required": without(CLEAN, "1.3.1"),
    "missing": without(CLEAN, "1.1.4"),
    "unread": with_issue(without(CLEAN, "1.1.4"), "ambiguous_number", indicator="1.1.4", found="1,234"),
}


@pytest.mark.parametrize("case", ["clean", "zero", "nothing_arose", "required"])
def test_holds_where_something_is_said_or_the_figure_is_required(found, case):
    assert found(case) == []


def test_an_empty_cell_is_found_and_the_file_still_passes(found, judged):
    assert found("missing") == [fault("warning", CLEAN, "1.1.4", "", "Một số, hoặc “Không phát sinh”")]
    assert judged("missing").verdict == "accepted_with_warnings"


def test_what_is_already_said_of_the_cell_is_not_said_again(found):
    assert found("unread") == []
