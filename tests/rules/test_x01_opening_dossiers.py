"""Dossiers carried over are those that were pending when the opening window closed."""

from datetime import timedelta

from cchc.model.submission import Verdict
from tests.rules.warehouse import FAR, MORNING, NEAR, OWN, found, send, warning

RULE = "x01_opening_dossiers"


def test_holds_where_the_stock_is_carried_over(engine):
    send(engine, "2026-H1", {"3.4.9": 10})
    send(engine, "2026-H1", {"3.4.9": 99}, NEAR)
    send(engine, "2026-Q3", {"3.4.4": 10})
    assert found(engine, RULE) == []


def test_another_stock_is_found_for_the_unit_that_reports_it(engine):
    for unit in (OWN, NEAR):
        send(engine, "2026-H1", {"3.4.9": 1000}, unit)
    send(engine, "2026-Q3", {"3.4.4": 1234}, OWN)
    send(engine, "2026-Q3", {"3.4.4": 1000}, NEAR)
    assert found(engine, RULE) == [warning("3.4.4", "2026-Q3", "1.234", "1.000")]


def test_a_cumulative_window_opens_where_last_year_closed(engine):
    send(engine, "2025-Y", {"3.4.9": 7})
    send(engine, "2026-Q1", {"3.4.9": 8, "3.4.4": 7})
    send(engine, "2026-H1", {"3.4.4": 8})
    assert found(engine, RULE, "2026-Q1") == []
    assert found(engine, RULE, "2026-H1") == [warning("3.4.4", "2026-H1", "8", "7")]


def test_the_version_that_counts_is_the_last_acceptable_one(engine):
    send(engine, "2026-H1", {"3.4.9": 10})
    send(engine, "2026-Q3", {"3.4.4": 11})
    send(engine, "2026-Q3", {"3.4.4": 10}, at=MORNING + timedelta(days=1))
    send(engine, "2026-Q3", {"3.4.4": 12}, at=MORNING + timedelta(days=2), verdict=Verdict.REJECTED)
    assert found(engine, RULE) == []


def test_says_nothing_where_either_is_missing(engine):
    send(engine, "2026-H1", {"3.4.1": 10})
    send(engine, "2026-H1", {"3.4.9": 10}, NEAR)
    send(engine, "2026-Q3", {"3.4.4": 11})
    send(engine, "2026-Q3", {"3.4.1": 11}, NEAR)
    send(engine, "2026-Q3", {"3.4.4": 11}, FAR)
    assert found(engine, RULE) == []
