"""A file does not come before the data of its period can exist."""

from datetime import datetime

from cchc import parse
from cchc.catalogue.periods import ZONE
from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "period_not_open", found="21/11/2026", expected="15/12/2026"),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("warning", "", "", "", "21/11/2026", "Từ ngày 15/12/2026")]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_the_window_opens_with_its_first_day():
    eve, first_day = (datetime(2026, 6, day, 23, 59, tzinfo=ZONE) for day in (14, 15))
    assert [issue.found for issue in parse.arrived(CLEAN, eve).issues] == ["14/06/2026"]
    assert parse.arrived(CLEAN, first_day) is CLEAN
