"""Who reports and on when: what the cover says in other words is understood, and what it leaves open is asked."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from cchc.catalogue import periods, units
from cchc.model.submission import Reading
from cchc.parse import read
from cchc.parse.issue_kinds import Kind
from cchc.template import issue

Q3 = periods.parse("2026-Q3")
NAME, CODE, PERIOD_NAME, PERIOD, WINDOW = "C5", "C6", "C7", "C8", "C9"


def form_of(code: str, file_name: str = "bieu.xlsx", **cover: str | None) -> Reading:
    """The reading of a unit's form with other values on its cover."""
    owner = units.find(code, Q3.window_to)
    assert owner is not None
    book = load_workbook(BytesIO(issue(owner, Q3)))
    for cell, value in cover.items():
        book["Bìa"][cell].value = value
    out = BytesIO()
    book.save(out)
    return read(out.getvalue(), file_name)


def remarks(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [(i.kind, i.cell, i.found, i.expected) for i in reading.issues if i.sheet == "Bìa"]


def test_a_name_alone_is_enough_where_only_one_unit_bears_it():
    reading = form_of("10993", C6=None, C5="UBND X. Thượng Hồng")
    assert (reading.unit, reading.form) == ("10993", "commune")
    assert remarks(reading) == [(Kind.UNIT_BY_NAME, CODE, "UBND X. Thượng Hồng", "Xã Thượng Hồng (mã 10993)")]


def test_a_name_that_several_bear_is_asked_about():
    reading = form_of("31-SNV", C6=None)
    both = "Một trong: Sở Nội vụ (mã 31-SNV); Sở Nội vụ (mã 75-SNV)"
    assert reading.unit == ""
    assert remarks(reading) == [(Kind.MISSING_UNIT_CODE, CODE, "", both)]
    assert form_of("31-SNV", C6=None, C5="Sở Nội vụ TP Hải Phòng").unit == "31-SNV"


def test_a_former_name_is_told_its_successors():
    reading = form_of("10993", C6=None, C5="xã Thái Hòa, huyện Bình Giang")
    assert reading.unit == ""
    ((kind, cell, found, expected),) = remarks(reading)
    assert (kind, cell, found) == (Kind.FORMER_UNIT, NAME, "xã Thái Hòa, huyện Bình Giang")
    assert "10993" in expected and "10972" in expected and "1669/NQ-UBTVQH15" in expected


def test_a_former_name_beside_a_present_code_is_asked_about():
    ((kind, cell, _, expected),) = remarks(form_of("10993", C5="Xã Thúc Kháng"))
    assert (kind, cell) == (Kind.FORMER_UNIT, NAME) and "10972" in expected


def test_a_code_of_the_past_names_what_became_of_it():
    reading = form_of("10507", C6="10519")
    assert reading.unit == ""
    assert remarks(reading) == [
        (Kind.FORMER_UNIT, CODE, "10519 – Phường Nguyễn Trãi", "Phường Thành Đông (mã 10507) – 1669/NQ-UBTVQH15")
    ]


def test_a_code_that_the_reform_gave_to_another_unit_is_never_taken_at_its_word():
    reading = form_of("26347", C5="Xã Thừa Đức")
    ((kind, cell, _, expected),) = remarks(reading)
    assert (kind, cell) == (Kind.FORMER_UNIT, NAME) and "Xã Thừa Đức" not in expected


def test_a_draft_code_with_the_right_name_is_understood_and_said():
    reading = form_of("10507", C6="10510")
    assert reading.unit == "10507"
    assert remarks(reading) == [(Kind.DRAFT_CODE, CODE, "10510", "Phường Thành Đông (mã 10507)")]


def test_a_draft_code_with_another_name_is_not():
    reading = form_of("10993", C6="10510")
    assert (reading.unit, remarks(reading)[0][0]) == ("", Kind.FORMER_UNIT)


def test_an_unknown_code_is_told_the_code_of_the_name():
    assert remarks(form_of("10993", C6="1O993"))[0] == (Kind.UNKNOWN_UNIT, CODE, "1O993", "Xã Thượng Hồng (mã 10993)")


def test_a_name_of_another_unit_is_told_both_ways_out():
    ((kind, _, _, expected),) = remarks(form_of("10993", C5="Phường Kinh Môn"))
    assert kind == Kind.UNIT_NAME_MISMATCH
    assert expected == "Xã Thượng Hồng; hoặc giữ tên và sửa mã: Phường Kinh Môn (mã 10675)"


def test_names_that_differ_by_a_diacritic_are_two_units():
    assert remarks(form_of("10888", C5="Xã Cẩm Giàng"))[0][0] == Kind.UNIT_NAME_MISMATCH
    assert remarks(form_of("10888", C5="XÃ CẨM GIANG")) == []


@pytest.mark.parametrize(
    ("words", "read_as"),
    [("Quý III/2026", "2026-Q3"), ("q3.2026", "2026-Q3"), ("Quý 3", "2026-Q3"), ("quý III năm 2026", "2026-Q3")],
)
def test_a_period_in_words_is_read_and_said(words, read_as):
    reading = form_of("10993", C8=words)
    assert reading.period == read_as
    assert remarks(reading) == [(Kind.PERIOD_BY_WORDS, PERIOD, words, read_as)]


def test_a_code_in_lower_case_needs_no_remark():
    reading = form_of("10993", C8=" 2026-q3 ")
    assert (reading.period, remarks(reading)) == ("2026-Q3", [])


@pytest.mark.parametrize(
    "cover",
    [
        {"C8": "Quý 3", "C9": None},
        {"C8": "Quý 3", "C9": "từ ngày 15/06/2025 đến hết ngày 14/06/2026"},
        {"C8": "quý I hoặc quý III năm 2026; quý I năm 2026"},
        {"C8": "9 tháng năm 2026"},
        {"C8": "tháng 9/2026"},
    ],
)
def test_a_period_that_stays_open_is_asked_about(cover):
    reading = form_of("10993", **cover)
    assert (reading.period, remarks(reading)[0][0]) == ("", Kind.UNKNOWN_PERIOD)


def test_an_empty_code_is_read_from_the_name_of_the_period_beside_it():
    reading = form_of("10993", C8=None)
    assert reading.period == "2026-Q3"
    assert remarks(reading) == [(Kind.PERIOD_BY_WORDS, PERIOD, "Quý III năm 2026", "2026-Q3")]
    assert remarks(form_of("10993", C7=None, C8=None))[0][0] == Kind.MISSING_PERIOD


def test_two_periods_on_one_cover_are_asked_about():
    reading = form_of("10993", C7="Quý II năm 2026", B2="BÁO CÁO QUÝ III")
    assert remarks(reading) == [
        (Kind.COVER_PERIOD, PERIOD_NAME, "Quý II năm 2026", "quý III năm 2026 (2026-Q3)"),
    ]


def test_a_file_without_a_cover_is_asked_whose_it_is_with_what_was_seen():
    owner = units.find("10993", Q3.window_to)
    assert owner is not None
    book = load_workbook(BytesIO(issue(owner, Q3)))
    del book["Bìa"]
    out = BytesIO()
    book.save(out)
    reading = read(out.getvalue(), "xa Thuong Hong.xlsx")
    question = next(i for i in reading.issues if i.kind == Kind.MISSING_COVER)
    assert (reading.unit, reading.period) == ("", "")
    assert "Xã Thượng Hồng – quý III năm 2026" in question.found and "xa Thuong Hong.xlsx" in question.found


@pytest.mark.parametrize(
    ("file_name", "kinds"),
    [
        ("Bieu CCHC Q3 xa Thuong Hong (1) sua.xlsx", []),
        ("Bieu CCHC quy 2 xa Thuong Hong.xlsx", [Kind.FILE_NAME_PERIOD]),
        ("phuong Kinh Mon Q3 2026.xlsx", [Kind.FILE_NAME_UNIT]),
        ("bieu.xlsx", []),
    ],
)
def test_a_file_name_in_words_agrees_or_is_asked_about(file_name, kinds):
    assert [kind for kind, *_ in remarks(form_of("10993", file_name))] == kinds


def titled(cover: dict[str, str | None], titles: dict[int, str]) -> list[tuple[str, str, str, str]]:
    """Remarks of the s63 kind on the form of xã Thượng Hồng with other values on its cover and above its tables."""
    book = load_workbook(BytesIO(issue(units.find("10993", Q3.window_to), Q3)))
    for cell, value in cover.items():
        book["Bìa"][cell].value = value
    for sheet, title in titles.items():
        book.worksheets[sheet]["A2"].value = title
    out = BytesIO()
    book.save(out)
    found = read(out.getvalue(), "bieu.xlsx").issues
    return [(i.sheet[:1], i.cell, i.found, i.expected) for i in found if i.kind == Kind.TITLE_UNIT]


def test_the_form_of_another_unit_under_a_new_cover_is_found_by_its_sheets():
    left = "Xã Thượng Hồng – quý III năm 2026"
    found = [("1", "A2", left, "Phường Chí Linh, 10546")]
    assert titled({CODE: "10546", NAME: "Phường Chí Linh"}, {}) == found
    assert titled({CODE: "10546", NAME: None}, {}) == found


def test_one_sheet_of_another_unit_is_found():
    other = "UBND X. Cẩm Giàng - quý III năm 2026"
    assert titled({}, {3: other}) == [("3", "A2", other, "Xã Thượng Hồng, 10993")]


@pytest.mark.parametrize(
    "title",
    [
        "UBND TP HẢI PHÒNG - UBND XÃ THƯỢNG HỒNG",
        "X. Thượng Hồng, quý III năm 2026",
        "Quý III năm 2026",
        "Kính gửi: Sở Nội vụ",
        "Cẩm Giàng",
        "xã Thái Hòa, huyện Bình Giang",
        "",
    ],
)
def test_titles_that_name_this_unit_or_no_commune_are_no_remark(title):
    assert titled({}, {3: title}) == []


def test_a_cover_whose_unit_is_in_doubt_is_asked_about_once():
    assert titled({CODE: "10546"}, {}) == []
