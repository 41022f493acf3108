"""A figure is written in one piece."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
REMARK = {
    "sheet": "3. Thủ tục hành chính",
    "cell": "E12",
    "indicator": "3.4.1",
    "found": "157",
}
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "digits_set_apart", **REMARK),
    "said_twice": with_issue(with_issue(CLEAN, "digits_set_apart", **REMARK), "digits_set_apart", **REMARK),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault(
        "critical",
        "3. Thủ tục hành chính",
        "E12",
        "3.4.1",
        "157",
        "Một số viết liền một kiểu chữ",
    )
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
