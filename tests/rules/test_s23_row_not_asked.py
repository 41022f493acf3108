"""A row that the form does not ask for is not counted, and said so."""

from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(
        CLEAN, "row_not_asked", sheet="3. Thủ tục hành chính", cell="E40", indicator="3.1.1", found="328"
    ),
    "said_twice": with_issue(
        with_issue(CLEAN, "row_not_asked", sheet="3. Thủ tục hành chính", cell="E40", indicator="3.1.1", found="328"),
        "row_not_asked",
        sheet="3. Thủ tục hành chính",
        cell="E40",
        indicator="3.1.1",
        found="328",
    ),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    fault = Fault("warning", "3. Thủ tục hành chính", "E40", "3.1.1", "328", "Chỉ gồm các chỉ tiêu của biểu")
    assert found("spoilt") == [fault]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_each_remark_is_a_finding_of_its_own(found):
    assert found("said_twice") == found("spoilt") * 2
