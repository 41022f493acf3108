"""A file as it was received, read and judged by the present reader and rules: at its first coming, and ever again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cchc import settings as environment
from cchc.steps.base import engine

if TYPE_CHECKING:
    from cchc.model.submission import Judged, Reading

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """A registered file as it came; the bytes of one that is too large are not fetched."""

    data: bytes
    file_name: str
    received_at: datetime
    sha256: str
    size: int
    sender_units: tuple[str, ...] | None


def raw_files(ids: Sequence[str]) -> list[Received]:
    """Files from the raw store with what the registry knows of their coming."""
    from uuid import UUID

    from sqlalchemy import select

    from cchc.store.raw import raw_store
    from cchc.store.tables import delivery, submission

    wanted = [UUID(identity) for identity in ids]
    deliveries = select(delivery.c.sender_units).where(delivery.c.sha256 == submission.c.sha256)
    sender = deliveries.order_by(delivery.c.received_at, delivery.c.delivery_id).limit(1).scalar_subquery()
    columns = (submission.c.file_name, submission.c.received_at, submission.c.sha256, submission.c.size, sender)
    query = select(*columns).where(submission.c.submission_id.in_(wanted)).order_by(submission.c.sha256)
    store = raw_store(environment.load())
    with engine().connect() as connection:
        found = connection.execute(query).all()
    return [
        Received(
            store.get(digest) if size <= environment.MOST_FILE_BYTES else b"",
            name,
            at,
            digest,
            size,
            None if units is None else tuple(units),
        )
        for name, at, digest, size, units in found
    ]


def readings(files: Sequence[Received], workers: int = 1) -> list[Reading]:
    """What each file holds; of one that is too large the size says all."""
    from cchc import parse

    found = parse.read_many([(file.data, file.file_name) for file in files], workers=workers)
    return [
        parse.oversized(file.sha256, file.size) if file.size > environment.MOST_FILE_BYTES else reading
        for file, reading in zip(files, found, strict=True)
    ]


def judged(files: Sequence[Received], workers: int = 1) -> list[Judged]:
    """Files that came together with their findings and verdicts, in the order given."""
    from cchc import parse, validate

    pairs = zip(readings(files, workers), files, strict=True)
    return validate.judge([parse.arrived(reading, file.received_at, file.sender_units) for reading, file in pairs])


def judged_each(files: Sequence[Received], workers: int = 1) -> list[Judged]:
    """The same; one file that we did not foresee does not hold up the others."""
    try:
        return judged(files, workers)
    except Exception:
        log.exception("%d files could not be judged together; taking them one by one", len(files))
        return [_judged_alone(file) for file in files]


def not_processed(file: Received) -> Judged:
    """The verdict on a file on which our own work failed."""
    from cchc import parse, validate

    return validate.judge([parse.not_processed(file.sha256)])[0]


def _judged_alone(file: Received) -> Judged:
    try:
        return judged([file])[0]
    except Exception:
        log.exception("could not read %s", file.file_name)
        return not_processed(file)
