"""A unit uses no more online services than the authority provides."""

from tests.rules.warehouse import NEAR, OWN, found, send, warning

RULE = "x07_online_services_used"


def test_holds_up_to_what_is_provided(engine):
    send(engine, "2026-Q3", {"7.3.1": 60, "7.3.2": 40}, "31")
    send(engine, "2026-Q3", {"7.3.3": 100})
    assert found(engine, RULE) == []


def test_more_is_found(engine):
    send(engine, "2026-Q3", {"7.3.1": 60, "7.3.2": 40}, "31")
    send(engine, "2026-Q3", {"7.3.3": 101}, OWN)
    send(engine, "2026-Q3", {"7.3.3": 99}, NEAR)
    assert found(engine, RULE) == [warning("7.3.3", "2026-Q3", "101", "Không quá 100")]


def test_says_nothing_where_the_authority_left_one_out_or_it_is_another_authority(engine):
    send(engine, "2026-Q3", {"7.3.1": 60}, "31")
    send(engine, "2026-Q3", {"7.3.1": 1, "7.3.2": 1}, "75")
    send(engine, "2026-Q3", {"7.3.3": 101})
    assert found(engine, RULE) == []
