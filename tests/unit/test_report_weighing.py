"""Shares by weight are told unit by unit only where the units' cells make the sums that the report states."""

import json

import pytest

from cchc.catalogue.indicators import terms
from cchc.report.ledger import Cells
from cchc.report.weighing import Weighed, links, read, told

OF = "31/2026-H1"


def _cells(figures):
    """Cells by unit and code; all units communes."""
    packed = tuple(
        (unit, json.dumps([[code, "tờ", "E1", value, "reported", value, "number"] for code, value in given.items()]))
        for unit, given in figures.items()
    )
    return Cells({}, {unit: {"unit": unit, "tier": "commune"} for unit in figures}, packed)


def _stated(told, whole):
    about = {"code": "", "scope": "", "of": "", "sign": "1", "weight": "1", "source": "theo 2026-H1"}
    return [{**about, "role": "numerator", "value": told}, {**about, "role": "denominator", "value": whole}]


NOW = _cells({"a": {"3.4.1": "5"}, "b": {}, "c": {"3.4.1": "0"}})
THEN = _cells({"a": {"3.4.1": "60"}, "b": {"3.4.1": "30"}, "c": {"3.4.1": "10"}})
WEIGHED = Weighed("3.4.1", ("commune",), terms("3.4.1"), "2026-H1")


def test_each_unit_with_what_it_weighs():
    rows = links(WEIGHED, NOW, THEN, OF, _stated("70", "100"))
    assert [(row["role"], row["scope"], row["value"], row["of"]) for row in rows] == [
        ("numerator", "a", "60", OF),
        ("numerator", "c", "10", OF),
        ("denominator", "a", "60", OF),
        ("denominator", "b", "30", OF),
        ("denominator", "c", "10", OF),
    ]


@pytest.mark.parametrize(("part", "whole"), [("70", "101"), ("69.5", "100")])
def test_sums_that_units_alone_do_not_make_stay_sums(part, whole):
    """Former units' shares and offices: what is not told in full is not told in part."""
    stated = _stated(part, whole)
    assert links(WEIGHED, NOW, THEN, OF, stated) == stated
    assert links(WEIGHED, NOW, _cells({}), OF, stated) == stated


def test_a_difference_weighs_with_its_signs_and_a_unit_without_one_part_not_at_all():
    then = _cells({"a": {"3.2.8a": "50", "3.2.8b": "20"}, "b": {"3.2.8a": "9"}, "c": {"3.2.8a": "5", "3.2.8b": "5"}})
    weighed = Weighed("3.4.1", ("commune",), terms("3.2.8a-3.2.8b"), "2026-H1")
    rows = links(weighed, NOW, then, OF, _stated("30", "30"))
    assert [(row["scope"], row["sign"], row["value"]) for row in rows if row["role"] == "denominator"] == [
        ("a", "1", "50"),
        ("a", "-1", "20"),
        ("c", "1", "5"),
        ("c", "-1", "5"),
    ]


def test_what_is_weighed_is_kept_as_one_text():
    assert read(told("3.4.1", ["commune"], "3.4.1", "2026-H1")) == WEIGHED
