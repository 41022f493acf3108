"""Which sheet is whose: renamed, doubled, of another quarter, everything on one sheet."""

from __future__ import annotations

import pytest

from cchc.parse import read
from cchc.parse.issue_kinds import Kind
from tests.workbooks import changed, filled, form_of, told

FORM = filled()
CLEAN = told(read(FORM))
COMMUNE, _ = form_of()
SHEET = "3. Thủ tục hành chính"


def doubled(name: str, *, figure=None, hidden: bool = False, empty: bool = False) -> bytes:
    def change(book):
        copy = book.copy_worksheet(book[SHEET])
        copy.title = name
        for row in range(6, copy.max_row + 1):
            if empty:
                copy[f"E{row}"].value = None
        if figure is not None:
            copy["E12"].value = figure
        copy.sheet_state = "hidden" if hidden else "visible"

    return changed(FORM, change)


def said(reading) -> list[tuple]:
    return [(i.kind, i.sheet, i.expected) for i in reading.issues]


@pytest.mark.parametrize("name", [f"{SHEET} (2)", "Sheet1 (2)", "3. Thủ tục hành chính Copy", "Bản cũ"])
def test_a_second_sheet_with_other_figures_is_a_question_that_names_both(name):
    assert said(read(doubled(name, figure=4711))) == [(Kind.SHEET_TWICE_DIFFERS, name, SHEET)]


@pytest.mark.parametrize("hidden", [True, False])
def test_a_second_sheet_that_agrees_is_pointed_out(hidden):
    reading = read(doubled(f"{SHEET} (2)", hidden=hidden))
    assert said(reading) == [(Kind.SHEET_TWICE, f"{SHEET} (2)", SHEET)]
    assert told(reading) == CLEAN


def test_what_a_person_does_not_see_is_no_question():
    reading = read(doubled("Sheet1 (2)", figure=4711, hidden=True))
    assert (said(reading), told(reading)) == ([(Kind.SHEET_TWICE, "Sheet1 (2)", SHEET)], CLEAN)


def test_an_empty_copy_says_nothing():
    assert said(read(doubled(f"{SHEET} (2)", empty=True))) == []


@pytest.mark.parametrize(
    "title", ["XÃ THƯỢNG HỒNG – QUÝ II NĂM 2026", "Số liệu quý 3/2025", "6 tháng đầu năm 2026", "Báo cáo năm 2025"]
)
def test_a_sheet_of_another_quarter_is_stopped(title):
    def change(book):
        book[SHEET]["A2"].value = title

    assert [(i.kind, i.sheet, i.cell, i.found, i.expected) for i in read(changed(FORM, change)).issues] == [
        (Kind.OTHER_PERIOD, SHEET, "A2", title, "quý III năm 2026")
    ]


@pytest.mark.parametrize("title", ["Xã Thượng Hồng – Quý 3/2026", "Số liệu quý III", "Ngày 10/6/2026", None])
def test_a_title_of_the_same_quarter_is_no_remark(title):
    def change(book):
        book[SHEET]["A2"].value = title

    assert read(changed(FORM, change)).issues == ()


def test_where_every_sheet_is_of_another_quarter_that_is_said_once():
    def change(book):
        for name in COMMUNE.sheets.values():
            book[name]["A2"].value = "Xã Thượng Hồng – quý I năm 2026"

    assert [i.kind for i in read(changed(FORM, change)).issues] == [Kind.OTHER_PERIOD]


def test_all_areas_may_stand_on_one_sheet():
    def change(book):
        target = book["1. Chỉ đạo điều hành"]
        target.title = "Phụ lục số liệu"
        for name in list(COMMUNE.sheets.values())[1:]:
            for row in book[name].iter_rows(min_row=1, max_col=6, values_only=True):
                target.append(row)
            book.remove(book[name])

    reading = read(changed(FORM, change))
    assert reading.issues == ()
    assert told(reading) == CLEAN
    assert {o.sheet for o in reading.observations} == {"Phụ lục số liệu"}


def test_a_renamed_sheet_without_codes_is_found_by_its_names():
    def change(book):
        book[SHEET].delete_cols(2)
        book[SHEET].title = "Bảng 3"

    reading = read(changed(FORM, change))
    assert told(reading) == CLEAN
    assert said(reading) == [(Kind.NO_CODES, "Bảng 3", "")]
