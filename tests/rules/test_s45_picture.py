"""A picture of the form is refused with a word of its own."""

from tests.rules.factory import Fault, clean_reading, unreadable, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": unreadable("picture_file"),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("critical", "", "", "", "", "Bảng tính Excel (.xlsx) có số liệu trong ô")]
    assert judged("spoilt").verdict == "unreadable"


def test_a_file_that_cannot_be_read_has_this_finding_only(judged):
    assert [finding.rule for finding in judged("spoilt").findings] == ["s45_picture"]
