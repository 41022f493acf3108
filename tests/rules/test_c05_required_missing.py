"""A figure that the form must have is there, be it a zero or "Không phát sinh"."""

import pytest

from tests.rules.factory import clean_reading, fault, saying_nothing_arose, with_issue, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "zero": with_values(CLEAN, {"1.3.5": 0}),
    "nothing_arose": saying_nothing_arose(CLEAN, "1.3.5"),
    "expected_only": without(CLEAN, "1.1.4"),
    "ratio_empty": without(CLEAN, "1.3.6"),
    "missing": without(CLEAN, "3.4.2", "1.3.1"),
    "unread": with_issue(without(CLEAN, "1.3.1"), "text_in_number", indicator="1.3.1", found="mười"),
    "row_gone": with_issue(without(CLEAN, "1.3.1"), "missing_row", indicator="1.3.1"),
    "sheet_gone": with_issue(without(CLEAN, "1.3.1"), "missing_sheet", expected="1. Chỉ đạo điều hành"),
    "other_sheet_gone": with_issue(without(CLEAN, "1.3.1"), "missing_sheet", expected="4. Tổ chức bộ máy"),
}
EXPECTED = "Một số, hoặc “Không phát sinh”"


@pytest.mark.parametrize("case", ["clean", "zero", "nothing_arose", "expected_only", "ratio_empty"])
def test_holds_where_something_is_said(found, case):
    assert found(case) == []


def test_an_empty_cell_is_found_in_reading_order(found):
    assert found("missing") == [fault("critical", CLEAN, code, "", EXPECTED) for code in ("1.3.1", "3.4.2")]


@pytest.mark.parametrize("case", ["unread", "row_gone", "sheet_gone"])
def test_what_is_already_said_of_the_cell_is_not_said_again(found, case):
    assert found(case) == []


def test_a_fault_elsewhere_does_not_hide_it(found):
    assert found("other_sheet_gone") == [fault("critical", CLEAN, "1.3.1", "", EXPECTED)]
