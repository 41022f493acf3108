"""The name beside a code is not that of another indicator."""

from cchc.catalogue.indicators import by_code
from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
REMARK = {
    "sheet": "1. Chỉ đạo điều hành",
    "cell": "B9",
    "indicator": "1.1.4",
    "found": "Số tin, bài, phóng sự tuyên truyền CCHC",
    "expected": "1.6.1 – Số tin, bài, phóng sự tuyên truyền CCHC",
}
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "code_of_other_row", **REMARK),
    "said_twice": with_issue(with_issue(CLEAN, "code_of_other_row", **REMARK), "code_of_other_row", **REMARK),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault(
        "critical",
        "1. Chỉ đạo điều hành",
        "B9",
        "1.1.4",
        "Số tin, bài, phóng sự tuyên truyền CCHC",
        by_code()["1.1.4"].name,
    )
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
