"""A shared figure is what most units of the kind say."""

from tests.rules.warehouse import FAR, FOURTH, NEAR, OWN, found, send, warning

RULE = "x05_shared_figure_differs"


def test_holds_where_all_agree(engine):
    for unit in (OWN, NEAR, FAR):
        send(engine, "2026-Q3", {"7.4.1a": 40, "1.1.1": int(unit)}, unit)
    send(engine, "2026-Q3", {"7.4.1a": 7}, "31-SNV")  # another kind of sender has its own
    assert found(engine, RULE) == []


def test_who_differs_from_the_majority_is_found(engine):
    for unit in (NEAR, FAR, FOURTH):
        send(engine, "2026-Q3", {"7.4.1a": 40}, unit)
    send(engine, "2026-Q3", {"7.4.1a": 41}, OWN)
    assert found(engine, RULE) == [warning("7.4.1a", "2026-Q3", "41", "40")]


def test_no_majority_finds_nobody(engine):
    for unit, value in ((OWN, 40), (NEAR, 40), (FAR, 41), (FOURTH, 41)):
        send(engine, "2026-Q3", {"7.4.1a": value}, unit)
    assert found(engine, RULE) == []


def test_too_few_or_missing_figures_say_nothing(engine):
    send(engine, "2026-Q3", {"7.4.1a": 40}, NEAR)
    send(engine, "2026-Q3", {"7.4.1a": 41}, OWN)
    send(engine, "2026-Q3", {"1.1.1": 41}, FAR)
    assert found(engine, RULE) == []
