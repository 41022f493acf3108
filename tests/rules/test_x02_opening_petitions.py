"""Petitions carried over are those received before and not settled."""

from tests.rules.warehouse import NEAR, found, send, warning

RULE = "x02_opening_petitions"
LEFT_OVER = {"3.5.1a": 2, "3.5.1b": 10, "3.5.2": 9}


def test_holds_where_what_was_left_is_carried_over(engine):
    send(engine, "2026-H1", LEFT_OVER)
    send(engine, "2026-Q3", {"3.5.1a": 3})
    assert found(engine, RULE) == []


def test_another_number_is_found(engine):
    send(engine, "2026-H1", LEFT_OVER)
    send(engine, "2026-H1", LEFT_OVER, NEAR)
    send(engine, "2026-Q3", {"3.5.1a": 0})
    send(engine, "2026-Q3", {"3.5.1a": 3}, NEAR)
    assert found(engine, RULE) == [warning("3.5.1a", "2026-Q3", "0", "3")]


def test_says_nothing_where_a_part_is_missing(engine):
    send(engine, "2026-H1", {"3.5.1a": 2, "3.5.1b": 10})
    send(engine, "2026-H1", LEFT_OVER, NEAR)
    send(engine, "2026-Q3", {"3.5.1a": 5})
    send(engine, "2026-Q3", {"3.4.1": 5}, NEAR)
    assert found(engine, RULE) == []
