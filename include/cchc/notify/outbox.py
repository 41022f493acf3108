"""The outbox: each answer is a row before it is a letter, so that it goes out once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, Engine, Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from cchc.store.sqlfiles import statement
from cchc.store.tables import outgoing

MOST_ATTEMPTS = 8
"""A letter that fails as often is given up, and shown as such."""
_ONE_AT_A_TIME = 720042


def queue(connection: Connection, since: datetime, domain: str) -> int:
    """Make a row for each answer that is owed and not yet made, to what came since then; return how many."""
    made = 0
    for owed in connection.execute(statement("marts/unanswered"), {"since": since}):
        subject = owed.submission_id or owed.mail_id
        identity = uuid5(NAMESPACE_URL, f"reply:{owed.kind}:{subject}:{owed.recipient}")
        row = {"outgoing_id": identity, "message_id": f"<{identity}@{domain}>", **owed._mapping}
        made += connection.execute(insert(outgoing).values(row).on_conflict_do_nothing()).rowcount
    return made


@contextmanager
def only_sender(engine: Engine) -> Iterator[bool]:
    """False where another process is sending: it will send these letters too."""
    with engine.connect() as connection:
        free = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ONE_AT_A_TIME}))
        try:
            yield free
        finally:
            if free:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ONE_AT_A_TIME})


def waiting(engine: Engine) -> list[Row[Any]]:
    """Letters that wait; those that failed before come last, so that one cannot hold up the others."""
    query = select(outgoing).where(outgoing.c.state == "queued").order_by(outgoing.c.attempts, outgoing.c.outgoing_id)
    with engine.connect() as connection:
        return list(connection.execute(query))


def claim(engine: Engine, identity: UUID) -> None:
    """Count an attempt before it is made: whatever kills the process, the attempts have an end."""
    _change(engine, identity, attempts=outgoing.c.attempts + 1)


def sent(engine: Engine, identity: UUID, at: datetime) -> None:
    """The server has taken the letter."""
    _change(engine, identity, state="sent", sent_at=at, last_error="")


def failed(engine: Engine, identity: UUID, error: str, for_good: bool) -> None:
    """The letter was not taken; it waits for another attempt unless the server said never, or it was the last."""
    _change(engine, identity, last_error=error[:500])
    with engine.begin() as connection:
        mine = update(outgoing).where(outgoing.c.outgoing_id == identity)
        connection.execute(
            (mine if for_good else mine.where(outgoing.c.attempts >= MOST_ATTEMPTS)).values(state="failed")
        )


def tally(engine: Engine) -> dict[str, int]:
    """How many letters are in which state."""
    query = select(outgoing.c.state, func.count()).group_by(outgoing.c.state)
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def _change(engine: Engine, identity: UUID, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(update(outgoing).where(outgoing.c.outgoing_id == identity).values(**values))
