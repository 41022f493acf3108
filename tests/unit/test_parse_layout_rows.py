"""Rows are found by code, then by name; a name that says otherwise stops the reader; nothing is dropped in silence."""

from __future__ import annotations

import random
from datetime import date

import pytest

from cchc.catalogue.forms import form
from cchc.catalogue.indicators import by_code
from cchc.parse import read
from cchc.parse.codes import code_of
from cchc.parse.issue_kinds import Kind
from cchc.parse.likeness import Hints, likest, score
from cchc.template import address
from tests.workbooks import FIRST_ROW, changed, figure, filled, form_of, told

FORM = filled()
CLEAN = told(read(FORM))
COMMUNE, _ = form_of()
PLACES = address(COMMUNE)
NO_HINTS = Hints("", frozenset(), frozenset(), frozenset())
SHEET = "3. Thủ tục hành chính"


def place(code: str) -> tuple[str, int]:
    sheet, cell = PLACES[code]
    return sheet, int(cell[1:])


def edited(code: str, column: str, value) -> bytes:
    def change(book):
        sheet, row = place(code)
        book[sheet][f"{column}{row}"].value = value

    return changed(FORM, change)


def said(reading) -> list[tuple]:
    return [(i.kind, i.cell, i.indicator, i.expected) for i in reading.issues]


@pytest.mark.parametrize(
    "written",
    ["3.4.10.", " 3.4.10 ", "3,4,10", "3-4-10", "3. 4. 10", "'3.4.10", "3.4.10\n", "3 .4 .10", "3–4–10", "3/4/10"],
)
def test_a_code_may_be_spelled_otherwise(written):
    reading = read(edited("3.4.10", "B", written))
    assert (told(reading), reading.issues) == (CLEAN, ())


@pytest.mark.parametrize("written", ["1.4.1 a", "1.4.1A", "1.4.1.a", "1,4,1a"])
def test_the_letter_of_a_code_may_be_spelled_otherwise(written):
    assert code_of(written) == "1.4.1a"


@pytest.mark.parametrize("written", [None, "??", "3.4.l0", 3.41, date(2010, 4, 3), "#REF!"])
def test_a_damaged_code_is_made_good_by_the_name_and_told(written):
    reading = read(edited("3.4.10", "B", written))
    assert told(reading) == CLEAN
    assert said(reading) == [(Kind.ROW_BY_NAME, f"B{place('3.4.10')[1]}", "3.4.10", "100%")]


def test_a_code_that_lost_its_zero_is_told_by_the_name():
    reading = read(edited("3.4.10", "B", "3.4.1"))
    assert told(reading) == CLEAN
    assert said(reading) == [(Kind.ROW_BY_NAME, f"B{place('3.4.10')[1]}", "3.4.10", "100%")]


def test_without_code_and_name_the_row_is_missing_and_its_figure_told():
    def change(book):
        sheet, row = place("3.4.10")
        book[sheet][f"B{row}"].value = book[sheet][f"C{row}"].value = None

    reading = read(changed(FORM, change))
    row = place("3.4.10")[1]
    assert [(i.kind, i.cell, i.indicator) for i in reading.issues] == [
        (Kind.ROW_NOT_MATCHED, f"E{row}", ""),
        (Kind.MISSING_ROW, "", "3.4.10"),
    ]
    assert reading.issues[0].found == f"{figure(read(FORM), '3.4.10').value}"


def test_a_name_with_a_slip_is_matched_with_its_likeness():
    def change(book):
        sheet, row = place("3.4.1")
        book[sheet][f"B{row}"].value = None
        book[sheet][f"C{row}"].value = "Số hồ sơ nhận giải quyêt : tổng sô (cot 3)"

    reading = read(changed(FORM, change))
    assert told(reading) == CLEAN
    assert [(i.kind, i.indicator) for i in reading.issues] == [(Kind.ROW_BY_NAME, "3.4.1")]


@pytest.mark.parametrize(
    "name", ["Số hồ sơ", "Tổng số", "– quá hạn", "Số hồ sơ giải quyết: tổng số", "Số cuộc họp báo", "Đã giải quyết"]
)
def test_a_name_that_fits_none_or_several_is_no_match(name):
    rows = form("commune", "Q3").area_rows(3)
    assert likest(name, rows, NO_HINTS) is None


def test_the_running_number_decides_between_similar_names():
    rows = form("authority", "Y").area_rows(3)
    name = "Chi phí tuân thủ TTHC nội bộ khi đơn giản hóa"
    assert likest(name, rows, NO_HINTS) is None
    for code in ("3.2.8a", "3.2.8b"):
        found = likest(name, rows, Hints("", frozenset({code}), frozenset(), frozenset()))
        assert found is not None and found.code == code
        assert likest(name, rows, Hints("", frozenset({code}), frozenset(), frozenset({code}))) is None


def test_the_unit_of_measure_tells_a_ratio_from_its_count():
    rows = form("commune", "Y").area_rows(5)
    name = "cơ quan, tổ chức hành chính được phê duyệt vị trí việc làm"
    for uom, code in (("%", "5.1.1"), ("cơ quan", "5.1.1b")):
        found = likest(name, rows, Hints(uom, frozenset({code}), frozenset(), frozenset()))
        assert found is not None and found.code == code


