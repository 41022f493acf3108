"""Editions of consolidated reports: what was made once is kept, anything else is a new edition."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, Row, select, text
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue.periods import ZONE
from cchc.consolidate.changes import figures
from cchc.model.consolidation import Consolidation
from cchc.store.frozen import freeze, thaw
from cchc.store.tables import consolidated, edition, edition_figure, edition_unit

_NOT_INPUTS = {
    *("edition", "as_of", "data_as_of", "counts", "contributions", "earlier"),
    *("changes", "notes", "statuses", "targets", "mould"),
}
"""Fields that are told by others, or that say when was asked and not what was found."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One generation of a consolidated report.

    Attributes:
        edition_id: Identity.
        authority: Unit code of the consolidating body.
        period: Period code.
        number: From 1 for this authority and period.
        as_of: Versions received up to this moment counted.
        status: ``draft``, ``approved``, ``sent`` or ``replaced``.
        reported: Units whose report is in it.
        expected: Units that owed one.
        figures: Figures printed in it.
        files: By kind (``xlsx``, ``docx``, ``pdf``, ``manifest``): ``path`` and ``sha256``.
        inputs: Digest of what it was made from.
        asked_at: The moment that was asked; None of editions made before snapshots were kept.
        previous: Number of the edition that its change log speaks of; None of a first one.
    """

    edition_id: UUID
    authority: str
    period: str
    number: int
    as_of: datetime
    status: str
    reported: int
    expected: int
    figures: int
    files: dict[str, dict[str, str]]
    inputs: str = ""
    asked_at: datetime | None = None
    previous: int | None = None


def inputs_of(c: Consolidation) -> str:
    """Digest of all that the report is made from: versions, states, findings, texts and figures, not the moment asked.

    A file that was sent again without a change is no new input.
    """
    digest = hashlib.sha256()
    for row in (replace(s, versions=s.versions - s.repeats, repeats=0, latest_verdict="") for s in c.statuses):
        digest.update(repr(row).encode())
    for field in fields(c):
        if field.name not in _NOT_INPUTS:
            digest.update(f"{field.name}={getattr(c, field.name)!r}".encode())
    # How everybody stands against a target follows from the versions: the target itself is what may change.
    digest.update(repr([result.target for result in c.targets]).encode())
    digest.update(repr([note for note in c.notes if note.period != c.period]).encode())
    digest.update(c.mould)  # another form is another edition too
    return digest.hexdigest()


def hold(connection: Connection, authority: str, period_code: str) -> None:
    """Let nobody else number editions of this report until the transaction ends."""
    key = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
    connection.execute(key, {"key": f"edition:{authority}:{period_code}"})


def edition_number(connection: Connection, c: Consolidation) -> int:
    """The number of the edition with these inputs, or the next free one."""
    known = same_inputs(connection, c)
    return known.number if known else next_number(connection, c.authority, c.period)


def next_number(connection: Connection, authority: str, period_code: str) -> int:
    """The first number not yet taken."""
    found = latest(connection, authority, period_code)
    return found.number + 1 if found else 1


def same_inputs(connection: Connection, c: Consolidation) -> Edition | None:
    """The newest edition with these inputs."""
    return _first(connection, c.authority, c.period, edition.c.inputs == inputs_of(c))


def latest(connection: Connection, authority: str, period_code: str) -> Edition | None:
    """The newest edition."""
    return _first(connection, authority, period_code)


def numbered(connection: Connection, authority: str, period_code: str, number: int) -> Edition | None:
    """The edition of that number."""
    return _first(connection, authority, period_code, edition.c.number == number)


def snapshot(connection: Connection, identity: UUID) -> Consolidation | None:
    """The consolidation that an edition was written from; None of editions made before snapshots were kept."""
    data = connection.scalar(select(edition.c.snapshot).where(edition.c.edition_id == identity))
    return thaw(Consolidation, data) if data else None


def register_edition(connection: Connection, c: Consolidation, files: dict[str, dict[str, str]], count: int) -> UUID:
    """Record an edition, what it was made from and where its files are. What is recorded stays as it is.

    Raises:
        ValueError: If the number is taken by another edition.
    """
    inputs = inputs_of(c)
    identity = uuid5(NAMESPACE_URL, f"cchc:{c.authority}:{c.period}:{c.edition}:{inputs}")
    row: dict[str, Any] = {
        "edition_id": identity,
        "authority": c.authority,
        "period_code": c.period,
        "number": c.edition,
        "as_of": c.data_as_of or c.as_of,
        "inputs": inputs,
        "reported": c.counts.on_time + c.counts.late,
        "expected": c.counts.expected,
        "figures": count,
        "files": files,
        "asked_at": c.as_of,
        "previous": c.changes.previous if c.changes else None,
        "snapshot": freeze(c),
    }
    connection.execute(insert(edition).values(row))
    connection.execute(insert(edition_figure).values(list(_figure_rows(identity, c))))
    if c.statuses:
        connection.execute(insert(edition_unit).values([_unit_row(identity, s) for s in c.statuses]))
    return identity


def replace_files(connection: Connection, identity: UUID, files: dict[str, dict[str, str]]) -> None:
    """Where the same files lie now."""
    connection.execute(edition.update().where(edition.c.edition_id == identity).values(files=files))


def mark_consolidated(connection: Connection, c: Consolidation, content: str) -> None:
    """Remember from which content a period was last consolidated, so that only a change starts it again."""
    new = insert(consolidated).values(authority=c.authority, period_code=c.period, content=content)
    keys = ["authority", "period_code"]
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_={"content": content}))


def editions(connection: Connection, authority: str, period_code: str | None = None) -> list[Edition]:
    """Editions of an authority, the newest first."""
    query = select(*_COLUMNS).where(edition.c.authority == authority)
    if period_code:
        query = query.where(edition.c.period_code == period_code)
    ordered = query.order_by(edition.c.period_code.desc(), edition.c.number.desc())
    return [_edition(row) for row in connection.execute(ordered)]


_COLUMNS = [column for column in edition.c if column.name != "snapshot"]


def _first(connection: Connection, authority: str, period_code: str, *conditions: Any) -> Edition | None:
    mine = (edition.c.authority == authority, edition.c.period_code == period_code, *conditions)
    query = select(*_COLUMNS).where(*mine).order_by(edition.c.number.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return _edition(row) if row else None


def _figure_rows(identity: UUID, c: Consolidation) -> list[dict[str, Any]]:
    return [
        {
            "edition_id": identity,
            "code": code,
            "scope": scope,
            "value": value,
            "text": words,
            "reported": reported,
            "expected": expected,
        }
        for (code, scope), (value, words, reported, expected) in figures(c).items()
    ]


def _unit_row(identity: UUID, row: Any) -> dict[str, Any]:
    return {"edition_id": identity, "unit_code": row.unit, "state": row.state, "submission_id": row.submission_id}


def _edition(row: Row[Any]) -> Edition:
    return Edition(
        edition_id=row.edition_id,
        authority=row.authority,
        period=row.period_code,
        number=row.number,
        as_of=row.as_of.astimezone(ZONE),
        status=row.status,
        reported=row.reported,
        expected=row.expected,
        figures=row.figures,
        files=row.files,
        inputs=row.inputs,
        asked_at=row.asked_at.astimezone(ZONE) if row.asked_at else None,
        previous=row.previous,
    )
