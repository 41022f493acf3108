"""Texts that a person takes for the same are the same; texts that are kept are kept in one Unicode form."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.catalogue.indicators import all_indicators
from cchc.catalogue.tables import rows
from cchc.parse import dates
from cchc.parse.words import clean, fold, latin, plain

NAMES = [*(indicator.name for indicator in all_indicators()), *(row["name"] for row in rows("units"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("Thủy Nguyên", "Thuỷ Nguyên"),
        ("B'Lao", "B’Lao"),
        ("Đồng Nai", "ÐỒNG NAI"),
        ("đường", "ðường"),
        ("Xã  Phú\u00a0Hữu ", "xã Phú Hữu"),
        ("Chỉ\u200b tiêu", "Chỉ tiêu"),
        ("Mã\u00ad số", "Mã số"),
        ("\u202aMã số\u202c", "Mã số"),
        ("Mã ѕố", "Mã số"),
        ("Сhỉ tiêu", "Chỉ tiêu"),
        ("ΤΤ", "TT"),
        ("2026–Q3".replace("–", "-"), "2026-Q3"),
        ("Số lie\u0323\u0302u", "Số liệu"),
        ("Số lie\u0302\u0323u", "Số liệu"),
    ],
)
def test_what_looks_the_same_compares_the_same(one: str, other: str):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_names_compare_the_same_in_every_unicode_form(form: str):
    for name in NAMES:
        assert fold(unicodedata.normalize(form, name)) == fold(name)


def test_look_alikes_look_like_what_they_stand_for():
    for row in rows("look_alikes"):
        assert len(row["letter"]) == len(row["latin"]) == 1
        assert row["latin"].isascii() and not row["letter"].isascii()
        assert row["letter"].isupper() == row["latin"].isupper()
        assert fold(row["letter"]) == row["latin"].casefold()


def test_codes_and_labels_are_latin_but_other_alphabets_stay():
    assert plain("1.2.1а") == "1.2.1a"
    assert plain("2026-Н1") == "2026-H1"
    assert latin("Москва") == "Москва"
    assert plain(10993.0) == "10993"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kho\u0302ng pha\u0301t sinh", "Không phát sinh"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("Tie\u0301\u0302ng", "Tiếng"),
        ("ðã làm", "đã làm"),
        ("một\u00a0hai\u2009ba", "một hai ba"),
        ("dòng một\r\n  dòng   hai ", "dòng một\ndòng hai"),
        ("không\u200b thấy\ufeff", "không thấy"),
    ],
)
def test_kept_text_is_composed_and_tidy(typed: str, kept: str):
    assert clean(typed) == kept


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean(clean(text)) == clean(text)
    assert fold(clean(text)) == fold(text) or not text.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "14/3/2026",
        "14.3.2026",
        "14-03-26",
        "14 / 03 / 2026",
        "ngày 14 tháng 3 năm 2026",
        "Ngày 14 tháng 03 năm 2026",
        "2026-03-14",
        "2026-03-14 00:00:00",
    ],
)
def test_a_date_is_known_in_every_spelling(text: str):
    assert dates.one(text) == date(2026, 3, 14)
    assert dates.find(f"từ ngày {text} trở đi") == [date(2026, 3, 14)]


def test_serial_numbers_are_dates_of_this_century():
    assert dates.of_serial(46095) == date(2026, 3, 14)
    assert dates.of_serial(46095 - 1462, since_1904=True) == date(2026, 3, 14)
    assert dates.of_serial(12) is None and dates.of_serial(10**7) is None


@pytest.mark.parametrize("text", ["31/02/2026", "14/13/2026", "1.2.3", "1.234.567", "15/20", "14/3", ""])
def test_what_is_no_date_is_none(text: str):
    assert dates.one(text) is None
    assert dates.find(text) == []
