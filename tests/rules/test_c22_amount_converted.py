"""A converted amount is said."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
PLACE = {"sheet": "1. Chỉ đạo điều hành", "cell": "E9", "indicator": "1.1.4"}
SPOILT = with_issue(CLEAN, "amount_converted", **PLACE, found="1500 đồng", expected="0,0015 triệu đồng")
CASES = {
    "clean": CLEAN,
    "spoilt": SPOILT,
    "said_twice": with_issue(SPOILT, "amount_converted", **PLACE, found="1500 đồng", expected="0,0015 triệu đồng"),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("warning", *PLACE.values(), "1500 đồng", "0,0015 triệu đồng")]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
