"""Headings are found by what they mean, and the column of the figures is chosen only where there is no doubt."""

from __future__ import annotations

import pytest

from cchc.catalogue import headings
from cchc.catalogue.tables import rows
from cchc.parse import read
from cchc.parse.issue_kinds import Kind
from tests.workbooks import FIRST_ROW, changed, figure, filled, told

FORM = filled()
CLEAN = told(read(FORM))
SHEET = "3. Thủ tục hành chính"
HEAD = FIRST_ROW - 1


def kinds(reading) -> list[str]:
    return [issue.kind for issue in reading.issues]


def heading(column: str, words: str | None):
    def change(book):
        book[SHEET][f"{column}{HEAD}"].value = words

    return changed(FORM, change)


def second_column(first: str, second: str, *, values=None, above: str = "Số liệu", data: bytes = FORM):
    """Two columns under one merged heading, the second one with other figures."""

    def change(book):
        sheet = book[SHEET]
        sheet.insert_cols(6)
        sheet.insert_rows(HEAD + 1)
        sheet[f"E{HEAD}"].value, sheet[f"E{HEAD + 1}"].value, sheet[f"F{HEAD + 1}"].value = above, first, second
        for row in range(HEAD + 2, sheet.max_row + 1):
            own = sheet[f"E{row}"].value
            sheet[f"F{row}"].value = values(own) if values else own
        sheet.merge_cells(f"E{HEAD}:F{HEAD}")

    return changed(data, change)


def more(value):
    return value + 1 if isinstance(value, int | float) else value


@pytest.mark.parametrize(
    ("column", "words"),
    [
        *(("A", words) for words in ("STT", "Số TT", "tt", None)),
        *(("B", words) for words in ("Mã", "MÃ CHỈ TIÊU", "Mã CT", "Mã  số", None)),
        *(("C", words) for words in ("Nội dung", "Chỉ tiêu thống kê", "TÊN CHỈ TIÊU", None)),
        *(("D", words) for words in ("ĐVT", "Đơn vị", "Đơn vị tính (số)", None)),
        *(("E", words) for words in ("Kết quả", "Kết quả thống kê", "Thực hiện", "Giá trị", "Số liệu trong kỳ")),
        *(("E", words) for words in ("SỐ LIỆU\nQUÝ III/2026", "Số liệu (tính đến 14/9/2026)")),
        *(("F", words) for words in ("Ghi chú 2", "Giải trình", "Cột khác", None)),
    ],
)
def test_a_heading_may_be_worded_otherwise(column, words):
    reading = read(heading(column, words))
    assert told(reading) == CLEAN
    assert reading.issues == ()


@pytest.mark.parametrize("words", [None, "Kế hoạch", "Kỳ trước", "Thực hiện cùng kỳ năm trước", "Ước thực hiện"])
def test_without_a_column_of_figures_there_is_no_table(words):
    assert kinds(read(heading("E", words))) == [Kind.MISSING_TABLE]


@pytest.mark.parametrize("words", ["Lũy kế", "Lũy kế từ đầu năm", "Số liệu quý II", "Kết quả năm 2025", "9 tháng"])
def test_a_column_of_another_window_is_no_answer(words):
    reading = read(heading("E", words))
    assert kinds(reading) == [Kind.FIGURE_COLUMN]
    remark = reading.issues[0]
    assert (remark.sheet, remark.cell, remark.found) == (SHEET, f"E{HEAD}", f"E{HEAD} “{words}”")
    assert (figure(reading, "3.4.1").value, figure(reading, "3.4.1").read_as) == (None, "not_read")


@pytest.mark.parametrize(
    ("first", "second"),
    [("Trong kỳ", "Lũy kế"), ("Quý III", "Lũy kế"), ("Quý III/2026", "9 tháng"), ("Kỳ này", "Kỳ trước")],
)
def test_in_a_quarter_the_column_of_the_period_counts(first, second):
    for data in (second_column(first, second, values=more), swapped_columns(first, second)):
        reading = read(data)
        assert told(reading) == CLEAN
        assert reading.issues == ()


def swapped_columns(first: str, second: str) -> bytes:
    """The same with the other column standing first."""

    def change(book):
        sheet = book[SHEET]
        for row in range(HEAD + 1, sheet.max_row + 1):
            left, right = sheet[f"E{row}"], sheet[f"F{row}"]
            left.value, right.value = right.value, left.value

    return changed(second_column(first, second, values=more), change)


def test_from_the_years_start_the_cumulative_column_counts():
    half = filled(period="2026-H1")
    reading = read(second_column("Trong kỳ", "Lũy kế", values=more, data=half))
    assert figure(reading, "3.4.1").value == figure(read(half), "3.4.1").value + 1
    assert figure(reading, "3.4.1").cell[0] == "F"
    assert reading.issues == ()


def test_in_the_first_quarter_both_must_say_the_same():
    first = filled(period="2026-Q1")
    same = read(second_column("Trong kỳ", "Lũy kế", data=first))
    assert (told(same), same.issues) == (told(read(first)), ())
    assert kinds(read(second_column("Trong kỳ", "Lũy kế", values=more, data=first))) == [Kind.FIGURE_COLUMN]


