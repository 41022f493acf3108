"""A year's flow is at least the first half and the third quarter together."""

from tests.rules.warehouse import NEAR, found, send, warning

RULE = "x03_year_below_parts"


def test_holds_from_the_sum_upwards(engine):
    send(engine, "2026-H1", {"1.6.1": 30, "3.4.9": 900})
    send(engine, "2026-Q3", {"1.6.1": 12, "3.4.9": 900})
    send(engine, "2026-Y", {"1.6.1": 42, "3.4.9": 5})  # a stock may fall
    assert found(engine, RULE, "2026-Y") == []


def test_less_than_the_sum_is_found(engine):
    send(engine, "2026-H1", {"1.6.1": 30, "6.1.2": "1500.5"})
    send(engine, "2026-Q3", {"1.6.1": 12, "6.1.2": "0.25"})
    send(engine, "2026-H1", {"1.6.1": 5000}, NEAR)
    send(engine, "2026-Y", {"1.6.1": 41, "6.1.2": "1500.5"})
    assert found(engine, RULE, "2026-Y") == [
        warning("1.6.1", "2026-Y", "41", "Từ 42 trở lên"),
        warning("6.1.2", "2026-Y", "1.500,5", "Từ 1.500,75 trở lên"),
    ]


def test_one_part_alone_is_a_lower_bound_too(engine):
    send(engine, "2026-H1", {"1.6.1": 30})
    send(engine, "2026-Y", {"1.6.1": 29})
    assert found(engine, RULE, "2026-Y") == [warning("1.6.1", "2026-Y", "29", "Từ 30 trở lên")]


def test_says_nothing_of_other_years_or_missing_figures(engine):
    send(engine, "2025-Q3", {"1.6.1": 900})
    send(engine, "2026-H1", {"1.6.2a": 900})
    send(engine, "2026-Y", {"1.6.1": 1})
    assert found(engine, RULE, "2026-Y") == []


def test_applies_to_yearly_reports_only(engine):
    send(engine, "2026-H1", {"1.6.1": 30})
    send(engine, "2026-Q3", {"1.6.1": 12})
    assert found(engine, RULE, "2026-Q3") == found(engine, RULE, "2026-H1") == []
