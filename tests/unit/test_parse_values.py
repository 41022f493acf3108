"""How the content of a figure cell is read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.catalogue.indicators import all_indicators
from cchc.catalogue.tables import rows
from cchc.model.observation import ValueState
from cchc.parse import measures, values
from cchc.parse.issue_kinds import Kind


@pytest.mark.parametrize(
    ("cell", "kind", "value", "read_as"),
    [
        (12.0, "count", "12", "number"),
        (98.5, "ratio", "98.5", "number"),
        (0.1 + 0.2, "amount", "0.3", "number_trimmed"),
        (1234567890123.0, "count", "1234567890123", "number"),
        (-3.0, "count", "-3", "number"),
        ("1.234", "count", "1234", "text_vn"),
        ("1.234.567", "count", "1234567", "text_vn"),
        ("1 234", "count", "1234", "text_vn"),
        ("1\u00a0234", "count", "1234", "text_vn"),
        ("1.234,5", "amount", "1234.5", "text_vn"),
        ("1234,5", "amount", "1234.5", "text_vn"),
        ("98,5", "ratio", "98.5", "text_vn"),
        ("98,5%", "ratio", "98.5", "text_percent"),
        ("98,5 %", "ratio", "98.5", "text_percent"),
        ("98.5", "ratio", "98.5", "text_point"),
        ("0.985", "ratio", "0.985", "text_point"),
        ("05", "count", "5", "text_plain"),
        ("-3", "count", "-3", "text_plain"),
        ("1,234,567", "count", "1234567", "text_en"),
        ("1,234.5", "amount", "1234.5", "text_en"),
        (" 7 ", "count", "7", "text_plain"),
    ],
)
def test_numbers(cell, kind: str, value: str, read_as: str):
    seen = values.read(cell, kind)
    assert (seen.value, seen.state, seen.read_as, seen.trouble) == (
        Decimal(value),
        ValueState.REPORTED,
        read_as,
        None,
    )


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("12,345", "amount"), ("1.234", "ratio"), ("1,234", "ratio"), ("1.234", "score")],
)
def test_what_can_be_read_in_two_ways_is_not_guessed(cell: str, kind: str):
    seen = values.read(cell, kind)
    assert (seen.value, seen.state, seen.trouble) == (None, ValueState.MISSING, Kind.AMBIGUOUS_NUMBER)


@pytest.mark.parametrize(
    ("cell", "trouble"),
    [
        ("mười hai", Kind.TEXT_IN_NUMBER),
        ("1.2.3", Kind.TEXT_IN_NUMBER),
        ("1,23,456", Kind.TEXT_IN_NUMBER),
        ("1.234.56", Kind.TEXT_IN_NUMBER),
        ("٣", Kind.TEXT_IN_NUMBER),
        ("²", Kind.TEXT_IN_NUMBER),
        ("(12)", Kind.TEXT_IN_NUMBER),
        ("1e3", Kind.TEXT_IN_NUMBER),
        ("12 quyển", Kind.TEXT_IN_NUMBER),
        ("12 12 văn bản", Kind.TEXT_IN_NUMBER),
        ("III", Kind.TEXT_IN_NUMBER),
        (True, Kind.TEXT_IN_NUMBER),
        (date(2026, 1, 1), Kind.DATE_IN_NUMBER),
        ("15/12/2026", Kind.DATE_IN_NUMBER),
        ("14.3.26", Kind.DATE_IN_NUMBER),
        ("ngày 14 tháng 3 năm 2026", Kind.DATE_IN_NUMBER),
        ("12 hồ sơ", Kind.OTHER_UNIT),
        ("98,5%", Kind.OTHER_UNIT),
        ("2 tỷ", Kind.OTHER_UNIT),
        ("15/20", Kind.FRACTION),
        ("15/15 (100%)", Kind.FRACTION),
        ("15/20 đơn vị", Kind.FRACTION),
        ("≈ 120", Kind.BOUND_OR_ESTIMATE),
        ("khoảng 120", Kind.BOUND_OR_ESTIMATE),
        ("> 95%", Kind.BOUND_OR_ESTIMATE),
        ("trên 90%", Kind.BOUND_OR_ESTIMATE),
        ("gần 50", Kind.BOUND_OR_ESTIMATE),
        ("≥ 3", Kind.BOUND_OR_ESTIMATE),
        ("10 – 12", Kind.BOUND_OR_ESTIMATE),
        ("12 trở lên", Kind.BOUND_OR_ESTIMATE),
        ("120 (ước)", Kind.BOUND_OR_ESTIMATE),
        ("02 (01 mới, 02 sửa đổi)", Kind.NOTE_CONTRADICTS),
        ("02, trong đó 03 mới", Kind.NOTE_CONTRADICTS),
        ("12 (13)", Kind.NOTE_CONTRADICTS),
        ("1O", Kind.LETTER_LIKE_DIGIT),
        ("l2", Kind.LETTER_LIKE_DIGIT),
        ("2О26", Kind.LETTER_LIKE_DIGIT),
    ],
)
def test_what_is_no_number_is_asked_back(cell, trouble: Kind):
    seen = values.read(cell, "count", uom="văn bản", code="1.1.2")
    assert (seen.value, seen.state, seen.trouble) == (None, ValueState.MISSING, trouble)
    assert seen.raw


@pytest.mark.parametrize(
    ("cell", "value", "read_as"),
    [
        ("12 văn bản", "12", "text_unit"),
        ("05 VB", "5", "text_unit"),
        ("3.468 văn bản", "3468", "text_unit"),
        ("12VB.", "12", "text_unit"),
        ("02 (01 mới, 01 sửa đổi)", "2", "text_note"),
        ("12 (QĐ số 15/QĐ-UBND ngày 3/4/2026)", "12", "text_note"),
        ("12; trong đó 03 mới", "12", "text_note"),
        ("12 văn bản (gồm 10 mới, 02 sửa đổi)", "12", "text_unit_note"),
        ("'12", "12", "text_plain"),
        ("12;", "12", "text_plain"),
        ("+5", "5", "text_plain"),
        ("１２", "12", "text_wide"),
    ],
)
def test_words_around_a_count(cell: str, value: str, read_as: str):
    seen = values.read(cell, "count", uom="văn bản", code="1.1.2")
    assert (seen.value, seen.read_as, seen.trouble, seen.raw) == (Decimal(value), read_as, None, cell)


@pytest.mark.parametrize(
    ("cell", "value", "read_as"),
    [
        ("2 tỷ 350 triệu", "2350", "text_money"),
        ("2 tỷ 350 triệu đồng", "2350", "text_money"),
        ("2,35 tỷ", "2350", "text_money"),
        ("2.35 tỉ đồng", "2350", "text_money"),
        ("350.000 nghìn đồng", "350", "text_money"),
        ("1.500.000 đồng", "1.5", "text_money"),
        ("1.234.567 đ", "1.234567", "text_money"),
        ("350 tr.đ", "350", "text_unit"),
        ("350 triệu (vốn trung ương)", "350", "text_unit_note"),
    ],
)
def test_amounts_with_their_unit_are_converted_exactly(cell: str, value: str, read_as: str):
    for stated in ("", "triệu đồng", "tỷ đồng"):
        seen = values.read(cell, "amount", uom="triệu đồng", code="6.1.1", stated_unit=stated)
        assert (seen.value, seen.read_as, seen.trouble) == (Decimal(value), read_as, None)


@pytest.mark.parametrize(
    ("cell", "trouble"),
    [
        ("2.350 tỷ", Kind.AMBIGUOUS_NUMBER),
        ("1,500 triệu", Kind.AMBIGUOUS_NUMBER),
        ("2 tỷ 350", Kind.TEXT_IN_NUMBER),
        ("350 triệu 2 tỷ", Kind.TEXT_IN_NUMBER),
        ("2 tỷ rưỡi", Kind.TEXT_IN_NUMBER),
        ("khoảng 2 tỷ", Kind.BOUND_OR_ESTIMATE),
        ("12 hồ sơ", Kind.OTHER_UNIT),
    ],
)
def test_amounts_in_doubt_are_asked_back(cell: str, trouble: Kind):
    seen = values.read(cell, "amount", uom="triệu đồng", code="6.1.1")
    assert (seen.value, seen.trouble) == (None, trouble)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("15/20", "75"),
        ("15/20 (75%)", "75"),
        ("15/15 (100%)", "100"),
        ("15/20 đơn vị", "75"),
        ("197/200 = 98,5%", "98.5"),
        ("98,5% (197/200)", "98.5"),
        ("1.970/2.000", "98.5"),
        ("2/3 (66,67%)", "66.6666666667"),
        ("2/3 (66,6%)", "66.6666666667"),
    ],
)
def test_fractions_in_a_ratio_are_worked_out(cell: str, value: str):
    seen = values.read(cell, "ratio", uom="%", code="1.4.3")
    assert (seen.value, seen.read_as, seen.trouble) == (Decimal(value), "fraction", None)


def test_a_fraction_that_contradicts_itself_is_asked_back():
    assert values.read("15/20 (80%)", "ratio").trouble is Kind.NOTE_CONTRADICTS
    assert values.read("0/0 (100%)", "ratio").trouble is Kind.NOTE_CONTRADICTS


def test_nothing_of_nothing_is_no_percentage():
    seen = values.read("0/0", "ratio")
    assert (seen.value, seen.state, seen.trouble) == (None, ValueState.CONFIRMED_ZERO, None)


def test_a_fraction_in_a_count_is_told_where_its_halves_belong():
    assert values.read("15/20 (75%)", "count", code="1.1.2").expected == "1.1.2: 15; 1.1.1: 20"
    assert values.read("15/20", "count", code="1.6.1").expected == "1.6.1: 15"


def test_a_suspect_letter_is_shown():
    assert values.read("2O2l", "count").expected == "“O” → “0”, “l” → “1”"


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        ("Có", "1.5.1", "1"),
        ("Không", "1.5.1", "0"),
        ("KẾT HỢP", "1.4.2", "2"),
        ("Trực tuyến", "1.4.2", "0"),
        ("Chưa có", "7.1.2", "0"),
        ("Có (QĐ 12/QĐ-UBND)", "1.1.5", "1"),
        ("1 (Có)", "1.5.1", "1"),
    ],
)
def test_answers_in_words(cell: str, code: str, value: str):
    seen = values.read(cell, "flag", uom="mã", code=code)
    assert (seen.value, seen.state, seen.trouble) == (Decimal(value), ValueState.REPORTED, None)


def test_the_answers_that_a_name_lists_are_known():
    known = {(row["code"], row["word"]): row["answer"] for row in rows("answer_words")}
    for indicator in all_indicators():
        for word, answer in re.findall(r"[(;]\s*([^=;()]+?) = ([0-9])", indicator.name):
            assert known[indicator.code, word.casefold()] == answer
    assert {code for code, _ in known} == {i.code for i in all_indicators() if i.kind == "flag"}


def test_a_stated_unit_of_money_converts_and_says_so():
    seen = values.read(1500.0, "amount", uom="triệu đồng", stated_unit="đồng")
    assert (seen.value, seen.read_as, seen.trouble) == (Decimal("0.0015"), "unit_converted", Kind.AMOUNT_CONVERTED)
    assert (seen.raw, seen.expected) == ("1500 đồng", "0,0015 triệu đồng")
    above = values.read(5.0, "amount", uom="triệu đồng", sheet_unit="Đơn vị tính: tỷ đồng")
    assert (above.value, above.trouble) == (Decimal(5000), Kind.AMOUNT_CONVERTED)


def test_two_stated_units_that_give_two_figures_are_asked_back():
    seen = values.read(1500.0, "amount", uom="triệu đồng", stated_unit="triệu đồng", sheet_unit="ĐVT: đồng")
    assert (seen.value, seen.trouble) == (None, Kind.STATED_UNIT_DIFFERS)
    assert seen.expected == "1500 triệu đồng (triệu đồng), 0,0015 triệu đồng (ĐVT: đồng)"


@pytest.mark.parametrize(
    ("stated", "trouble", "value"),
    [
        ("Văn bản", None, "5"),
        ("VB", None, "5"),
        ('"', None, "5"),
        ("hồ sơ", Kind.STATED_UNIT_DIFFERS, None),
        ("%", Kind.STATED_UNIT_DIFFERS, None),
        ("nghìn văn bản", Kind.STATED_UNIT_DIFFERS, None),
        ("quyển", Kind.STATED_UNIT_UNKNOWN, "5"),
    ],
)
def test_a_stated_unit_of_a_count(stated: str, trouble: Kind | None, value: str | None):
    seen = values.read(5.0, "count", uom="văn bản", stated_unit=stated)
    assert (seen.value, seen.trouble) == (value and Decimal(value), trouble)


def test_no_unit_of_the_catalogue_differs_from_itself():
    for indicator in all_indicators():
        assert measures.differs(indicator.uom, indicator.uom) is None
        assert measures.units(indicator.uom), indicator.uom


def test_units_are_those_of_the_catalogue():
    assert {row["unit"] for row in rows("unit_words")} <= {i.uom for i in all_indicators()}


@pytest.mark.parametrize(("cell", "uom"), [("12 viên chức", "người"), ("10 tin", "tin, bài"), ("3 phản ánh", "PAKN")])
def test_a_part_of_what_is_asked_is_no_unit(cell: str, uom: str):
    assert values.read(cell, "count", uom=uom).trouble is Kind.TEXT_IN_NUMBER


@given(st.text(max_size=60), st.sampled_from(["count", "amount", "ratio", "flag", "score"]))
def test_any_text_is_read_or_asked_back(cell: str, kind: str):
    seen = values.read(cell, kind, uom="văn bản", code="1.1.2")
    assert (seen.value is None) == (seen.state is not ValueState.REPORTED) or seen.read_as == "nothing_arose"
    assert seen.value is None or seen.trouble in (None, Kind.COMMA_FOR_THOUSANDS)


@pytest.mark.parametrize(
    "cell",
    [
        "Không phát sinh",
        "không phát sinh.",
        "KHÔNG PHÁT SINH",
        "KPS",
        "kps",
        "Không có",
        "Không",
        "0 có",
        "Ko phát sinh",
        "Không có hồ sơ",
        "Không có văn bản nào",
    ],
)
def test_nothing_arose_is_zero_for_counts_and_no_value_for_ratios(cell: str):
    count, ratio = values.read(cell, "count"), values.read(cell, "ratio")
    assert (count.value, count.state, count.read_as) == (Decimal(0), ValueState.CONFIRMED_ZERO, "nothing_arose")
    assert (ratio.value, ratio.state) == (None, ValueState.CONFIRMED_ZERO)


@pytest.mark.parametrize("cell", ["", "  ", "-", "–", "…", "...", "/", "x", "X", "--", "……", "N/A", "chưa có số liệu"])
def test_marks_for_nothing_are_missing_not_zero(cell: str):
    seen = values.read(cell, "count")
    assert (seen.value, seen.state, seen.trouble) == (None, ValueState.MISSING, None)


def test_decomposed_unicode_is_the_same_words():
    assert values.read("Kho\u0302ng pha\u0301t sinh", "count").state is ValueState.CONFIRMED_ZERO


def test_every_way_of_reading_is_described():
    described = {row["key"] for row in rows("reading_modes")}
    cells = (1.0, 0.1 + 0.2, "1", "1.000", "1.5", "1,000.5", "5%", "kps", "-", "", "1,000", "1/2", "2 (1 + 1)", "１")
    used = {values.read(cell, kind).read_as for cell in cells for kind in ("count", "ratio")}
    used |= {values.read(c, "amount", uom="triệu đồng").read_as for c in ("2 tỷ", "2 triệu", "2 triệu (x)", "một")}
    used |= {values.read(1, "amount", uom="triệu đồng", stated_unit=unit).read_as for unit in ("đồng", "quyển")}
    used |= {values.read(1, "count", uom="văn bản", stated_unit="quyển").read_as}
    used |= {values.read("Có", "flag", code="1.5.1").read_as}
    assert used | {"percent_format", "no_cell", "formula_recomputed"} == described
