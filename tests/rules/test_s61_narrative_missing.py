"""The workbook has a sheet for its text part."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
REMARK = {
    "expected": "Thuyết minh",
}
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "narrative_missing", **REMARK),
    "said_twice": with_issue(with_issue(CLEAN, "narrative_missing", **REMARK), "narrative_missing", **REMARK),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault(
        "warning",
        "",
        "",
        "",
        "",
        "Trang tính “Thuyết minh”",
    )
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
