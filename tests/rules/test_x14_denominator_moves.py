"""What ratios are taken of stays as it was earlier in the year."""

from tests.rules.warehouse import found, send, warning

RULE = "x14_denominator_moves"


def test_holds_within_a_tenth_or_by_one(engine):
    send(engine, "2026-H1", {"1.1.1": 100, "1.2.1": 5, "4.2.1": 40})
    send(engine, "2026-Q3", {"1.1.1": 109, "1.2.1": 6, "4.2.1": 40})
    assert found(engine, RULE) == []


def test_a_denominator_that_moves_is_found_beside_the_earlier_one(engine):
    send(engine, "2026-H1", {"1.1.1": 30, "1.2.1": 14, "6.1.1": 90000})
    send(engine, "2026-Q3", {"1.1.1": 22, "1.2.1": 14, "6.1.1": 40000})
    assert found(engine, RULE) == [
        warning("1.1.1", "2026-Q3", "22", "30"),
        warning("6.1.1", "2026-Q3", "40.000", "90.000"),
    ]
    assert found(engine, "x06_jump") == []


def test_a_new_year_or_a_missing_report_says_nothing(engine):
    send(engine, "2025-Y", {"1.1.1": 30})
    send(engine, "2026-Q1", {"1.1.1": 22})
    send(engine, "2026-Q3", {"1.1.1": 60})
    assert found(engine, RULE, "2026-Q1") == found(engine, RULE) == []


def test_other_stocks_may_move(engine):
    send(engine, "2026-H1", {"4.2.2": 40, "1.3.5": 4})
    send(engine, "2026-Q3", {"4.2.2": 30, "1.3.5": 9})
    assert found(engine, RULE) == []
