"""Ten thousand billion and more, in a row counted in millions, was probably written in đồng."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
OWN = clean_reading("authority")
CASES = {
    "clean": CLEAN,
    "large": with_values(CLEAN, {"6.1.1": "9999999.99"}),
    "in_dong_by_right": with_values(OWN, {"3.2.8a": 25_000_000_000, "3.2.8b": 20_000_000_000}),
    "dong": with_values(CLEAN, {"6.1.1": 10_000_000}),
    "missing": without(CLEAN, "6.1.1"),
}


@pytest.mark.parametrize("case", ["clean", "large", "in_dong_by_right"])
def test_holds_below_and_for_rows_counted_in_dong(found, case):
    assert found(case) == []


def test_a_monstrous_amount_is_found(found):
    assert found("dong") == [fault("warning", CLEAN, "6.1.1", "10.000.000", "Nhỏ hơn 10.000.000 triệu đồng")]


def test_says_nothing_of_a_missing_figure(found):
    assert found("missing") == []
