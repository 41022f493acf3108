"""The registry of submissions: every arrival is a delivery, every distinct file a submission version."""

from __future__ import annotations

import logging

from sqlalchemy import Connection, Engine, case, select
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue import file_names
from cchc.collect.inbox import Delivery, deliveries, remove
from cchc.model.submission import submission_id
from cchc.settings import Settings
from cchc.store.raw import RawStore, StillWrittenError, raw_store
from cchc.store.tables import delivery as delivery_table
from cchc.store.tables import submission

log = logging.getLogger(__name__)


def collect(settings: Settings, engine: Engine) -> int:
    """Move all that waits in the inbox to the raw store and the registry; return how many deliveries were taken.

    The bytes are kept first, then the rows, then the inbox entry goes: killed anywhere, the next run finishes it.
    """
    store = raw_store(settings)
    return sum(_take(engine, store, item) for item in deliveries(settings))


def _take(engine: Engine, store: RawStore, item: Delivery) -> bool:
    try:
        digest, size = store.keep(item.file)
    except (StillWrittenError, FileNotFoundError) as error:
        log.info("%s is left for the next time: %s", item.arrival.file_name, type(error).__name__)
        return False
    with engine.begin() as connection:
        _register(connection, item, digest, size)
    remove(item)
    return True


def waiting(engine: Engine) -> list[str]:
    """Ids of submissions that are registered and not yet judged, in order of receipt."""
    query = (
        select(submission.c.submission_id)
        .where(submission.c.verdict == "received")
        .order_by(submission.c.received_at, submission.c.sha256)
    )
    with engine.connect() as connection:
        return [str(row) for row in connection.scalars(query)]


def _register(connection: Connection, item: Delivery, digest: str, size: int) -> None:
    how = item.arrival
    arrival = {"received_at": how.received_at, "channel": how.channel, "sender": how.sender}
    file = {"sha256": digest, "file_name": how.file_name, "size": size}
    connection.execute(
        insert(delivery_table)
        .values(
            delivery_id=item.delivery_id,
            **arrival,
            **file,
            message_id=how.message_id,
            sender_units=None if how.sender_units is None else list(how.sender_units),
        )
        .on_conflict_do_nothing(index_elements=["delivery_id"])
    )
    # What the file name says stands until the cover is read; an unreadable file is still somebody's.
    hints = {
        "unit_code": file_names.unit_hint(how.file_name) or None,
        "period_code": file_names.period_hint(how.file_name) or None,
    }
    new = insert(submission).values(submission_id=submission_id(digest), **arrival, **file, **hints)
    # The same bytes again are the same version; its first receipt stands, whichever is collected first.
    earlier = new.excluded.received_at < submission.c.received_at
    first = {
        name: case((earlier, new.excluded[name]), else_=submission.c[name])
        for name in ("received_at", "channel", "sender", "file_name")
    }
    connection.execute(new.on_conflict_do_update(index_elements=["sha256"], set_=first))
