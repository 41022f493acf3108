"""Editions of consolidated reports: the same inputs are the same edition, anything else is a new one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue.periods import ZONE
from cchc.model.consolidation import Consolidation
from cchc.store.tables import consolidated, edition


@dataclass(frozen=True, slots=True)
class Edition:
    """One generation of a consolidated report.

    Attributes:
        edition_id: Identity, the same for the same inputs.
        authority: Unit code of the consolidating body.
        period: Period code.
        number: From 1 for this authority and period.
        as_of: Versions received up to this moment counted.
        status: ``draft``, ``approved``, ``sent`` or ``replaced``.
        reported: Units whose report is in it.
        expected: Units that owed one.
        figures: Figures printed in it.
        files: By kind (``xlsx``, ``docx``, ``pdf``, ``manifest``): ``path`` and ``sha256``.
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


def inputs_of(c: Consolidation) -> str:
    """Digest of all that the report is made from: versions, states, findings and figures, not the moment asked.

    A file that was sent again without a change is no new input.
    """
    digest = hashlib.sha256()
    statuses = (replace(s, versions=s.versions - s.repeats, repeats=0, latest_verdict="") for s in c.statuses)
    targets = (result.target for result in c.targets)  # how everybody stands follows from the versions
    for row in (*statuses, *c.totals, *c.findings, *targets, *c.coverage, *_carried(c)):
        digest.update(repr(row).encode())
    digest.update(c.mould)  # another form is another edition too
    return digest.hexdigest()


def _carried(c: Consolidation) -> tuple[object, ...]:
    # Asked for and nothing to carry is another report than not asked for: it has the columns.
    return () if c.carried is None else ("carried", *c.carried)


def edition_number(connection: Connection, c: Consolidation) -> int:
    """The number of the edition with these inputs, or the next free one."""
    mine = (edition.c.authority == c.authority, edition.c.period_code == c.period)
    known = connection.scalar(select(edition.c.number).where(*mine, edition.c.inputs == inputs_of(c)))
    if known:
        return int(known)
    return int(connection.scalar(select(func.coalesce(func.max(edition.c.number), 0)).where(*mine)) or 0) + 1


def register_edition(connection: Connection, c: Consolidation, files: dict[str, dict[str, str]], figures: int) -> UUID:
    """Record an edition and where its files are; the same edition again only updates the place."""
    inputs = inputs_of(c)
    identity = uuid5(NAMESPACE_URL, f"cchc:{c.authority}:{c.period}:{inputs}")
    row: dict[str, Any] = {
        "edition_id": identity,
        "authority": c.authority,
        "period_code": c.period,
        "number": c.edition,
        "as_of": c.data_as_of or c.as_of,
        "inputs": inputs,
        "reported": c.counts.on_time + c.counts.late,
        "expected": c.counts.expected,
        "figures": figures,
        "files": files,
    }
    new = insert(edition).values(row)
    connection.execute(new.on_conflict_do_update(index_elements=["edition_id"], set_={"files": files}))
    return identity


def mark_consolidated(connection: Connection, c: Consolidation, content: str) -> None:
    """Remember from which content a period was last consolidated, so that only a change starts it again."""
    new = insert(consolidated).values(authority=c.authority, period_code=c.period, content=content)
    keys = ["authority", "period_code"]
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_={"content": content}))


def editions(connection: Connection, authority: str, period_code: str | None = None) -> list[Edition]:
    """Editions of an authority, the newest first."""
    query = select(edition).where(edition.c.authority == authority)
    if period_code:
        query = query.where(edition.c.period_code == period_code)
    ordered = query.order_by(edition.c.period_code.desc(), edition.c.number.desc())
    return [_edition(row) for row in connection.execute(ordered).mappings()]


def _edition(row: Any) -> Edition:
    return Edition(
        edition_id=row["edition_id"],
        authority=row["authority"],
        period=row["period_code"],
        number=row["number"],
        as_of=row["as_of"].astimezone(ZONE),
        status=row["status"],
        reported=row["reported"],
        expected=row["expected"],
        figures=row["figures"],
        files=row["files"],
    )
