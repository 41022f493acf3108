"""1.8.1.n is at most 1.8.3.n, area by area."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

AREAS = range(1, 8)
CLEAN = clean_reading("authority", "2026-Y")
CASES = {"clean": CLEAN}
CASES |= {f"full {n}": with_values(CLEAN, {f"1.8.1.{n}": "7.5", f"1.8.3.{n}": "7.5"}) for n in AREAS}
CASES |= {f"beyond {n}": with_values(CLEAN, {f"1.8.1.{n}": "5.25"}) for n in AREAS}
CASES |= {f"no maximum {n}": without(CASES[f"beyond {n}"], f"1.8.3.{n}") for n in AREAS}


@pytest.mark.parametrize("area", AREAS)
def test_full_marks_hold(found, area):
    assert found("clean") == found(f"full {area}") == []


@pytest.mark.parametrize("area", AREAS)
def test_more_than_full_marks_is_found(found, area):
    assert found(f"beyond {area}") == [fault("critical", CLEAN, f"1.8.1.{area}", "5,25", "Không quá 5")]


@pytest.mark.parametrize("area", AREAS)
def test_says_nothing_where_the_maximum_is_missing(found, area):
    assert found(f"no maximum {area}") == []
