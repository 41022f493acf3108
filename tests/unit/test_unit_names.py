"""A unit is understood in every spelling; two units of like names are never taken for one another."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from cchc.catalogue import file_names, periods, unit_names, units
from cchc.catalogue.tables import rows

DAY = date(2026, 9, 14)
REPORTING = [u for code in ("31", "75") for u in units.units_of(code, DAY) if u.kind != "authority"]
COMMUNES = [u for u in REPORTING if u.form == "commune"]


def unit(code: str) -> units.Unit:
    found = units.find(code, DAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Xã Thượng Hồng",
        "UBND xã Thượng Hồng",
        "Uỷ ban nhân dân xã Thượng Hồng",
        "Ủy ban nhân dân xã Thượng  Hồng",
        "HĐND và UBND xã Thượng Hồng",
        "Đơn vị: UBND xã Thượng Hồng",
        "X. Thượng Hồng",
        "X.Thượng Hồng",
        "x Thượng Hồng",
        "THƯỢNG HỒNG",
        "xa thuong hong",
        "Thượng\u00a0Hồng",
        "Xã Thượng Hồng, TP Hải Phòng",
        "Xã Thượng Hồng - thành phố Hải Phòng",
        "Xã Thượng Hồng (TP.Hải Phòng)",
        "Xã Thượng Hồng, huyện Bình Giang",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spellings_of_one_name(text, form):
    said = unicodedata.normalize(form, text)
    assert unit_names.same(said, unit("10993"))
    assert [found.code for found in unit_names.present(said)] == ["10993"]


@pytest.mark.parametrize(
    "text",
    ["", "Phường Thượng Hồng", "Xã Thượng Hồng, tỉnh Đồng Nai", "Xã Thượng", "Thượng Hồng Hà", "Xã " + "a" * 500],
)
def test_other_names_are_not_this_unit(text):
    assert not unit_names.same(text, unit("10993"))


def test_every_unit_is_itself_under_every_usual_spelling():
    for one in COMMUNES:
        short = one.name.split(" ", 2 if one.kind == "đặc khu" else 1)[-1]
        for text in (one.name, one.name.upper(), f"UBND {one.name}", short, f"{one.name[0]}. {short}"):
            assert unit_names.same(text, one) or one.kind == "đặc khu" and text.startswith("Đ. "), text


def test_no_unit_of_a_province_is_another_one():
    for one in REPORTING:
        mates = [other for other in REPORTING if other.authority == one.authority and other is not one]
        assert not [other.name for other in mates if unit_names.same(one.name, other)], one.name


def test_diacritics_tell_like_names_apart_and_without_them_nothing_is_decided():
    assert [u.code for u in unit_names.present("Xã Cẩm Giàng")] == ["10903"]
    assert [u.code for u in unit_names.present("Xã Cẩm Giang")] == ["10888"]
    assert len(unit_names.present("xa cam giang")) == 2
    assert not unit_names.same("Xã Cẩm Giàng", unit("10888"))
    assert unit_names.same("xa cam giang", unit("10888"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("P. Kinh Môn", ["10675"]),
        ("Phường Kinh Môn, TP Hải Phòng", ["10675"]),
        ("Đặc khu Bạch Long Vỹ", ["11948"]),
        ("Tân An", ["11167", "26179"]),
        ("Xã Tân An, tỉnh Đồng Nai", ["26179"]),
        ("Sở Nội vụ", ["31-SNV", "75-SNV"]),
        ("Sở Nội vụ TP Hải Phòng", ["31-SNV"]),
        ("Sở KH&CN tỉnh Đồng Nai", ["75-SKHCN"]),
        ("Sở KH và CN TP. Hải Phòng", ["31-SKHCN"]),
        ("Sở Văn hóa, Thể thao và Du lịch thành phố Hải Phòng", ["31-SVHTTDL"]),
        ("Ban Quản lý Khu kinh tế Hải Phòng", ["31-BQLKKT"]),
        ("Sở TT&TT", []),
        ("Nguyễn Văn A", []),
    ],
)
def test_units_that_a_name_may_mean(text, codes):
    assert [found.code for found in unit_names.present(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("xã Thái Hòa, huyện Bình Giang", {"10972", "10993"}),
        ("X. Thái Hoà", {"10972", "10993"}),
        ("Sở TT&TT", {"31-SKHCN", "75-SKHCN"}),
        ("Sở KHĐT", {"31-STC", "75-STC"}),
        ("Sở Kế hoạch và Đầu tư", {"31-STC", "75-STC"}),
        ("Phường Trần Hưng Đạo", {"10525", "11488"}),
        ("Phường Trần Hưng Đạo, TP Thủy Nguyên", {"11488"}),
        ("Xã Không Tên", set()),
    ],
)
def test_former_names_lead_to_their_successors(text, codes):
    assert {u.code for past in unit_names.former(text) for u, _ in past.successors} == codes


def test_a_divided_unit_names_all_its_successors_and_the_instrument():
    (past,) = unit_names.former("Xã Thúc Kháng")
    assert past.described == (
        "một phần vào Xã Đường An (mã 10972); một phần vào Xã Thượng Hồng (mã 10993) – 1669/NQ-UBTVQH15"
    )


def test_codes_of_the_past_and_of_the_draft():
    assert [past.name for past in unit_names.former_by_code("26338")] == ["Xã Xuân Đường"]
    for row in rows("unit_draft_codes"):
        final = unit_names.by_draft_code(row["draft_code"])
        assert final is not None and final.code == row["code"]
    assert unit_names.by_draft_code("10993") is None


@pytest.mark.parametrize(
    ("name", "unit_code", "period"),
    [
        ("quy 3 nam 2026 xã Thượng Hồng.xls", "10993", "2026-Q3"),
        ("xa_thuong_hong-Q3-2026 (2).xlsx", "10993", "2026-Q3"),
        ("Bieu CCHC Q3 xa ABC (1) sua.xlsx", "", ""),
        ("BC 6 thang dau nam 2026 phường Kinh Môn ban cuoi.xlsx", "10675", "2026-H1"),
        ("xa cam giang.xlsx", "", ""),
        ("xa Thuong Hong gui phuong Kinh Mon.xlsx", "", ""),
        ("10993 phuong Kinh Mon.xlsx", "10993", ""),
    ],
)
def test_hints_in_words(name, unit_code, period):
    assert (file_names.unit_hint(name), file_names.period_hint(name)) == (unit_code, period)


@pytest.mark.parametrize(
    ("name", "unit_code", "period"),
    [
        ("Báo cáo quý II xã Kim Thành.xlsx", "11020", "quy ii"),
        ("Bieu CCHC Q3 xa Thuong Hong sua.xlsx", "", ""),
        ("bao cao thang 9 nam 2026.xlsx", "", ""),
        ("Bieu.xlsx", "", ""),
        ("10507_2026-H1.xlsx", "10507", "2026-H1"),
        ("31.xlsx", "", ""),
    ],
)
def test_what_a_file_name_says_against_the_cover(name, unit_code, period):
    named = file_names.other_unit(name, "10993")
    assert named == unit_code or unit_code == "11020" and named not in ("", "10993")
    assert file_names.other_period(name, periods.parse("2026-Q3")) == period
