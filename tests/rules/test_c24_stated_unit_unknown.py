"""A unit of measure that is not known is said."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
PLACE = {"sheet": "1. Chỉ đạo điều hành", "cell": "E9", "indicator": "1.1.4"}
SPOILT = with_issue(CLEAN, "stated_unit_unknown", **PLACE, found="5 quyển", expected="văn bản")
CASES = {
    "clean": CLEAN,
    "spoilt": SPOILT,
    "said_twice": with_issue(SPOILT, "stated_unit_unknown", **PLACE, found="5 quyển", expected="văn bản"),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("warning", *PLACE.values(), "5 quyển", "Đơn vị tính văn bản")]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
