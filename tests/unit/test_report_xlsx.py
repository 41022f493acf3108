"""The consolidated workbook as other people's scripts and a printer see it."""

import hashlib
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from cchc import report
from cchc.catalogue import forms
from cchc.catalogue.indicators import areas, by_code
from tests.consolidations import consolidation

FEW = ("31", "31-SNV", "10507", "10525", "10993")


@pytest.fixture(scope="module")
def small():
    return consolidation(of=FEW, absent=("10993",))


@pytest.fixture(scope="module")
def book(small, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "small.xlsx"
    report.write_xlsx(small, path)
    return openpyxl.load_workbook(path)


def _table(sheet, first="TT"):
    rows = list(sheet.iter_rows())
    start = next(number for number, row in enumerate(rows) if row[0].value == first)
    return [cell.value for cell in rows[start]], rows[start + 1 :]


def test_sheets_in_order_and_the_machine_sheet_hidden(book):
    areas_sheets = [row["sheet"] for row in areas().values()]
    lists = ["Theo đơn vị", "Tình hình nộp", "Lỗi và cảnh báo", "Thuyết minh đơn vị", "Nguồn số liệu", "_nguon"]
    targets = ["Mục tiêu", "Mục tiêu theo đơn vị", "Biểu đồ"]
    assert book.sheetnames == ["Bìa", "Tổng hợp", *targets, *areas_sheets, *lists]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["_nguon"]


def test_annexes_repeat_the_columns_of_the_form(book, small):
    values = {}
    for row in areas().values():
        heads, lines = _table(book[row["sheet"]])
        assert tuple(heads[:5]) == forms.HEADINGS[:5] and heads[-1] == forms.HEADINGS[5]
        values |= {line[1].value: line[4].value for line in lines}
    assert set(values) == {total.indicator for total in small.totals}
    for total in small.totals:
        expected = None if total.value is None else float(total.value)
        assert values[total.indicator] == pytest.approx(expected), total.indicator


def test_codes_are_text_and_figures_are_numbers(book):
    _, lines = _table(book["3. Thủ tục hành chính"])
    codes = {line[1].value: line for line in lines}
    assert codes["3.4.10"][1].data_type == "s"
    assert codes["3.4.1"][4].data_type == "n"
    assert codes["3.4.12"][4].number_format.startswith("[$-42A]#,##0")


def test_a_figure_that_is_not_known_is_empty_and_says_so(book, small):
    unknown = {t.indicator for t in small.totals if t.value is None}
    assert unknown
    for row in areas().values():
        heads, lines = _table(book[row["sheet"]])
        for line in lines:
            if line[1].value in unknown:
                assert line[4].value is None and line[heads.index("Ghi chú")].value


def test_coverage_stands_beside_each_figure(book, small):
    heads, lines = _table(book["3. Thủ tục hành chính"])
    shown = {line[1].value: line[5].value for line in lines}
    total = next(t for t in small.totals if t.indicator == "3.4.1")
    assert shown["3.4.1"] == f"{total.reported}/{total.expected}" == "3/4"


def test_a_number_of_units_is_not_called_a_number_of_procedures(book):
    heads, lines = _table(book["3. Thủ tục hành chính"])
    line = next(line for line in lines if line[1].value == "3.1.7b")
    assert (line[3].value, line[heads.index("Ghi chú")].value) == ("đơn vị", "Số đơn vị niêm yết đầy đủ")


def test_one_row_a_unit_one_column_a_code(book, small):
    heads, lines = _table(book["Theo đơn vị"])
    assert heads[5:] == [total.indicator for total in small.totals]
    assert [line[1].value for line in lines] == [row.unit for row in small.statuses]
    given = {(c.unit, c.indicator): c.value for c in small.contributions}
    for line in lines:
        for code, cell in zip(heads[5:], line[5:], strict=True):
            if not by_code()[code].computed:
                value = given.get((line[1].value, code))
                assert cell.value == (None if value is None else float(value))


def test_one_row_an_obligation(book, small):
    heads, lines = _table(book["Tình hình nộp"])
    shown = [dict(zip(heads, (cell.value for cell in line), strict=True)) for line in lines]
    assert [row["Mã đơn vị"] for row in shown] == [row.unit for row in small.statuses]
    absent = next(row for row in shown if row["Mã đơn vị"] == "10993")
    assert (absent["Tình trạng"], absent["Nhận lúc"], absent["Hạn nộp"]) == ("Chưa nộp", None, "24:00 10/09/2026")
    assert len(shown[0]["Mã băm SHA-256 (12 ký tự đầu)"]) == 12


def test_text_never_becomes_a_formula(book):
    formulas = [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert not formulas
    _, lines = _table(book["Lỗi và cảnh báo"])
    assert any(str(cell.value).startswith("=") for line in lines for cell in line)


def test_printed_on_a4_one_page_wide_with_repeated_headings(book):
    for row in areas().values():
        sheet = book[row["sheet"]]
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page wide is what the format assumes where nothing is written.
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.print_title_rows and "&P" in sheet.oddFooter.right.text
        assert sheet.freeze_panes


def test_all_visible_text_is_times_new_roman(book):
    fonts = {
        c.font.name for sheet in book if sheet.title != "_nguon" for row in sheet.iter_rows() for c in row if c.value
    }
    assert fonts == {"Times New Roman"}


def test_the_cover_has_the_labels_of_the_form(book):
    cover = {row[1].value: row[2].value for row in book["Bìa"].iter_rows(min_row=6, max_col=3)}
    assert (cover["Mã đơn vị"], cover["Mã kỳ"], cover["Số đơn vị được tổng hợp"]) == ("31", "2026-Q3", "4/5")


def test_the_same_consolidation_gives_the_same_bytes(small, tmp_path):
    later = replace(small, as_of=small.as_of.replace(hour=23))
    for name, item in (("a", small), ("b", later)):
        report.write_xlsx(item, tmp_path / name)
    digests = {hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("a", "b")}
    assert len(digests) == 1


def test_the_number_of_figures_is_returned(small, tmp_path):
    figures = report.write_xlsx(small, tmp_path / "a.xlsx")
    assert figures == sum(total.value is not None for total in small.totals)


def test_money_is_written_to_the_last_digit(small, tmp_path):
    totals = tuple(replace(t, value=Decimal("1234567.89")) if t.indicator == "6.1.2" else t for t in small.totals)
    report.write_xlsx(replace(small, totals=totals), tmp_path / "a.xlsx")
    _, lines = _table(openpyxl.load_workbook(tmp_path / "a.xlsx")["6. Tài chính công"])
    assert next(line[4].value for line in lines if line[1].value == "6.1.2") == 1234567.89


def test_an_empty_period_is_still_a_report(tmp_path):
    nobody = consolidation(of=FEW, absent=FEW)
    report.write_xlsx(replace(nobody, data_as_of=None), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Tổng hợp"]
    words = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "Tổng hợp từ 0/5" in words and "Chưa nộp (5)" in words
