"""A letter that looks like a digit is shown."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
PLACE = {"sheet": "1. Chỉ đạo điều hành", "cell": "E9", "indicator": "1.1.4"}
SPOILT = with_issue(CLEAN, "letter_like_digit", **PLACE, found="1O", expected="“O” → “0”")
CASES = {
    "clean": CLEAN,
    "spoilt": SPOILT,
    "said_twice": with_issue(SPOILT, "letter_like_digit", **PLACE, found="1O", expected="“O” → “0”"),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("critical", *PLACE.values(), "1O", "Chỉ gồm chữ số (“O” → “0”)")]
    assert judged("spoilt").verdict == "rejected"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
