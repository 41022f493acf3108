"""Corrections too small to replace an approved report: noted with it, told in the next one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from cchc.consolidate.editions import inputs_of, latest
from cchc.model.changes import Note
from cchc.model.consolidation import Consolidation
from cchc.store.frozen import freeze, thaw
from cchc.store.tables import edition_note


def add_note(connection: Connection, made: Consolidation, standing: UUID) -> None:
    """Note what ``made`` changes with the edition that stands, once; nothing where nothing moved."""
    log = made.changes
    if log is None or not (log.figures or log.causes or log.states or log.standings):
        return
    note = Note(made.period, made.edition, made.data_as_of or made.as_of, log.figures, log.causes)
    mine = edition_note.c.edition_id == standing
    seq = connection.scalar(select(func.coalesce(func.max(edition_note.c.seq), 0) + 1).where(mine))
    row = {"edition_id": standing, "seq": seq, "inputs": inputs_of(made), "as_of": note.as_of, "note": freeze(note)}
    new = insert(edition_note).values(row)
    connection.execute(new.on_conflict_do_nothing(index_elements=["edition_id", "inputs"]))


def notes_of(connection: Connection, identity: UUID) -> tuple[Note, ...]:
    """Corrections noted with an edition, the earliest first."""
    query = select(edition_note.c.note).where(edition_note.c.edition_id == identity)
    return tuple(thaw(Note, data) for data in connection.scalars(query.order_by(edition_note.c.seq)))


def notes_before(connection: Connection, authority: str, period_code: str) -> tuple[Note, ...]:
    """Corrections noted with the newest edition of another period: the next report tells them."""
    found = latest(connection, authority, period_code)
    return notes_of(connection, found.edition_id) if found else ()
