"""A figure is a number, not a sentence."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(
        CLEAN, "text_in_number", sheet="1. Chỉ đạo điều hành", cell="E9", indicator="1.1.4", found="khoảng hai chục"
    ),
    "said_twice": with_issue(
        with_issue(
            CLEAN, "text_in_number", sheet="1. Chỉ đạo điều hành", cell="E9", indicator="1.1.4", found="khoảng hai chục"
        ),
        "text_in_number",
        sheet="1. Chỉ đạo điều hành",
        cell="E9",
        indicator="1.1.4",
        found="khoảng hai chục",
    ),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault(
        "critical", "1. Chỉ đạo điều hành", "E9", "1.1.4", "khoảng hai chục", "Một số, hoặc “Không phát sinh”"
    )
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
