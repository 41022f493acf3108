"""The window on the cover is that of the period."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(
        CLEAN,
        "window_mismatch",
        sheet="Bìa",
        cell="B8",
        found="01/7/2026 - 30/9/2026",
        expected="15/6/2026 - 14/9/2026",
    ),
    "said_twice": with_issue(
        with_issue(
            CLEAN,
            "window_mismatch",
            sheet="Bìa",
            cell="B8",
            found="01/7/2026 - 30/9/2026",
            expected="15/6/2026 - 14/9/2026",
        ),
        "window_mismatch",
        sheet="Bìa",
        cell="B8",
        found="01/7/2026 - 30/9/2026",
        expected="15/6/2026 - 14/9/2026",
    ),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault("critical", "Bìa", "B8", "", "01/7/2026 - 30/9/2026", "15/6/2026 - 14/9/2026")
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
