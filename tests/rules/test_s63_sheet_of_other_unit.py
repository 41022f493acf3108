"""No sheet is of another unit."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
REMARK = {
    "sheet": "3. Thủ tục hành chính",
    "cell": "A2",
    "found": "Xã Cẩm Giàng – quý III năm 2026",
    "expected": "Xã Thượng Hồng, 10993",
}
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "sheet_of_other_unit", **REMARK),
    "said_twice": with_issue(with_issue(CLEAN, "sheet_of_other_unit", **REMARK), "sheet_of_other_unit", **REMARK),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault(
        "critical",
        "3. Thủ tục hành chính",
        "A2",
        "",
        "Xã Cẩm Giàng – quý III năm 2026",
        "Xã Thượng Hồng, 10993",
    )
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
