"""Figures are written the Vietnamese way."""

from decimal import Decimal

import pytest

from cchc.validate.notation import vietnamese, vietnamese_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("1234", "1.234"),
        ("1234567.5", "1.234.567,5"),
        ("12.00", "12"),
        ("-1234.05", "-1.234,05"),
        ("1E+3", "1.000"),
        ("1E-7", "0,0000001"),
    ],
)
def test_dot_between_thousands_and_decimal_comma(value, text):
    assert vietnamese(Decimal(value)) == text


def test_rounds_halves_up_and_drops_what_says_nothing():
    assert vietnamese(Decimal("66.665"), 2) == "66,67"
    assert vietnamese(Decimal("66.999"), 2) == "67"


def test_no_value_is_no_text():
    assert vietnamese(None) == ""


def test_text_that_is_no_figure_stays():
    assert vietnamese_text("1000.50") == "1.000,5"
    assert vietnamese_text("Xã Thượng Hồng") == "Xã Thượng Hồng"
