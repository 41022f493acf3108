"""The text part is found by its headings; what belongs to no section is told."""

from __future__ import annotations

import pytest

from cchc.parse import read
from cchc.parse.issue_kinds import Kind
from tests.workbooks import changed, filled

FORM = filled()
SHEET = "Thuyết minh"
CLEAN = [(n.section, n.text) for n in read(FORM).narratives]


def sections(reading) -> list[tuple[str, str]]:
    return [(n.section, n.text) for n in reading.narratives]


def edited(change) -> bytes:
    return changed(FORM, lambda book: change(book[SHEET], book))


def row_of(sheet, section: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == section)


def test_the_issued_form_says_nothing_outside():
    assert CLEAN and read(FORM).issues == ()


@pytest.mark.parametrize("change", ["renamed", "moved", "swapped", "reworded"])
def test_the_sheet_is_found_by_what_its_headings_mean(change):
    def edit(sheet, book):
        if change == "renamed":
            sheet.title = "Sheet9"
        elif change == "moved":
            sheet.insert_cols(1)
            sheet.insert_rows(1, 3)
        elif change == "swapped":
            for row in range(4, sheet.max_row + 1):
                one, other = sheet[f"B{row}"], sheet[f"C{row}"]
                one.value, other.value = other.value, one.value
        else:
            sheet["C4"].value, sheet["A4"].value = "Kết quả thực hiện", "Số mục"

    reading = read(edited(edit))
    assert (sections(reading), reading.issues) == (CLEAN, ())


@pytest.mark.parametrize("written", ["i.1", "I. 1", "I.1.", "I,1", None])
def test_a_section_is_known_by_its_number_or_its_heading(written):
    def edit(sheet, book):
        sheet[f"A{row_of(sheet, 'I.1')}"].value = written

    reading = read(edited(edit))
    assert (sections(reading), reading.issues) == (CLEAN, ())


def test_text_outside_the_sections_is_told_with_its_cell():
    def edit(sheet, book):
        last = sheet.max_row
        sheet[f"C{last + 2}"].value = "Ngoài ra, xã đã tổ chức hội nghị."
        sheet[f"B{last + 3}"].value = "Kèm theo danh sách."
        sheet[f"D{row_of(sheet, 'I.1')}"].value = "Ý kiến bổ sung"
        sheet[f"C{last + 6}"].value = "TM. ỦY BAN NHÂN DÂN"
        sheet[f"C{last + 9}"].value = "Nguyễn Văn A"

    reading = read(edited(edit))
    assert sections(reading) == CLEAN
    assert [(i.kind, i.sheet, i.found) for i in reading.issues] == [
        (Kind.TEXT_OUTSIDE, SHEET, "Ý kiến bổ sung"),
        (Kind.TEXT_OUTSIDE, SHEET, "Ngoài ra, xã đã tổ chức hội nghị. Kèm theo danh sách."),
    ]
    assert [i.cell[0] for i in reading.issues] == ["D", "C"]


@pytest.mark.parametrize("section", ["I.99", "I", "VII.1"])
def test_text_under_a_number_that_is_no_section_is_told(section):
    def edit(sheet, book):
        row = sheet.max_row + 1
        sheet[f"A{row}"].value, sheet[f"C{row}"].value = section, "Nội dung lạc mục"

    assert [(i.kind, i.found) for i in read(edited(edit)).issues] == [(Kind.TEXT_OUTSIDE, "Nội dung lạc mục")]


def test_a_section_said_twice_is_told():
    def edit(sheet, book):
        row = sheet.max_row + 1
        sheet[f"A{row}"].value, sheet[f"C{row}"].value = "I.1", "Bản khác"

    reading = read(edited(edit))
    assert sections(reading) == CLEAN
    assert [(i.kind, i.found) for i in reading.issues] == [(Kind.TEXT_OUTSIDE, "Bản khác")]


def test_text_written_over_the_sections_heading_is_told():
    long = "Trong kỳ, xã đã hoàn thành toàn bộ nhiệm vụ đề ra trong kế hoạch, không có nhiệm vụ chậm. " * 3

    def edit(sheet, book):
        sheet[f"B{row_of(sheet, 'I.2')}"].value = long

    assert [(i.kind, i.found) for i in read(edited(edit)).issues] == [(Kind.TEXT_OUTSIDE, long.strip())]


def test_a_workbook_without_the_sheet_is_pointed_out():
    reading = read(edited(lambda sheet, book: book.remove(sheet)))
    assert [(i.kind, i.expected) for i in reading.issues] == [(Kind.NARRATIVE_MISSING, SHEET)]
    assert reading.narratives == ()


def test_a_sheet_without_its_headings_is_told():
    def edit(sheet, book):
        for cell in sheet[4]:
            cell.value = None
        sheet["C6"].value = "Đã hoàn thành các nhiệm vụ của kế hoạch năm."

    reading = read(edited(edit))
    assert [i.kind for i in reading.issues] == [Kind.TEXT_OUTSIDE]


def test_without_the_self_check_nothing_is_said():
    assert read(edited(lambda sheet, book: book.remove(book["Tự kiểm tra"]))).issues == ()
