"""What is owed in a period: one obligation a unit, from the regime and the units valid when the window closes."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue import regimes, units
from cchc.catalogue.periods import Period, due_moment
from cchc.store.tables import dim_period, obligation


def ensure_period(engine: Engine, period: Period) -> None:
    """Make sure that the period, its obligations and its partition of facts exist."""
    with engine.begin() as connection:
        _make(connection, period)


def open_period(connection: Connection, period: Period) -> None:
    """The same within a transaction; nothing is locked where the period is there."""
    if connection.scalar(select(dim_period.c.code).where(dim_period.c.code == period.code)) is None:
        _make(connection, period)


def _make(connection: Connection, period: Period) -> None:
    # One maker at a time: creating a partition twice at once would fail one of them.
    connection.execute(text("SELECT pg_advisory_xact_lock(720042)"))
    fields = ("code", "kind", "year", "window_from", "window_to", "basis", "due_at")
    row = {name: getattr(period, name) for name in fields}
    connection.execute(insert(dim_period).values(row).on_conflict_do_nothing())
    _obligations(connection, period)
    _partition(connection, period)


def _obligations(connection: Connection, period: Period) -> None:
    owed = [
        {
            "unit_code": unit.code,
            "period_code": period.code,
            "authority": code,
            "form": unit.form,
            "due_at": due_moment(period, regimes.regime_of(code, period.window_to).due),
        }
        for code in regimes.authorities(period.window_to)
        for unit in units.units_of(code, period.window_to)
    ]
    if owed:
        connection.execute(insert(obligation).on_conflict_do_nothing(), owed)


def _partition(connection: Connection, period: Period) -> None:
    # Both names come from a parsed period code (digits, one hyphen, a kind of the regime), never from a file.
    name = "fct_observation_" + period.code.lower().replace("-", "_")
    connection.execute(
        text(f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF fct_observation FOR VALUES IN ('{period.code}')")
    )
