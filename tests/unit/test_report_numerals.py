"""Numbers and moments as Vietnamese readers write them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cchc.catalogue.periods import ZONE
from cchc.report import numerals


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("-0.001", "0"),
        ("98.5", "98,5"),
        ("100", "100"),
        ("99.999", "100"),
        ("12345678.905", "12.345.678,91"),
        ("-1234.5", "-1.234,5"),
        ("1E+3", "1.000"),
    ],
)
def test_decimal_comma_and_dot_thousands(value, text):
    assert numerals.number(Decimal(value)) == text


def test_a_change_carries_its_sign():
    assert [numerals.signed(Decimal(v)) for v in ("1.25", "-0.4", "0.001")] == ["+1,25", "-0,4", "0"]


@pytest.mark.parametrize(
    ("value", "ending"), [("12", "#,##0"), ("12.5", "#,##0.##"), ("12.345", "#,##0.##"), ("99.999", "#,##0.00")]
)
def test_a_cell_shows_no_dangling_comma(value, ending):
    assert numerals.cell_format(Decimal(value)) == f"[$-42A]{ending}_-"


def test_percentages_stand_below_one_another():
    assert [numerals.share(Decimal(v)) for v in ("11.6", "100", "-0.001", "1234.567", "99.999")] == [
        "11,60", "100,00", "0,00", "1.234,57", "100,00",
    ]  # fmt: skip
    assert [numerals.signed_share(Decimal(v)) for v in ("0.4", "-1", "0.001")] == ["+0,40", "-1,00", "0,00"]
    assert {numerals.cell_format(Decimal(v), percent=True) for v in ("100", "11.6")} == {"[$-42A]#,##0.00_-"}


def test_moments_are_the_offices():
    assert numerals.moment(datetime(2026, 9, 5, 9, 5, tzinfo=UTC)) == "16:05 ngày 05/09/2026"


def test_midnight_is_the_end_of_the_day_before():
    assert numerals.due(datetime(2026, 9, 11, tzinfo=ZONE)) == "24:00 10/09/2026"
    assert numerals.due(datetime(2026, 9, 10, 17, 30, tzinfo=ZONE)) == "17:30 10/09/2026"


def test_roman_numerals_of_annexes():
    assert [numerals.roman(n) for n in (1, 4, 8, 9, 14)] == ["I", "IV", "VIII", "IX", "XIV"]


def test_exact_text_for_machines():
    assert [numerals.plain(Decimal(v)) for v in ("1.500", "1E+3", "0.10", "0")] == ["1.5", "1000", "0.1", "0"]
