"""Reading a form: found by name, heading and code, every row accounted for, every doubt remarked."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cchc.catalogue import forms, periods, units
from cchc.catalogue.rules import issue_rules
from cchc.catalogue.tables import rows
from cchc.model.observation import ValueState
from cchc.parse import read, read_many
from cchc.parse.issue_kinds import Kind
from cchc.template import address, issue

Q3 = periods.parse("2026-Q3")
THUONG_HONG = units.find("10993", Q3.window_to)
assert THUONG_HONG is not None
COMMUNE = forms.form("commune", "Q3")
FILLED = issue(THUONG_HONG, Q3, {"3.4.1": 1043, "1.1.1": 28, "6.1.2": Decimal("8076.5")}, {"I.1": "Đã làm."})


def changed(change) -> bytes:
    book = load_workbook(BytesIO(FILLED))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def kinds(reading) -> list[str]:
    return [issue.kind for issue in reading.issues]


def figure(reading, code: str):
    return next(o for o in reading.observations if o.indicator == code)


def test_an_issued_form_reads_back_without_remark():
    reading = read(FILLED, "10993_2026-Q3.xlsx")
    assert reading.issues == ()
    assert (reading.unit, reading.unit_name, reading.period) == ("10993", "Xã Thượng Hồng", "2026-Q3")
    assert (reading.form, reading.form_version) == ("commune", "1.0")
    assert [o.indicator for o in reading.observations] == [row.indicator.code for row in COMMUNE.rows]
    assert [(n.section, n.text) for n in reading.narratives] == [("I.1", "Đã làm.")]


def test_each_figure_carries_its_real_address():
    for observation in read(FILLED).observations:
        assert (observation.sheet, observation.cell) == address(COMMUNE)[observation.indicator]
    assert figure(read(FILLED), "3.4.1").value == 1043


def test_computed_rows_without_result_are_missing_without_remark():
    ratio = figure(read(FILLED), "3.4.12")
    assert (ratio.computed, ratio.value, ratio.state) == (True, None, ValueState.MISSING)


def test_columns_and_rows_may_be_shifted():
    def shift(book):
        for name in COMMUNE.sheets.values():
            book[name].unmerge_cells("A1:F1")
            book[name].unmerge_cells("A2:F2")
            book[name].unmerge_cells("A3:F3")
            book[name].insert_cols(3, 2)
            book[name].insert_rows(2, 4)

    moved = figure(read(changed(shift)), "3.4.1")
    assert (moved.value, moved.cell) == (1043, "G10")


def test_sheet_names_are_compared_loosely():
    def rename(book):
        book["3. Thủ tục hành chính"].title = "3.THU TUC  HANH CHINH"

    reading = read(changed(rename))
    assert reading.issues == ()
    assert figure(reading, "3.4.1").sheet == "3.THU TUC  HANH CHINH"


def test_a_renamed_sheet_is_found_by_its_codes():
    def rename(book):
        book["3. Thủ tục hành chính"].title = "Sheet1 (2)"

    reading = read(changed(rename))
    assert reading.issues == ()
    assert figure(reading, "3.4.1").sheet == "Sheet1 (2)"


def test_sheets_that_are_not_ours_are_left_alone():
    def add(book):
        sheet = book.create_sheet("Theo đơn vị", 0)
        sheet.append(["TT", "Đơn vị", "1.1.1", "3.4.1"])
        sheet.append([1, "Phòng Kinh tế", 5, 6])
        book.create_sheet("_nguon").sheet_state = "hidden"

    assert read(changed(add)).issues == ()


def test_percent_formats_are_read_as_people_see_them():
    def fill(book):
        sheet, cell = address(COMMUNE)["3.6.1"]
        book[sheet][cell].value, book[sheet][cell].number_format = 0.985, "0.0%"

    seen = figure(read(changed(fill)), "3.6.1")
    assert (seen.value, seen.read_as, seen.raw) == (Decimal("98.5"), "percent_format", "98,5%")


def test_a_fraction_without_percent_format_is_asked_back():
    def fill(book):
        sheet, cell = address(COMMUNE)["3.6.1"]
        book[sheet][cell].value = 0.985

    assert figure(read(changed(fill)), "3.6.1").value is None
    assert [issue.kind for issue in read(changed(fill)).issues] == [Kind.AMBIGUOUS_NUMBER]


def test_a_formula_without_result_is_missing_and_remarked():
    def fill(book):
        sheet, cell = address(COMMUNE)["1.6.1"]
        book[sheet][cell].value = "=TODAY()+5"

    reading = read(changed(fill))
    assert [(i.kind, i.cell, i.indicator) for i in reading.issues] == [
        (Kind.FORMULA_WITHOUT_VALUE, address(COMMUNE)["1.6.1"][1], "1.6.1")
    ]
    assert figure(reading, "1.6.1").state is ValueState.MISSING


def test_an_error_in_a_cell_is_remarked_with_its_text():
    def fill(book):
        sheet, cell = address(COMMUNE)["1.6.1"]
        book[sheet][cell].value, book[sheet][cell].data_type = "#DIV/0!", "e"

    assert [(i.kind, i.found) for i in read(changed(fill)).issues] == [(Kind.ERROR_VALUE, "#DIV/0!")]


def test_the_first_of_two_rows_counts_and_the_second_is_remarked():
    def add(book):
        book["3. Thủ tục hành chính"]["B40"], book["3. Thủ tục hành chính"]["E40"] = "3.4.1", 7

    reading = read(changed(add))
    assert [(i.kind, i.cell, i.indicator, i.found) for i in reading.issues] == [
        (Kind.DUPLICATE_ROW, "E40", "3.4.1", "7")
    ]
    assert figure(reading, "3.4.1").value == 1043


def test_a_row_that_is_gone_is_remarked_and_still_accounted_for():
    def remove(book):
        sheet, cell = address(COMMUNE)["3.4.1"]
        book[sheet].delete_rows(int(cell[1:]))

    reading = read(changed(remove))
    assert [(i.kind, i.indicator) for i in reading.issues] == [(Kind.MISSING_ROW, "3.4.1")]
    assert figure(reading, "3.4.1").read_as == "no_cell"
    assert len(reading.observations) == len(COMMUNE.rows)


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        ("C5", "UBND xã Đại Sơn", Kind.UNIT_NAME_MISMATCH),
        ("C6", None, Kind.UNIT_BY_NAME),
        ("C6", "00000", Kind.UNKNOWN_UNIT),
        ("C8", None, Kind.PERIOD_BY_WORDS),
        ("C8", "Quý 5", Kind.UNKNOWN_PERIOD),
        ("C9", "từ ngày 15/12/2025 đến hết ngày 14/6/2026", Kind.WINDOW_MISMATCH),
        ("C11", "CCHC-02/S", Kind.FORM_MISMATCH),
        ("C12", "0.9", Kind.OLD_FORM_VERSION),
    ],
)
def test_the_cover_is_not_taken_at_its_word(cell: str, value: str | None, kind: Kind):
    def edit(book):
        book["Bìa"][cell].value = value

    remarks = read(changed(edit), "10993_2026-Q3.xlsx").issues
    assert [(i.kind, i.sheet, i.cell) for i in remarks] == [(kind, "Bìa", cell)]


@pytest.mark.parametrize(
    "name",
    ["UBND xã Thượng Hồng", "X. Thượng Hồng", "XÃ THƯỢNG HỒNG", "Thượng Hồng", "Ủy ban nhân dân xã Thượng  Hồng"],
)
def test_the_unit_may_be_written_in_many_ways(name: str):
    def edit(book):
        book["Bìa"]["C5"].value = name

    assert read(changed(edit)).issues == ()


def test_a_unit_before_its_time_is_remarked():
    def edit(book):
        book["Bìa"]["C8"].value = "2025-Q1"
        book["Bìa"]["C7"].value = book["Bìa"]["C9"].value = None

    assert kinds(read(changed(edit))) == [Kind.UNIT_NOT_VALID, Kind.OTHER_PERIOD]


def test_a_period_alias_is_its_period():
    data = issue(THUONG_HONG, periods.parse("2026-H1"))
    book = load_workbook(BytesIO(data))
    book["Bìa"]["C8"].value = "2026-q2"
    out = BytesIO()
    book.save(out)
    assert read(out.getvalue()).period == "2026-H1"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("26341_2026-Q3.xlsx", Kind.FILE_NAME_UNIT),
        ("10993 2026-H1.xlsx", Kind.FILE_NAME_PERIOD),
    ],
)
def test_a_file_name_that_says_otherwise_is_remarked(name: str, kind: Kind):
    assert kinds(read(FILLED, name)) == [kind]


@pytest.mark.parametrize("name", ["", "Bieu CCHC Q3 xa ABC (1) sua.xlsx", "bao cao ngay 31.xlsx", "10993.xlsx"])
def test_a_vague_file_name_says_nothing(name: str):
    assert read(FILLED, name).issues == ()


def test_without_cover_the_figures_are_still_read():
    def remove(book):
        book.remove(book["Bìa"])

    reading = read(changed(remove))
    assert kinds(reading) == [Kind.MISSING_COVER]
    assert (reading.unit, reading.period, reading.form) == ("", "", "commune")
    assert figure(reading, "3.4.1").value == 1043


def test_missing_sheets_and_tables_are_remarked_once_each():
    def remove(book):
        book.remove(book["5. Chế độ công vụ"])
        book["4. Tổ chức bộ máy"]["E5"].value = None
        book["7. Chính quyền số"].sheet_state = "hidden"

    reading = read(changed(remove))
    assert [(i.kind, i.sheet, i.expected) for i in reading.issues] == [
        (Kind.MISSING_TABLE, "4. Tổ chức bộ máy", "4. Tổ chức bộ máy"),
        (Kind.MISSING_SHEET, "", "5. Chế độ công vụ"),
        (Kind.HIDDEN_SHEET, "7. Chính quyền số", ""),
    ]
    assert len(reading.observations) == len(COMMUNE.rows)


def test_many_files_come_back_in_order_whatever_the_workers():
    items = [(issue(unit, Q3), f"{unit.code}.xlsx") for unit in units.units_of("31", Q3.window_to)[1:7]]
    alone, together = read_many(items), read_many(items, workers=2)
    assert alone == together
    assert [reading.unit for reading in alone] == [name.removesuffix(".xlsx") for _, name in items]


def test_kinds_of_remark_are_described_and_each_has_a_rule():
    described = {row["kind"] for row in rows("issue_kinds")}
    assert {kind.value for kind in Kind} == described == set(issue_rules())
