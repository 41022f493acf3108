"""Missing and late are statements about obligations."""

from datetime import datetime, timedelta

from cchc import consolidate
from cchc.catalogue import periods
from cchc.model.submission import Verdict
from tests.factories import NOTHING_AROSE, arrive, reading

Q3 = periods.parse("2026-Q3")
LAST_MOMENT = datetime(2026, 9, 11, 0, 0, tzinfo=periods.ZONE)
A, B, C, D = "10993", "10507", "10525", "10532"


def _board(engine, as_of):
    with engine.connect() as connection:
        rows = consolidate.statuses(connection, "31", Q3, as_of)
    return consolidate.counts(rows), {row.unit: row for row in rows}


def test_before_the_due_moment_nobody_is_missing(engine, installation):
    from cchc import load

    load.ensure_period(engine, Q3)
    tally, _ = _board(engine, LAST_MOMENT)
    assert (tally.expected, tally.missing, tally.not_due) == (129, 0, 129)
    tally, _ = _board(engine, LAST_MOMENT + timedelta(seconds=1))
    assert (tally.missing, tally.not_due) == (129, 0)


def test_on_time_is_until_the_last_moment_inclusive(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT)
    arrive(engine, reading(B, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT + timedelta(minutes=1))
    tally, rows = _board(engine, LAST_MOMENT + timedelta(days=3))
    assert (tally.on_time, tally.late) == (1, 1)
    assert (rows[A].late_by_hours, rows[B].late_by_hours) == (0, 1)


def test_a_correction_after_the_due_moment_does_not_make_late(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT - timedelta(days=1))
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 2}), LAST_MOMENT + timedelta(days=4))
    _, rows = _board(engine, LAST_MOMENT + timedelta(days=9))
    assert (rows[A].late_by_hours, rows[A].versions) == (0, 2)
    assert rows[A].received_at == LAST_MOMENT - timedelta(days=1)


def test_a_returned_report_is_neither_sent_nor_silent(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT - timedelta(days=1), Verdict.REJECTED)
    tally, rows = _board(engine, LAST_MOMENT + timedelta(days=1))
    assert (tally.rejected, tally.missing, rows[A].state, rows[A].verdict) == (1, 128, "missing", "rejected")


def test_returned_in_time_and_mended_late_is_late(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT - timedelta(days=1), Verdict.REJECTED)
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 2}), LAST_MOMENT + timedelta(hours=30))
    tally, rows = _board(engine, LAST_MOMENT + timedelta(days=9))
    assert (tally.late, tally.rejected, rows[A].late_by_hours) == (1, 0, 30)


def test_a_nil_return_is_a_report(engine):
    figures = {"3.4.1": NOTHING_AROSE, "3.4.5": NOTHING_AROSE}
    arrive(engine, reading(A, "2026-Q3", figures), LAST_MOMENT - timedelta(days=1))
    tally, rows = _board(engine, LAST_MOMENT + timedelta(days=1))
    assert (tally.on_time, rows[A].state) == (1, "confirmed_zero")


def test_every_obligation_is_counted_exactly_once(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT)
    arrive(engine, reading(B, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT + timedelta(days=2))
    arrive(engine, reading(C, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT, Verdict.REJECTED)
    for as_of in (LAST_MOMENT, LAST_MOMENT + timedelta(days=1), LAST_MOMENT + timedelta(days=9)):
        tally, _ = _board(engine, as_of)
        parts = (tally.on_time, tally.late, tally.missing, tally.rejected, tally.not_due)
        assert sum(parts) == tally.expected == 129, (as_of, parts)


def test_a_newer_version_that_came_back_is_told(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 1}), LAST_MOMENT - timedelta(days=2))
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 2}), LAST_MOMENT - timedelta(days=1), Verdict.REJECTED)
    _, rows = _board(engine, LAST_MOMENT)
    assert (rows[A].state, rows[A].verdict, rows[A].latest_verdict) == ("reported", "accepted", "rejected")
