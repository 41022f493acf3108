"""A period waits to be consolidated until it has been, whatever died in between."""

from datetime import datetime, timedelta

import pytest

from cchc import consolidate, load
from cchc.catalogue import periods
from tests.factories import arrive, reading

Q3 = periods.parse("2026-Q3")
BEFORE = datetime(2026, 9, 8, tzinfo=periods.ZONE)
AFTER = datetime(2026, 9, 12, tzinfo=periods.ZONE)


def _consolidate(engine, moment):
    with engine.begin() as connection:
        found = consolidate.assemble(connection, "31", Q3, moment)
        consolidate.mark_consolidated(connection, found, load.reportable(engine, moment)["2026-Q3"])


def test_nothing_loaded_nothing_waits(engine):
    assert load.due_for_consolidation(engine, BEFORE) == []


@pytest.mark.parametrize("times", [1, 2])
def test_a_loaded_period_waits_until_it_is_consolidated(engine, times):
    arrive(engine, reading("10993", "2026-Q3", {"3.4.1": 5}), BEFORE)
    for _ in range(times):
        assert load.due_for_consolidation(engine, BEFORE) == ["2026-Q3"]
    _consolidate(engine, BEFORE)
    assert load.due_for_consolidation(engine, BEFORE) == []


def test_a_new_version_makes_it_wait_again(engine):
    arrive(engine, reading("10993", "2026-Q3", {"3.4.1": 5}), BEFORE)
    _consolidate(engine, BEFORE)
    arrive(engine, reading("10993", "2026-Q3", {"3.4.1": 6}), BEFORE + timedelta(hours=1))
    assert load.due_for_consolidation(engine, BEFORE) == ["2026-Q3"]


def test_the_passing_of_the_due_moment_makes_it_wait_again(engine):
    arrive(engine, reading("10993", "2026-Q3", {"3.4.1": 5}), BEFORE)
    _consolidate(engine, BEFORE)
    assert load.due_for_consolidation(engine, AFTER) == ["2026-Q3"]
    _consolidate(engine, AFTER)
    assert load.due_for_consolidation(engine, AFTER) == []


def test_a_changed_earlier_period_concerns_what_is_compared_with_it(engine):
    arrive(engine, reading("10993", "2026-Q3", {"3.4.1": 5}), BEFORE)
    _consolidate(engine, AFTER)
    arrive(engine, reading("10993", "2026-H1", {"3.4.1": 6}), datetime(2026, 6, 9, tzinfo=periods.ZONE))
    assert load.due_for_consolidation(engine, AFTER) == ["2026-H1", "2026-Q3"]
