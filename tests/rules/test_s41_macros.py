"""A workbook with macros is read, its macros are not run."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "macros"),
    "said_twice": with_issue(with_issue(CLEAN, "macros"), "macros"),
    "other_remark": with_issue(CLEAN, "old_form_version", sheet="Bìa"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("warning", "", "", "", "", "Tệp .xlsx không có macro")]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
