"""Workbooks of registers: what is issued is read back; what cannot be read is said with its cell."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from cchc.catalogue import registers
from cchc.parse import read_registers
from cchc.template import issue_registers

YEAR = 2026
UNIT, NAME = "10993", "Xã Thượng Hồng"
LINES = {
    "ratings": [{"unit_code": UNIT, "unit_name": NAME, "rating": "Hoàn thành nhiệm vụ"}],
    "scores": [{"unit_code": UNIT, "area": "3", "appraised": Decimal("12.5"), "maximum": 20}],
    "remediation": [{"unit_code": UNIT, "plan_no": "12/KH-UBND", "plan_on": date(2026, 4, 14)}],
    "breakthrough": [{"unit_code": UNIT, "description": "=Một việc", "registered_on": date(2026, 4, 14)}],
    "overdue": [{"unit_name": NAME, "task": "Báo cáo", "due": date(2026, 8, 31)}],
    "procedure_events": [
        {
            "action": "Công bố thủ tục hành chính",
            "change": "Bãi bỏ",
            "number": 3,
            "decision": "1/QĐ-UBND",
            "decided_on": date(2026, 5, 2),
        }
    ],
}
STATES = {"initiative": "none", "deduction": "not_kept", "owed": "none"}


def _issued():
    return issue_registers("31", "Sở Nội vụ thành phố Hải Phòng", YEAR, LINES, STATES)


def _edited(**cells):
    """The workbook with cells changed: ``sheet!cell`` to value."""
    book = openpyxl.load_workbook(io.BytesIO(_issued()))
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    data = io.BytesIO()
    book.save(data)
    return read_registers(data.getvalue())


def _keys(reading):
    return {(r.severity, f"{r.sheet}!{r.cell}") for r in reading.remarks}


def test_a_register_of_one_body_under_the_code_of_another_is_not_taken_over():
    """Each workbook is the whole register of a year: a slip in the code would wipe out another body's."""
    book = openpyxl.load_workbook(io.BytesIO(_issued()))
    code = next(c for row in book["Bìa sổ"].iter_rows() for c in row if c.value == "31")
    wrong = _edited(**{f"Bìa sổ!{code.coordinate}": "75"})
    assert [(r.severity, r.sheet) for r in wrong.remarks] == [("error", "Bìa sổ")] and not wrong.entries
    name = next(c for row in book["Bìa sổ"].iter_rows() for c in row if c.value == "Sở Nội vụ thành phố Hải Phòng")
    assert not _edited(**{f"Bìa sổ!{name.coordinate}": "Sở Nội vụ TP Hải Phòng"}).remarks


def test_what_is_filled_in_is_read_back_with_its_cells():
    reading = read_registers(_issued())
    assert (reading.authority, reading.year, reading.remarks) == ("31", YEAR, ())
    found = {entry.register: entry for entry in reading.entries}
    assert set(found) == set(LINES)
    assert {entry.unit for entry in reading.entries} == {UNIT, "31"}
    assert found["ratings"].text("rating") == "fair"
    assert (found["scores"].text("area"), found["scores"].number("appraised")) == ("3", Decimal("12.5"))
    assert found["remediation"].day("plan_on") == date(2026, 4, 14)
    assert found["remediation"].cells["plan_on"].cell == "E6"
    assert found["breakthrough"].text("description") == "=Một việc"
    assert found["overdue"].day("completed_on") is None
    assert found["procedure_events"].number("number") == 3


def test_a_register_that_is_empty_is_not_one_without_entries():
    states = read_registers(_issued()).states
    assert (states["ratings"], states["initiative"], states["deduction"]) == ("kept", "none", "not_kept")
    left_empty = _edited(**{"Sáng kiến, giải pháp!C3": None})
    assert left_empty.states["initiative"] == "not_kept"
    assert ("warning", "Sáng kiến, giải pháp!A3") in _keys(left_empty)


def test_lines_that_were_only_filled_in_beforehand_are_no_entries():
    reading = read_registers(issue_registers("31", "Sở", YEAR))
    assert reading.entries == () and reading.acceptable
    assert len(reading.remarks) == len(registers.registers())


