"""A figure is one that an office can have."""

import pytest

from cchc.parse import values
from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(
        CLEAN, "number_out_of_range", sheet="1. Chỉ đạo điều hành", cell="E9", indicator="1.1.4", found="1e+308"
    ),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    limits = "Số nhỏ hơn 1.000.000.000.000.000; số tiền nhỏ hơn 1.000.000.000 triệu đồng"
    assert found("spoilt") == [Fault("critical", "1. Chỉ đạo điều hành", "E9", "1.1.4", "1e+308", limits)]
    assert judged("spoilt").verdict == "rejected"


@pytest.mark.parametrize("cell", [1e308, -1e30, 1e15, "9" * 30, 1e-300, "0," + "0" * 20 + "1"])
def test_absurd_numbers_are_not_taken(cell):
    read = values.read(cell, "amount")
    assert (read.value, read.trouble) == (None, "number_out_of_range")


@pytest.mark.parametrize("cell", [0, 999_999_999_999_999, -5, 0.1 + 0.2, "94,313725490196", 1e-8])
def test_figures_of_an_office_are(cell):
    assert values.read(cell, "amount").value is not None
