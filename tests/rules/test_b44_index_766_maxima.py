"""Each part of the 766 index is at most the points that QĐ 766 gives it."""

import pytest

from tests.rules.factory import clean_reading, fault, with_values, without

MAXIMA = {"7.8.1": 100, "7.8.1a": 18, "7.8.1b": 20, "7.8.1c": 22, "7.8.1d": 22, "7.8.1e": 18}
CLEAN = clean_reading("authority")
CASES = {"clean": CLEAN}
CASES |= {f"full {code}": with_values(CLEAN, {code: most}) for code, most in MAXIMA.items()}
CASES |= {f"beyond {code}": with_values(CLEAN, {code: f"{most}.01"}) for code, most in MAXIMA.items()}
CASES |= {f"missing {code}": without(CLEAN, code) for code in MAXIMA}


@pytest.mark.parametrize("code", MAXIMA)
def test_full_marks_hold(found, code):
    assert found("clean") == found(f"full {code}") == []


@pytest.mark.parametrize(("code", "most"), MAXIMA.items())
def test_more_than_full_marks_is_found(found, code, most):
    assert found(f"beyond {code}") == [fault("critical", CLEAN, code, f"{most},01", f"Không quá {most}")]


@pytest.mark.parametrize("code", MAXIMA)
def test_says_nothing_of_a_missing_part(found, code):
    assert found(f"missing {code}") == []
