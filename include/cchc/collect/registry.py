"""The registry of submissions: every arrival is a delivery, every distinct file a submission version."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, case, select
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue import file_names
from cchc.collect.inbox import Delivery, deliveries, remove
from cchc.model.submission import submission_id
from cchc.settings import Settings
from cchc.store.raw import raw_store
from cchc.store.tables import delivery as delivery_table
from cchc.store.tables import submission


def collect(settings: Settings, engine: Engine) -> int:
    """Move all that waits in the inbox to the raw store and the registry; return how many deliveries were taken.

    The bytes are kept first, then the rows, then the inbox entry goes: killed anywhere, the next run finishes it.
    """
    store = raw_store(settings)
    taken = 0
    for item in deliveries(settings):
        digest = store.put(item.data)
        with engine.begin() as connection:
            _register(connection, item, digest)
        remove(item)
        taken += 1
    return taken


def waiting(engine: Engine) -> list[str]:
    """Ids of submissions that are registered and not yet judged, in order of receipt."""
    query = (
        select(submission.c.submission_id)
        .where(submission.c.verdict == "received")
        .order_by(submission.c.received_at, submission.c.sha256)
    )
    with engine.connect() as connection:
        return [str(row) for row in connection.scalars(query)]


def _register(connection: Connection, item: Delivery, digest: str) -> None:
    arrival = {"received_at": item.received_at, "channel": item.channel, "sender": item.sender}
    file = {"sha256": digest, "file_name": item.file_name, "size": len(item.data)}
    connection.execute(
        insert(delivery_table)
        .values(delivery_id=item.delivery_id, **arrival, **file)
        .on_conflict_do_nothing(index_elements=["delivery_id"])
    )
    # What the file name says stands until the cover is read; an unreadable file is still somebody's.
    hints = {
        "unit_code": file_names.unit_hint(item.file_name) or None,
        "period_code": file_names.period_hint(item.file_name) or None,
    }
    new = insert(submission).values(submission_id=submission_id(digest), **arrival, **file, **hints)
    # The same bytes again are the same version; its first receipt stands, whichever is collected first.
    earlier = new.excluded.received_at < submission.c.received_at
    first = {
        name: case((earlier, new.excluded[name]), else_=submission.c[name])
        for name in ("received_at", "channel", "sender", "file_name")
    }
    connection.execute(new.on_conflict_do_update(index_elements=["sha256"], set_=first))
