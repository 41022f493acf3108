"""Registers in the warehouse: the version that counts at a moment, read by whoever needs it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from cchc.model.register import Entry, RegisterCell, RegisterVersion, Remark
from cchc.settings import TIME_ZONE
from cchc.store.tables import register_entry, register_version

_ZONE = ZoneInfo(TIME_ZONE)


def in_force(connection: Connection, authority: str, year: int, as_of: datetime) -> RegisterVersion | None:
    """The latest accepted workbook of registers received up to ``as_of``, or None."""
    found = register_version
    query = select(found).where(
        found.c.authority == authority, found.c.year == year, found.c.number > 0, found.c.received_at <= as_of
    )
    row = connection.execute(query.order_by(found.c.received_at.desc(), found.c.number.desc()).limit(1)).one_or_none()
    return version_of(connection, row) if row else None


def of_file(connection: Connection, sha256: str) -> RegisterVersion | None:
    """The version that those bytes are, accepted or refused; None where they never came."""
    row = connection.execute(select(register_version).where(register_version.c.sha256 == sha256)).one_or_none()
    return version_of(connection, row) if row else None


def version_of(connection: Connection, row: Row[Any]) -> RegisterVersion:
    """A version with its entries."""
    query = select(register_entry).where(register_entry.c.version_id == row.version_id)
    entries = connection.execute(query.order_by(register_entry.c.seq))
    return RegisterVersion(
        authority=row.authority,
        year=row.year,
        number=row.number,
        received_at=row.received_at.astimezone(_ZONE),
        sha256=row.sha256,
        file_name=row.file_name,
        states=row.states,
        entries=tuple(_entry(entry) for entry in entries),
        remarks=tuple(Remark(**remark) for remark in row.remarks),
    )


def _entry(row: Row[Any]) -> Entry:
    cells = {key: RegisterCell(**cell) for key, cell in row.cells.items()}
    return Entry(row.register, row.unit_code, row.sheet, row.row, cells)
