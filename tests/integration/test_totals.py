"""Totals of a small city, computed by hand."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from cchc import consolidate
from cchc.catalogue import periods
from cchc.model.submission import Verdict
from tests.factories import NOTHING_AROSE, arrive, reading

Q3 = periods.parse("2026-Q3")
IN_TIME = datetime(2026, 9, 8, 9, 0, tzinfo=periods.ZONE)
LATER = datetime(2026, 11, 1, tzinfo=periods.ZONE)
A, B, C = "10993", "10507", "10525"


def _totals(engine, as_of=LATER, period=Q3):
    with engine.connect() as connection:
        return {t.indicator: t for t in consolidate.assemble(connection, "31", period, as_of).totals}


def test_counts_are_added_and_a_missing_unit_is_not_zero(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 100}), IN_TIME)
    arrive(engine, reading(B, "2026-Q3", {"3.4.1": 50}), IN_TIME)
    arrive(engine, reading(C, "2026-Q3", {"1.1.1": 3}), IN_TIME)  # left 3.4.1 out
    total = _totals(engine)["3.4.1"]
    assert (total.value, total.reported, total.expected) == (150, 2, 128)
    assert total.tiers == {"commune": 150, "department": None}


def test_nothing_arose_counts_as_a_zero_that_was_said(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.5.1b": 7}), IN_TIME)
    arrive(engine, reading(B, "2026-Q3", {"3.5.1b": NOTHING_AROSE}), IN_TIME)
    total = _totals(engine)["3.5.1b"]
    assert (total.value, total.reported) == (7, 2)


def test_a_ratio_is_sum_over_sum_never_a_mean_of_percentages(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.5": 1000, "3.4.6": 500, "3.4.7": 490}), IN_TIME)  # 99 %
    arrive(engine, reading(B, "2026-Q3", {"3.4.5": 10, "3.4.6": 1, "3.4.7": 0}), IN_TIME)  # 10 %
    total = _totals(engine)["3.4.12"]
    assert (total.numerator, total.denominator) == (991, 1010)
    assert total.value == (Decimal(99100) / 1010).quantize(Decimal("1e-10"))


def test_a_unit_with_half_a_ratio_is_left_out_of_both_sums(engine):
    arrive(engine, reading(A, "2026-Q3", {"7.2.1": 200, "7.2.2": 100}), IN_TIME)
    arrive(engine, reading(B, "2026-Q3", {"7.2.1": 800}), IN_TIME)  # signed ones not given
    totals = _totals(engine)
    assert (totals["7.2.3"].value, totals["7.2.3"].reported) == (50, 1)
    assert totals["7.2.1"].value == 1000


def test_a_zero_denominator_gives_no_percentage(engine):
    arrive(engine, reading(A, "2026-Q3", {"7.2.1": 0, "7.2.2": 0}), IN_TIME)
    total = _totals(engine)["7.2.3"]
    assert (total.value, total.text) == (None, "Không phát sinh")


def test_satisfaction_is_weighted_by_valid_ballots(engine):
    arrive(engine, reading(A, "2026-Q3", {"1.4.3": "90", "1.4.1b": 100}), IN_TIME)
    arrive(engine, reading(B, "2026-Q3", {"1.4.3": "98.5", "1.4.1b": 300}), IN_TIME)
    arrive(engine, reading(C, "2026-Q3", {"1.4.3": "10"}), IN_TIME)  # no ballots, no weight
    total = _totals(engine)["1.4.3"]
    assert (total.value, total.reported) == (Decimal("96.375"), 2)


def test_shared_catalogues_are_not_added(engine):
    for unit, number in ((A, 120), (B, 120), (C, 118)):
        arrive(engine, reading(unit, "2026-Q3", {"7.4.1a": number}), IN_TIME)
    total = _totals(engine)["7.4.1a"]
    assert (total.value, total.reported) == (120, 3)


def test_answers_are_counted_not_added(engine):
    arrive(engine, reading(A, "2026-Q3", {"1.4.2": 2, "1.5.1": 1}), IN_TIME)
    arrive(engine, reading(B, "2026-Q3", {"1.4.2": 2, "1.5.1": 0}), IN_TIME)
    totals = _totals(engine)
    assert (totals["1.4.2"].value, totals["1.4.2"].text) == (None, "Kết hợp: 2 đơn vị")
    assert totals["1.5.1"].value == 1


def test_distinct_procedures_are_not_guessed_from_counts(engine):
    arrive(engine, reading(A, "2026-Q3", {"7.3.3": 40}), IN_TIME)
    total = _totals(engine)["7.3.3"]
    assert total.value is None and "TTHC" in total.text


def test_the_authoritys_own_figures(engine):
    arrive(engine, reading("31", "2026-Q3", {"3.1.1": 2000, "3.2.2": 250, "3.2.8a": 900, "3.2.8b": 600}), IN_TIME)
    totals = _totals(engine)
    assert totals["3.1.1"].value == 2000
    assert totals["3.2.8"].value == (Decimal(100) / 3).quantize(Decimal("1e-10"))


def test_the_authoritys_own_yearly_ratio(engine):
    year = periods.parse("2026-Y")
    arrive(engine, reading("31", "2026-Y", {"3.1.1": 2000, "3.2.2": 250}), IN_TIME)
    assert _totals(engine, datetime(2027, 1, 5, tzinfo=periods.ZONE), year)["3.2.3"].value == Decimal("12.5")


def test_a_reduction_is_not_claimed_from_incomplete_parts(engine):
    arrive(engine, reading("31", "2026-Q3", {"4.2.5a": 1000}), IN_TIME)
    arrive(engine, reading(A, "2026-Q3", {"4.2.1": 50}), IN_TIME)
    total = _totals(engine)["4.2.5"]
    assert total.value is None and "1/128" in total.text


def test_money_stays_decimal(engine):
    arrive(engine, reading(A, "2026-Q3", {"6.1.2": "0.1"}), IN_TIME)
    arrive(engine, reading(B, "2026-Q3", {"6.1.2": "0.2"}), IN_TIME)
    assert _totals(engine)["6.1.2"].value == Decimal("0.3")


def test_the_last_acceptable_version_counts_and_only_from_its_receipt_on(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 10}), IN_TIME)
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 12}), IN_TIME + timedelta(days=5))
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 99}), IN_TIME + timedelta(days=6), Verdict.REJECTED)
    assert _totals(engine)["3.4.1"].value == 12
    assert _totals(engine, as_of=IN_TIME + timedelta(days=1))["3.4.1"].value == 10


def test_the_preceding_period_stands_beside(engine):
    arrive(engine, reading(A, "2026-H1", {"3.4.1": 77}), datetime(2026, 6, 9, tzinfo=periods.ZONE))
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 80}), IN_TIME)
    assert _totals(engine)["3.4.1"].previous == 77


def test_other_authorities_units_do_not_count(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 10}), IN_TIME)
    arrive(engine, reading("26341", "2026-Q3", {"3.4.1": 1000}), IN_TIME)
    assert _totals(engine)["3.4.1"].value == 10


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_arrival_does_not_matter(engine, order):
    items = [
        (reading(A, "2026-Q3", {"3.4.1": 10}), IN_TIME),
        (reading(A, "2026-Q3", {"3.4.1": 12}), IN_TIME + timedelta(hours=1)),
        (reading(B, "2026-Q3", {"3.4.1": 5}), IN_TIME),
    ]
    for index in order:
        arrive(engine, *items[index])
    with engine.connect() as connection:
        found = consolidate.assemble(connection, "31", Q3, LATER)
    assert {t.indicator: t.value for t in found.totals}["3.4.1"] == 17
    assert [s.versions for s in found.statuses if s.unit == A] == [2]


def test_who_posts_everything_is_counted_in_units(engine):
    arrive(engine, reading("31-SNV", "2026-Q3", {"3.1.7a": 10, "3.1.7b": 10}), IN_TIME)
    arrive(engine, reading("31-STC", "2026-Q3", {"3.1.7a": 12, "3.1.7b": 11}), IN_TIME)
    arrive(engine, reading("31-STP", "2026-Q3", {"3.1.7b": 11}), IN_TIME)
    total = _totals(engine)["3.1.7b"]
    assert (total.value, total.tiers, total.reported) == (1, {"department": 1}, 2)


def test_the_moment_printed_is_that_of_the_versions_that_count(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 10}), IN_TIME)
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 12}), IN_TIME + timedelta(days=1))
    arrive(engine, reading(B, "2026-Q3", {"3.4.1": 99}), IN_TIME + timedelta(days=2), Verdict.REJECTED)
    with engine.connect() as connection:
        found = consolidate.assemble(connection, "31", Q3, LATER)
    assert found.data_as_of == IN_TIME + timedelta(days=1)


def test_figures_of_any_size_give_a_quotient(engine):
    arrive(engine, reading(A, "2026-Q3", {"7.2.1": Decimal("1e-9"), "7.2.2": Decimal(10) ** 27}), IN_TIME)
    assert _totals(engine)["7.2.3"].value == Decimal(10) ** 38
