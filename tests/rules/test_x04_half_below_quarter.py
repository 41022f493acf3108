"""The first half-year holds its first quarter."""

from tests.rules.warehouse import NEAR, found, send, warning

RULE = "x04_half_below_quarter"


def test_holds_from_the_quarter_upwards(engine):
    send(engine, "2026-Q1", {"1.6.1": 30, "7.3.3": 9})
    send(engine, "2026-H1", {"1.6.1": 30, "7.3.3": 8})  # distinct services need not grow
    assert found(engine, RULE, "2026-H1") == []


def test_less_than_the_quarter_is_found(engine):
    send(engine, "2026-Q1", {"1.6.1": 30})
    send(engine, "2026-Q1", {"1.6.1": 30}, NEAR)
    send(engine, "2026-H1", {"1.6.1": 29})
    send(engine, "2026-H1", {"1.6.1": 31}, NEAR)
    assert found(engine, RULE, "2026-H1") == [warning("1.6.1", "2026-H1", "29", "Từ 30 trở lên")]


def test_says_nothing_without_the_quarter_or_the_figure(engine):
    send(engine, "2026-Q1", {"1.6.1": 900})
    send(engine, "2027-Q1", {"1.6.2a": 900})
    send(engine, "2027-H1", {"1.6.1": 1})
    assert found(engine, RULE, "2027-H1") == []
