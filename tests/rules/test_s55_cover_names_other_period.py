"""All that a cover says of its period is one period."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
REMARK = {
    "sheet": "Bìa",
    "cell": "C7",
    "found": "Quý II năm 2026",
    "expected": "quý III năm 2026 (2026-Q3)",
}
SPOILT = with_issue(CLEAN, "cover_period_mismatch", **REMARK)
CASES = {
    "clean": CLEAN,
    "spoilt": SPOILT,
    "said_twice": with_issue(SPOILT, "cover_period_mismatch", **REMARK),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("critical", "Bìa", "C7", "", REMARK["found"], REMARK["expected"])]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
