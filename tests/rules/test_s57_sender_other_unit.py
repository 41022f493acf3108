"""Who sends a file by mail is registered for its unit, or for whoever consolidates it."""

from datetime import datetime

from cchc import parse
from cchc.catalogue.periods import ZONE
from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
AT = datetime(2026, 9, 9, 9, 0, tzinfo=ZONE)
FACTS = {"found": "Phường Thành Đông (10507)", "expected": "Xã Thượng Hồng (10993)"}
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "sender_other_unit", **FACTS),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    said = "Địa chỉ đăng ký cho Xã Thượng Hồng (10993)"
    assert found("spoilt") == [Fault("warning", "", "", "", FACTS["found"], said)]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_the_unit_itself_and_its_authority_may_send_for_it_others_are_named():
    for allowed in (None, ("10993",), ("10507", "10993"), ("31",)):
        assert parse.arrived(CLEAN, AT, allowed) is CLEAN
    for other in (("10507",), ("75",)):
        (issue,) = parse.arrived(CLEAN, AT, other).issues
        assert (issue.kind, issue.expected) == ("sender_other_unit", FACTS["expected"])
    assert parse.arrived(CLEAN, AT, ("10507",)).issues[0].found == FACTS["found"]
