"""More than a million of anything is not one unit's count."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

CLEAN = clean_reading()
CASES = {
    "clean": CLEAN,
    "million": with_values(CLEAN, {"2.3.1": 1_000_000}),
    "amount": with_values(CLEAN, {"6.2.1": 2_000_000}),
    "beyond": with_values(CLEAN, {"2.3.1": 1_000_001}),
    "missing": without(CLEAN, "2.3.1"),
}


@pytest.mark.parametrize("case", ["clean", "million", "amount"])
def test_holds_up_to_a_million_and_for_money(found, case):
    assert found(case) == []


def test_a_monstrous_count_is_found(found):
    assert found("beyond") == [fault("warning", CLEAN, "2.3.1", "1.000.001", "Không quá 1.000.000")]


def test_says_nothing_of_a_missing_figure(found):
    assert found("missing") == []
