"""Procedures in force are those at the start, plus announced, less abolished."""

from tests.rules.warehouse import OWN, found, send, warning

RULE = "x09_procedure_stock_moves"
CITY = "31"


def test_holds_where_the_stock_follows(engine):
    send(engine, "2026-H1", {"3.1.1": 1800, "3.1.3": 500, "3.1.5": 400}, CITY)
    send(engine, "2026-Q3", {"3.1.1": 1811, "3.1.3": 36, "3.1.5": 25}, CITY)
    assert found(engine, RULE) == []


def test_another_stock_is_found(engine):
    send(engine, "2026-H1", {"3.1.1": 1800}, CITY)
    send(engine, "2026-Q3", {"3.1.1": 1836, "3.1.3": 36, "3.1.5": 25}, CITY)
    assert found(engine, RULE) == [warning("3.1.1", "2026-Q3", "1.836", "1.811", CITY)]


def test_says_nothing_where_a_part_is_missing(engine):
    send(engine, "2026-H1", {"3.1.1": 1800}, CITY)
    send(engine, "2026-Q3", {"3.1.1": 1836, "3.1.3": 36}, CITY)
    send(engine, "2026-Q3", {"3.4.1": 5}, OWN)
    assert found(engine, RULE) == []
