"""The issued form: what stands in it, what may be typed, what its own formulas say."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from cchc.catalogue import forms, indicators, periods, units
from cchc.template import address, issue

Q3 = periods.parse("2026-Q3")
THUONG_HONG = units.find("10993", Q3.window_to)
assert THUONG_HONG is not None
COMMUNE = forms.form("commune", "Q3")


def book_of(data: bytes):
    return load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def empty() -> bytes:
    return issue(THUONG_HONG, Q3)


@pytest.fixture(scope="module")
def book(empty: bytes):
    return book_of(empty)


def test_the_same_form_is_the_same_bytes(empty: bytes):
    assert issue(THUONG_HONG, Q3) == empty


def test_no_clock_in_the_archive(empty: bytes):
    with ZipFile(BytesIO(empty)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        properties = archive.read("docProps/core.xml").decode()
    assert properties.count("2026-06-15T00:00:00Z") == 2


def test_sheets_are_cover_areas_narrative_and_self_check(book):
    assert book.sheetnames == ["Bìa", *COMMUNE.sheets.values(), "Thuyết minh", "Tự kiểm tra"]


def test_cover_names_unit_period_and_form(book):
    shown = {row[1].value: row[2].value for row in book["Bìa"].iter_rows(min_row=5, max_row=12)}
    assert shown["Tên đơn vị"] == "Xã Thượng Hồng"
    assert shown["Mã đơn vị"] == "10993"
    assert shown["Mã kỳ"] == "2026-Q3"
    assert shown["Kỳ báo cáo"] == "Quý III năm 2026"
    assert "15/06/2026" in shown["Thời gian lấy số liệu"] and "14/09/2026" in shown["Thời gian lấy số liệu"]
    assert shown["Biểu mẫu"] == "CCHC-01/X"


def test_codes_are_text_and_complete(book):
    seen = []
    for sheet in COMMUNE.sheets.values():
        for row in book[sheet].iter_rows(min_row=6, max_col=6):
            assert row[1].data_type == "s" and row[1].number_format == "@"
            seen.append(row[1].value)
    assert seen == [row.indicator.code for row in COMMUNE.rows]


def test_headings_are_those_of_the_contract(book):
    for sheet in COMMUNE.sheets.values():
        assert tuple(cell.value for cell in book[sheet][5][:6]) == forms.HEADINGS


def test_only_what_is_asked_can_be_filled_in(book):
    for row in COMMUNE.rows:
        sheet, cell = address(COMMUNE)[row.indicator.code]
        assert book[sheet].protection.sheet
        assert book[sheet][cell].protection.locked is (row.required == "computed")
        assert book[sheet][cell.replace("E", "B")].protection.locked


def test_every_figure_to_fill_in_has_an_entry_check(book):
    for row in COMMUNE.rows:
        sheet, cell = address(COMMUNE)[row.indicator.code]
        checks = [dv for dv in book[sheet].data_validations.dataValidation if cell in dv.sqref]
        assert len(checks) == (0 if row.required == "computed" else 1)


def test_entry_checks_let_nothing_arose_through(book):
    for sheet in COMMUNE.sheets.values():
        for check in book[sheet].data_validations.dataValidation:
            assert "không phát sinh" in check.formula1.casefold()
            assert len(check.formula1) <= 255, "longer formulas are refused by Excel"


def test_flags_are_chosen_from_their_own_codes(book):
    sheet, cell = address(COMMUNE)["1.4.2"]
    check = next(dv for dv in book[sheet].data_validations.dataValidation if cell in dv.sqref)
    assert (check.type, check.formula1) == ("list", '"0,1,2,Không phát sinh"')


def test_ratios_are_formulas_over_their_parts(book):
    sheet, cell = address(COMMUNE)["3.4.12"]
    formula = book[sheet][cell].value
    for part in ("3.4.6", "3.4.7", "3.4.5"):
        assert address(COMMUNE)[part][1] in formula
    assert formula.startswith("=IF(") and '""' in formula


def test_a_ratio_across_sheets_names_the_other_sheet(book):
    sheet, cell = address(COMMUNE)["7.3.5"]
    assert address(COMMUNE)["3.4.2"][0] in book[sheet][cell].value


def test_figures_and_text_are_written_as_they_are():
    data = issue(THUONG_HONG, Q3, {"3.4.1": 12, "6.1.1": Decimal("1234.5"), "1.1.1": "KPS"}, {"I.1": "Một\nhai"})
    book = book_of(data)
    found = {code: book[address(COMMUNE)[code][0]][address(COMMUNE)[code][1]].value for code in ("3.4.1", "1.1.1")}
    assert found == {"3.4.1": 12, "1.1.1": "KPS"}
    assert book["6. Tài chính công"][address(COMMUNE)["6.1.1"][1]].value == 1234.5
    assert "Một\nhai" in [row[2].value for row in book["Thuyết minh"].iter_rows()]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+84", "-3 hồ sơ", "@SUM(A1)"])
def test_text_never_becomes_a_formula(text: str):
    book = book_of(issue(THUONG_HONG, Q3, {"1.6.1": text}, {"I.1": text}))
    sheet, cell = address(COMMUNE)["1.6.1"]
    assert book[sheet][cell].data_type == "s" and book[sheet][cell].value == text
    assert book[sheet][cell].quotePrefix
    assert all(c.data_type != "f" for row in book["Thuyết minh"].iter_rows() for c in row)


def test_control_characters_are_left_out():
    book = book_of(issue(THUONG_HONG, Q3, narrative={"I.1": "a\x00b\x0bc"}))
    assert "abc" in [row[2].value for row in book["Thuyết minh"].iter_rows()]


@pytest.mark.parametrize(("unit", "form_id"), [("10993", "commune"), ("31-SNV", "department"), ("31", "authority")])
@pytest.mark.parametrize("period", ["2026-Q1", "2026-H1", "2026-Q3", "2026-Y"])
def test_every_sender_gets_every_report(unit: str, form_id: str, period: str):
    wanted = periods.parse(period)
    owner = units.find(unit, wanted.window_to)
    book = book_of(issue(owner, wanted))
    form = forms.form(form_id, wanted.kind)
    assert set(form.sheets.values()) <= set(book.sheetnames)
    codes = {row[1].value for sheet in form.sheets.values() for row in book[sheet].iter_rows(min_row=6, max_col=6)}
    assert codes == form.codes


def test_yearly_rows_are_asked_in_the_yearly_report_only():
    yearly = {row.code for row in indicators.all_indicators() if row.time == "yearly"}
    assert not yearly & forms.form("commune", "Q3").codes
    assert yearly & forms.form("commune", "Y").codes


def test_printed_on_a4_one_page_wide_with_headings_repeated(book):
    for sheet in COMMUNE.sheets.values():
        page = book[sheet]
        assert (page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (9, 1, 0)
        assert page.print_title_rows == "$5:$5" and page.freeze_panes == "A6"
        assert "&P" in page.oddFooter.right.text


def test_self_check_compares_what_the_register_compares(book):
    subjects = [row[1].value or "" for row in book["Tự kiểm tra"].iter_rows(min_row=6)]
    for relation in ("3.4.1 = 3.4.2 + 3.4.3 + 3.4.4", "3.4.1 = 3.4.5 + 3.4.9", "1.1.2 ≤ 1.1.1"):
        assert any(relation in subject for subject in subjects)


def test_self_check_turns_red(book):
    fills = [
        rule.dxf.fill.bgColor.rgb
        for ranges in book["Tự kiểm tra"].conditional_formatting
        for rule in ranges.rules
        if "SAI" in rule.formula[0]
    ]
    assert fills == ["00FFC7CE"]