def test_late_but_done_is_not_late_and_not_done():
    rows = form("commune", "Q3").area_rows(1)
    found = likest("– quá hạn nhưng chưa hoàn thành", rows, NO_HINTS)
    assert found is None or found.code == "1.3.5"


@pytest.mark.parametrize(("form_id", "kind"), [("commune", "Y"), ("department", "Y"), ("authority", "Y")])
def test_a_slip_in_a_name_never_makes_it_another_indicator(form_id, kind):
    dice = random.Random(5)
    whole, asked = 0, form(form_id, kind)
    for area in asked.sheets:
        rows = asked.area_rows(area)
        for row in rows:
            name = row.indicator.name
            at = dice.randrange(len(name))
            for slip in (name[:at] + dice.choice("aeiou") + name[at + 1 :], name[:at] + name[at + 1 :], f"{name} "):
                found = likest(slip, rows, NO_HINTS)
                assert found is None or found.code == row.indicator.code, (slip, found)
                whole += found is not None
    assert whole > 2.7 * len(asked.rows)


def test_codes_shifted_by_a_row_are_stopped():
    def shift(book):
        sheet, first = place("3.4.5")
        last = place("3.4.8")[1]
        codes = [book[sheet][f"B{row}"].value for row in range(first, last + 1)]
        for row, code in zip(range(first, last + 1), [*codes[1:], codes[0]], strict=True):
            book[sheet][f"B{row}"].value = code

    reading = read(changed(FORM, shift))
    row = place("3.4.5")[1]
    assert [(i.kind, i.cell, i.indicator) for i in reading.issues] == [
        (Kind.OTHER_ROW, f"B{row + n}", code) for n, code in enumerate(("3.4.6", "3.4.7", "3.4.8", "3.4.5"))
    ]
    assert reading.issues[0].expected == f"3.4.5 – {by_code()['3.4.5'].name}"
    assert {figure(reading, f"3.4.{n}").read_as for n in (5, 6, 7, 8)} == {"not_read"}
    assert {figure(reading, f"3.4.{n}").value for n in (5, 6, 7, 8)} == {None}


def test_a_renamed_row_is_read_by_its_code():
    reading = read(edited("3.4.1", "C", "Tổng số hồ sơ nhận giải quyết (cột 3)"))
    assert (told(reading), reading.issues) == (CLEAN, ())


def test_a_name_that_has_nothing_to_do_with_its_code_is_pointed_out():
    reading = read(edited("1.6.1", "C", "Cuộc họp báo"))
    assert told(reading) == CLEAN
    assert said(reading) == [(Kind.NAME_UNLIKE, f"C{place('1.6.1')[1]}", "1.6.1", "")]


@pytest.mark.parametrize("how", ["deleted", "emptied", "heading and codes"])
def test_without_a_column_of_codes_names_decide(how):
    def change(book):
        sheet = book[SHEET]
        if how == "deleted":
            sheet.delete_cols(2)
            return
        for row in range(FIRST_ROW - 1 if how == "heading and codes" else FIRST_ROW, sheet.max_row + 1):
            sheet[f"B{row}"].value = None

    reading = read(changed(FORM, change))
    assert told(reading) == CLEAN
    if how == "emptied":
        assert {i.kind for i in reading.issues} == {Kind.ROW_BY_NAME}
    else:
        assert [(i.kind, i.sheet) for i in reading.issues] == [(Kind.NO_CODES, SHEET)]


def test_rows_beyond_the_table_are_told_with_their_figures():
    def change(book):
        sheet = book[SHEET]
        last = sheet.max_row
        sheet[f"C{last + 2}"].value, sheet[f"E{last + 2}"].value = "Tổng cộng toàn xã", 4711
        sheet[f"E{last + 4}"].value = "1.250"
        sheet[f"C{last + 5}"].value, sheet[f"E{last + 5}"].value = "Ghi chú thêm", "chưa đối chiếu"

    reading = read(changed(FORM, change))
    assert told(reading) == CLEAN
    assert [(i.kind, i.found) for i in reading.issues] == [
        (Kind.ROW_NOT_MATCHED, "Tổng cộng toàn xã: 4711"),
        (Kind.ROW_NOT_MATCHED, "1.250"),
    ]


def test_group_titles_between_rows_are_no_figures():
    def change(book):
        sheet = book[SHEET]
        sheet.insert_rows(12)
        sheet["A12"].value, sheet["C12"].value = "I", "HỒ SƠ THỦ TỤC HÀNH CHÍNH"
        sheet.insert_rows(20)
        sheet["B20"].value = "Nhóm 2"

    reading = read(changed(FORM, change))
    assert (told(reading), reading.issues) == (CLEAN, ())


def test_notes_beside_figures_are_explanations():
    reading = read(edited("3.4.8", "F", "  Mất điện 3 ngày "))
    assert [(e.text, e.indicator, e.rule, e.sheet, e.cell) for e in reading.explanations] == [
        ("Mất điện 3 ngày", "3.4.8", "", SHEET, PLACES["3.4.8"][1])
    ]
    assert read(FORM).explanations == ()


def test_likeness_knows_case_diacritics_and_punctuation():
    assert score("SỐ HỒ SƠ – trễ hạn:", "số hồ sơ trễ hạn") == 100
    assert score("Số hồ sơ", "Tỷ lệ hồ sơ") < 90
