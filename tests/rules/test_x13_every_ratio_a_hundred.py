"""Not every ratio of a unit is 100 %."""

from cchc import validate
from tests.rules.factory import Fault
from tests.rules.warehouse import found, send

RULE = "x13_every_ratio_a_hundred"
PAIRS = {"1.1.2": "1.1.1", "1.2.2": "1.2.1", "1.2.5": "1.2.4", "2.3.4": "2.3.3", "3.4.14a": "3.4.1", "6.1.2": "6.1.1"}
MORE = {"7.2.2": "7.2.1", "7.2.4b": "7.2.4a", "7.5.3": "7.5.3t"}
FULL = {code: 30 for pair in (PAIRS | MORE).items() for code in pair}


def test_holds_where_one_ratio_is_below(engine):
    send(engine, "2026-Q3", FULL | {"7.5.3": 29})
    send(engine, "2026-H1", FULL | {"1.4.3": "99.5"})
    assert found(engine, RULE) == found(engine, RULE, "2026-H1") == []


def test_all_at_a_hundred_are_found_once_for_the_file(engine):
    send(engine, "2026-Q3", FULL | {"1.4.3": 100})
    evidence = "10 tỷ lệ, trong đó 1.1.3, 1.2.3, 1.2.6, 2.3.5, 3.4.14"
    assert found(engine, RULE) == [Fault("warning", "", "", "", evidence, "Tỷ lệ theo số thực tế")]


def test_few_ratios_or_small_denominators_say_nothing(engine):
    send(engine, "2026-Q3", {code: 30 for pair in PAIRS.items() for code in pair})
    send(engine, "2026-H1", dict.fromkeys(FULL, 4))
    assert found(engine, RULE) == found(engine, RULE, "2026-H1") == []


def test_the_same_is_found_within_a_transaction(engine):
    send(engine, "2026-Q3", FULL | {"1.4.3": 100})
    with engine.connect() as connection:
        assert validate.cross_within(connection, "2026-Q3") == validate.cross(engine, "2026-Q3")