@pytest.mark.parametrize(
    ("first", "second"), [("Số liệu", "Số liệu (2)"), ("Trong kỳ", "Kỳ này"), ("Quý II", "9 tháng đầu năm")]
)
def test_two_columns_that_could_be_meant_are_a_question(first, second):
    reading = read(second_column(first, second, values=more))
    if second == "9 tháng đầu năm":
        assert reading.issues[0].found == f"E{HEAD + 1} “Quý II”, F{HEAD + 1} “9 tháng đầu năm”"
    assert kinds(reading) == [Kind.FIGURE_COLUMN]
    assert figure(reading, "3.4.1").value is None


@pytest.mark.parametrize("values", [None, lambda value: None])
def test_two_columns_that_say_the_same_or_one_that_is_empty_are_no_question(values):
    reading = read(second_column("Số liệu", "Số liệu (2)", values=values))
    assert (told(reading), reading.issues) == (CLEAN, ())


def test_columns_of_plan_and_comparison_are_passed_by():
    def add(book):
        sheet = book[SHEET]
        sheet.insert_cols(5, 2)
        sheet[f"E{HEAD}"].value, sheet[f"F{HEAD}"].value = "Kế hoạch", "Thực hiện kỳ trước"
        sheet[f"I{HEAD}"].value = "So với cùng kỳ (%)"
        for row in range(FIRST_ROW, sheet.max_row + 1):
            for column in "EFI":
                sheet[f"{column}{row}"].value = 999

    reading = read(changed(FORM, add))
    assert (told(reading), reading.issues) == (CLEAN, ())


def test_three_rows_of_headings_with_numbered_columns():
    def stack(book):
        sheet = book[SHEET]
        sheet.insert_cols(6, 2)
        sheet.insert_rows(HEAD + 1, 3)
        for cell, words in (
            (f"E{HEAD}", "Kết quả thực hiện"),
            (f"E{HEAD + 1}", "Số liệu"),
            (f"G{HEAD + 1}", "So sánh"),
            (f"E{HEAD + 2}", "Trong kỳ"),
            (f"F{HEAD + 2}", "Lũy kế"),
            (f"G{HEAD + 2}", "Kỳ trước"),
        ):
            sheet[cell].value = words
        sheet.merge_cells(f"E{HEAD}:G{HEAD}")
        sheet.merge_cells(f"E{HEAD + 1}:F{HEAD + 1}")
        for number, column in enumerate("ABCDEFGH", start=1):
            sheet[f"{column}{HEAD + 3}"].value = f"({number})"
        for row in range(HEAD + 4, sheet.max_row + 1):
            sheet[f"F{row}"].value = sheet[f"G{row}"].value = 12345

    reading = read(changed(FORM, stack))
    assert (told(reading), reading.issues) == (CLEAN, ())


def test_headings_repeated_after_a_page_break_are_passed_by():
    def repeat(book):
        sheet = book[SHEET]
        sheet.insert_rows(20, 2)
        for column in "ABCDEF":
            sheet[f"{column}20"].value = sheet[f"{column}{HEAD}"].value
        for number, column in enumerate("ABCDEF", start=1):
            sheet[f"{column}21"].value = number

    reading = read(changed(FORM, repeat))
    assert (told(reading), reading.issues) == (CLEAN, ())


def test_a_table_may_go_on_with_its_columns_in_another_order():
    def turn(book):
        sheet = book[SHEET]
        sheet.insert_rows(20)
        for left, right in (("B", "E"), ("C", "D")):
            sheet[f"{left}20"].value = sheet[f"{right}{HEAD}"].value
            sheet[f"{right}20"].value = sheet[f"{left}{HEAD}"].value
            for row in range(21, sheet.max_row + 1):
                one, other = sheet[f"{left}{row}"], sheet[f"{right}{row}"]
                one.value, other.value = other.value, one.value

    reading = read(changed(FORM, turn))
    assert [issue.kind for issue in reading.issues] == []
    assert [item for item in told(reading) if item not in CLEAN and item[1] is not None] == []


def test_titles_footers_and_signatures_are_no_rows():
    def add(book):
        sheet = book[SHEET]
        sheet.insert_rows(1, 3)
        sheet["A1"].value, sheet["D1"].value = "UBND XÃ THƯỢNG HỒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        sheet["A2"].value = "KẾT QUẢ THỰC HIỆN CẢI CÁCH HÀNH CHÍNH"
        last = sheet.max_row
        sheet[f"A{last + 2}"].value, sheet[f"E{last + 2}"].value = "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"
        sheet[f"C{last + 3}"].value, sheet[f"E{last + 3}"].value = "- Sở Nội vụ;", "CHỦ TỊCH"
        sheet[f"E{last + 6}"].value = "Nguyễn Văn A"
        sheet[f"E{last + 1}"].value = "Thượng Hồng, ngày 10 tháng 9 năm 2026"

    reading = read(changed(FORM, add))
    assert (told(reading), reading.issues) == (CLEAN, ())


def test_every_wording_of_the_table_is_understood():
    for row in rows("headings"):
        if row["role"] in headings.ROLES:
            assert headings.role(row["words"].upper()) == row["role"] or headings.tags(row["words"]), row
        elif row["role"] in headings.TAGS:
            assert row["role"] in headings.tags(f"Số liệu {row['words']}")
        elif row["role"] == "footer":
            assert headings.is_footer(row["words"])
        else:
            assert headings.is_a(row["words"], row["role"])
