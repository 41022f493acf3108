"""A number that can be read in two ways is never guessed."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(
        CLEAN, "ambiguous_number", sheet="1. Chỉ đạo điều hành", cell="E9", indicator="1.1.4", found="1,234"
    ),
    "said_twice": with_issue(
        with_issue(
            CLEAN, "ambiguous_number", sheet="1. Chỉ đạo điều hành", cell="E9", indicator="1.1.4", found="1,234"
        ),
        "ambiguous_number",
        sheet="1. Chỉ đạo điều hành",
        cell="E9",
        indicator="1.1.4",
        found="1,234",
    ),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault(
        "critical", "1. Chỉ đạo điều hành", "E9", "1.1.4", "1,234", "Số viết theo lối Việt Nam, ví dụ 1.234 hoặc 12,5"
    )
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
