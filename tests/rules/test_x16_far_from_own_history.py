"""A figure does not lie far from what the unit itself reported in three earlier reports or more."""

import pytest

from tests.rules.warehouse import found, send, warning

RULE = "x16_far_from_own_history"


@pytest.fixture
def history(engine):
    """Four earlier reports that tell of 1,000 dossiers a quarter, a hundred more or less, and of forty officials."""
    for period, dossiers in (("2025-Q3", 950), ("2025-Y", 4100), ("2026-Q1", 1050), ("2026-H1", 2000)):
        send(engine, period, {"3.4.1": dossiers, "4.2.2": 40, "1.3.5": 2})


def test_holds_within_the_usual(engine, history):
    send(engine, "2026-Q3", {"3.4.1": 1290, "4.2.2": 45, "1.3.5": 20})
    assert found(engine, RULE) == found(engine, "x06_jump") == []


def test_a_jump_is_found_with_the_median_and_the_number_of_reports(engine, history):
    send(engine, "2026-Q3", {"3.4.1": 1500, "4.2.2": 90})
    assert found(engine, RULE) == [
        warning("3.4.1", "2026-Q3", "1.500", "mức 1.012,5 (trung vị của 4 báo cáo trước)"),
        warning("4.2.2", "2026-Q3", "90", "mức 40 (trung vị của 4 báo cáo trước)"),
    ]
    assert found(engine, "x06_jump") == []


def test_a_cumulative_report_is_measured_by_its_quarters(engine, history):
    send(engine, "2026-Y", {"3.4.1": 4300})
    assert found(engine, RULE, "2026-Y") == []
    send(engine, "2026-Y", {"3.4.1": 9000}, "10507")
    assert found(engine, RULE, "2026-Y") == []


def test_a_short_history_says_nothing(engine):
    for period in ("2026-Q1", "2026-H1"):
        send(engine, period, {"4.2.2": 40})
    send(engine, "2026-Q3", {"4.2.2": 90})
    assert found(engine, RULE) == []
    assert len(found(engine, "x06_jump")) == 1


def test_a_history_that_varies_widely_allows_more(engine):
    for period, told in (("2025-Q3", 200), ("2025-Y", 4000), ("2026-Q1", 1800), ("2026-H1", 800)):
        send(engine, period, {"1.6.1": told})
    send(engine, "2026-Q3", {"1.6.1": 1700})
    assert found(engine, RULE) == []