def test_the_same_arguments_give_the_same_bytes():
    assert _issued() == _issued()


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("Khắc phục hạn chế!E6", "sau Tết", "không đọc được là một ngày"),
        ("Điểm Chỉ số CCHC!F6", "khá", "không đọc được là một số"),
        ("Điểm Chỉ số CCHC!F6", "25", "lớn hơn điểm tối đa"),
        ("Điểm Chỉ số CCHC!F6", -1, "nhỏ hơn 0"),
        ("Xếp loại người đứng đầu!D6", "Giỏi", "không thuộc các giá trị cho phép"),
        ("Xếp loại người đứng đầu!B6", "99999", "không phải mã hoặc tên"),
        ("Xếp loại người đứng đầu!C6", "Xã Khác", "là Xã Thượng Hồng nhưng tên ghi"),
        ("Công việc đột phá!D6", None, "thiếu Công việc đột phá"),
        ("Công việc đột phá!D6", '=HYPERLINK("http://x")', "công thức chưa có kết quả"),
        ("Công bố TTHC!D6", 2.5, "không phải số nguyên"),
        ("Sáng kiến, giải pháp!C3", "Rỗng", "Tình trạng sổ «Rỗng»"),
        ("Công việc đột phá!C3", "Không phát sinh", "nhưng sổ có 1 dòng"),
        ("Bìa sổ!C5", "999", "Không có cơ quan tổng hợp mang mã «999»"),
        ("Bìa sổ!C6", "năm nay", "không phải một năm"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_cell(cell, value, words):
    reading = _edited(**{cell: value})
    errors = [r for r in reading.remarks if r.severity == "error"]
    assert not reading.acceptable and len(errors) == 1
    assert words in errors[0].message and errors[0].fix
    assert f"{errors[0].sheet}!{errors[0].cell}" == cell


def test_two_lines_on_the_same_are_told():
    twice = {**LINES, "remediation": LINES["remediation"] * 2}
    reading = read_registers(issue_registers("31", "Sở", YEAR, twice, STATES))
    assert [(r.severity, r.cell) for r in reading.remarks] == [("error", "B7")]
    assert "trùng với dòng 6" in reading.remarks[0].message


def test_a_strange_sheet_and_a_strange_column_are_told():
    book = openpyxl.load_workbook(io.BytesIO(_issued()))
    book.create_sheet("Nháp")["A1"] = "gì đó"
    book["Khắc phục hạn chế"]["J5"], book["Khắc phục hạn chế"]["J6"] = "Cột thêm", "x"
    del book["Văn bản nợ đọng"]
    data = io.BytesIO()
    book.save(data)
    reading = read_registers(data.getvalue())
    assert reading.acceptable
    assert _keys(reading) == {
        ("warning", "Nháp!"),
        ("warning", "Khắc phục hạn chế!J5"),
        ("warning", "Văn bản nợ đọng!"),
    }
    assert reading.states["owed"] == "not_kept"


def test_dates_in_any_spelling_and_the_unit_by_name():
    reading = _edited(**{"Khắc phục hạn chế!E6": "14.4.2026", "Khắc phục hạn chế!G6": "ngày 20 tháng 4 năm 2026"})
    entry = next(entry for entry in reading.entries if entry.register == "remediation")
    assert (entry.day("plan_on"), entry.day("review_on")) == (date(2026, 4, 14), date(2026, 4, 20))
    assert next(e.unit for e in reading.entries if e.register == "overdue") == UNIT


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04xx", b"%PDF-1.7", b"a;b\n1;2\n"])
def test_a_file_that_is_none_of_ours_is_refused_in_words(data):
    reading = read_registers(data)
    assert not reading.acceptable and len(reading.remarks) == 1 and reading.remarks[0].fix


def test_a_date_of_another_year_is_asked_about():
    reading = _edited(**{"Công việc đột phá!E6": date(2025, 4, 14)})
    assert [(r.severity, r.cell) for r in reading.remarks] == [("warning", "E6")]
