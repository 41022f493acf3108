"""A file that holds every rule is accepted without a word, in every form and report kind."""

import itertools

import pytest

from tests.rules.factory import clean_reading

FORMS = ("commune", "department", "authority")
KINDS = ("Q1", "H1", "Q3", "Y")
CASES = {f"{form} {kind}": clean_reading(form, f"2026-{kind}") for form, kind in itertools.product(FORMS, KINDS)}


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_found(judged, case):
    assert judged(case).findings == ()
    assert judged(case).verdict == "accepted"
