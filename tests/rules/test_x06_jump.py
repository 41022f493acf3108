"""A figure does not move by more than half, and 20, against the comparable period."""

from tests.rules.warehouse import found, send, warning

RULE = "x06_jump"


def test_holds_within_half_or_within_twenty(engine):
    send(engine, "2026-H1", {"1.1.1": 100, "4.1.2": 5, "1.3.7": 40})
    send(engine, "2026-Q3", {"1.1.1": 150, "4.1.2": 24, "1.3.7": 20})
    assert found(engine, RULE) == []


def test_a_stock_is_compared_with_the_report_before(engine):
    send(engine, "2025-Q3", {"4.2.2": 500, "1.3.7": 500})
    send(engine, "2026-H1", {"4.2.2": 100, "1.3.7": 41, "4.1.2": 0})
    send(engine, "2026-Q3", {"4.2.2": 151, "1.3.7": 20, "4.1.2": 20})
    assert found(engine, RULE) == [
        warning("1.3.7", "2026-Q3", "20", "Trong khoảng ±50% của 41"),
        warning("4.1.2", "2026-Q3", "20", "Trong khoảng ±50% của 0"),
        warning("4.2.2", "2026-Q3", "151", "Trong khoảng ±50% của 100"),
    ]


def test_a_flow_is_compared_with_the_same_report_a_year_before(engine):
    send(engine, "2025-Q3", {"3.4.1": 1000, "3.4.2": 600})
    send(engine, "2026-H1", {"3.4.1": 9000, "3.4.2": 9000})
    send(engine, "2026-Q3", {"3.4.1": 1501, "3.4.2": 900})
    assert found(engine, RULE) == [warning("3.4.1", "2026-Q3", "1.501", "Trong khoảng ±50% của 1.000")]


def test_a_third_quarter_without_a_year_before_is_compared_with_half_of_the_first_half_year(engine):
    send(engine, "2026-H1", {"3.4.1": 2001, "3.4.2": 1000})
    send(engine, "2026-Q3", {"3.4.1": 1501, "3.4.2": 700})
    assert found(engine, RULE) == [warning("3.4.1", "2026-Q3", "1.501", "Trong khoảng ±50% của 1.000,5")]


def test_what_is_not_alike_is_not_compared(engine):
    send(engine, "2026-Q1", {"3.4.1": 10, "3.4.4": 10})
    send(engine, "2026-H1", {"3.4.1": 1000, "3.4.4": 1000})
    assert found(engine, RULE, "2026-H1") == []


def test_says_nothing_without_a_figure_before_or_now(engine):
    send(engine, "2026-H1", {"1.3.7": 1000})
    send(engine, "2026-Q3", {"1.1.1": 1000})
    assert found(engine, RULE) == []


def test_what_each_window_counts_anew_is_not_halved(engine):
    send(engine, "2026-H1", {"7.4.1a": 120, "7.3.3": 90})
    send(engine, "2026-Q3", {"7.4.1a": 120, "7.3.3": 90})
    assert found(engine, RULE) == []
