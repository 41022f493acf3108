"""A consolidation of the authority is not taken for its own form."""

from io import BytesIO

from openpyxl import load_workbook

from cchc import parse, template
from cchc.catalogue import periods, units
from tests.rules.factory import Fault, clean_reading, with_issue

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "spoilt": with_issue(CLEAN, "own_consolidation", sheet="_nguon"),
    "other_remark": with_issue(CLEAN, "hidden_sheet", sheet="4. Tổ chức bộ máy"),
}


def test_holds_for_a_sound_file_and_under_other_remarks(found):
    assert found("clean") == found("other_remark") == []


def test_is_found_where_the_reader_says_so(found, judged):
    assert found("spoilt") == [Fault("critical", "_nguon", "", "", "", "Biểu số liệu riêng của cơ quan tổng hợp")]
    assert judged("spoilt").verdict == "rejected"


def test_the_reader_says_so_of_the_authority_only():
    assert _kinds("31") == ["own_consolidation"]
    assert _kinds("10993") == []  # a commune's consolidation is its report to the city


def _kinds(code):
    period = periods.parse("2026-Q3")
    unit = units.find(code, period.window_to)
    book = load_workbook(BytesIO(template.issue(unit, period)))
    book.create_sheet("_nguon").sheet_state = "hidden"
    kept = BytesIO()
    book.save(kept)
    return [issue.kind for issue in parse.read(kept.getvalue()).issues if issue.kind == "own_consolidation"]
