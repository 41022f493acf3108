"""A form without one figure is an empty form, and that is all that is said of it."""

from dataclasses import replace

from cchc.catalogue.forms import form
from tests.rules.factory import Fault, clean_reading, saying_nothing_arose, with_values, without

CLEAN = clean_reading()
TYPED = [row.indicator.code for row in form("commune", "Q3").rows if row.required != "computed"]
EMPTY = without(CLEAN, *TYPED)
CASES = {
    "clean": CLEAN,
    "empty": EMPTY,
    "one_figure": with_values(EMPTY, {"1.1.1": 1}),
    "one_nothing_arose": saying_nothing_arose(EMPTY, "1.1.1"),
    "no_rows_at_all": replace(CLEAN, observations=()),
}


def test_one_figure_is_enough_not_to_be_empty(found):
    assert found("clean") == found("one_figure") == found("one_nothing_arose") == []


def test_an_empty_form_is_found_and_its_cells_are_not_listed(found, judged):
    assert found("empty") == [Fault("critical", "", "", "", "", "Biểu có số liệu")]
    assert [finding.rule for finding in judged("empty").findings] == ["s27_empty_form"]
    assert judged("empty").verdict == "rejected"


def test_says_nothing_where_there_are_no_rows(found):
    assert found("no_rows_at_all") == []
