"""An explanation on the sheet Cần sửa answers a finding; one that no longer tells which is said to the sender."""

from io import BytesIO

from openpyxl import load_workbook

from cchc import notify, parse, validate
from cchc.catalogue import periods, units
from cchc.model.finding import Severity
from cchc.sample.figures import figures
from cchc.template import issue
from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "explanation_unattached", sheet="Cần sửa", found="Do sáp nhập"),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}
Q3 = periods.parse("2026-Q3")
UNIT = units.find("10993", Q3.window_to)


def answered(rule: str | None, said: str | None = "Do sáp nhập") -> bytes:
    """A returned workbook with an answer in the row of its warning, whose rule reads as given."""
    data = issue(UNIT, Q3, {**figures(7, UNIT, Q3), "1.4.3": "0,945%"})
    (told,) = validate.judge([parse.read(data)])
    assert [finding.severity for finding in told.findings] == [Severity.WARNING]
    book = load_workbook(BytesIO(notify.returned_workbook(data, told)))
    row = next(row for row in book["Cần sửa"].iter_rows() if row[10].value == told.findings[0].rule)
    row[9].value, row[10].value = said, rule or row[10].value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    said = "Lời giải trình ở đúng dòng của cảnh báo"
    assert found("spoilt") == [Fault("warning", "Cần sửa", "", "", "Do sáp nhập", said)]
    assert judged("spoilt").verdict == "accepted_with_warnings"


def test_an_answer_in_its_row_is_an_explanation_and_no_fault():
    reading = parse.read(answered(None))
    assert [said.text for said in reading.explanations] == ["Do sáp nhập"]
    assert not [told for told in reading.issues if told.kind == "explanation_unattached"]


def test_an_answer_whose_rule_is_gone_is_asked_for_again():
    reading = parse.read(answered("xóa rồi"))
    assert reading.explanations == ()
    assert [told.found for told in reading.issues if told.kind == "explanation_unattached"] == ["Do sáp nhập"]


def test_says_nothing_where_nothing_was_answered():
    assert "explanation_unattached" not in {told.kind for told in parse.read(answered("xóa rồi", None)).issues}
