"""Workbooks of registers into the warehouse, each once; a correction is a new version, nothing is edited."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, Engine, func, select, text

from cchc.catalogue import registers
from cchc.model.register import Entry, RegisterReading, RegisterVersion, Remark
from cchc.store.registers import in_force, of_file
from cchc.store.tables import register_entry, register_version

_EXAMPLES = 3
_DAY = "{0.day}/{0.month}/{0.year}"


def store_registers(
    engine: Engine, reading: RegisterReading, received_at: datetime, file_name: str, size: int
) -> tuple[RegisterVersion, bool]:
    """Record a workbook of registers; return its version and whether the same bytes had come before.

    A refused one is recorded with what is wrong with it, without a number and without entries.
    """
    with engine.begin() as connection:
        # Two that come at once must not take the same number.
        connection.execute(text("LOCK TABLE register_version IN SHARE ROW EXCLUSIVE MODE"))
        known = of_file(connection, reading.sha256)
        if known:
            return known, True
        remarks = (*reading.remarks, *_gone(connection, reading, received_at))
        version = uuid5(NAMESPACE_URL, f"cchc:register:{reading.sha256}")
        connection.execute(
            register_version.insert().values(
                version_id=version,
                sha256=reading.sha256,
                file_name=file_name,
                size=size,
                received_at=received_at,
                authority=reading.authority,
                year=reading.year,
                number=_number(connection, reading) if reading.acceptable else 0,
                states=dict(reading.states),
                remarks=[asdict(remark) for remark in remarks],
            )
        )
        rows = [_row(entry, number) for number, entry in enumerate(reading.entries)] if reading.acceptable else []
        if rows:
            connection.execute(register_entry.insert(), [{"version_id": version, **row} for row in rows])
        stored = of_file(connection, reading.sha256)
    assert stored is not None
    return stored, False


def _row(entry: Entry, number: int) -> dict[str, object]:
    return {
        "seq": number,
        "register": entry.register,
        "unit_code": entry.unit,
        "sheet": entry.sheet,
        "row": entry.row,
        "cells": {key: asdict(cell) for key, cell in entry.cells.items()},
    }


def _number(connection: Connection, reading: RegisterReading) -> int:
    mine = (register_version.c.authority == reading.authority, register_version.c.year == reading.year)
    return int(connection.scalar(select(func.coalesce(func.max(register_version.c.number), 0)).where(*mine)) or 0) + 1


def _gone(connection: Connection, reading: RegisterReading, received_at: datetime) -> list[Remark]:
    """Lines of the version before that this one no longer has: told, for a year's register only grows."""
    before = in_force(connection, reading.authority, reading.year, received_at)
    if before is None or not reading.acceptable:
        return []
    here = {_identity(entry) for entry in reading.entries}
    gone = [entry for entry in before.entries if _identity(entry) not in here]
    if not gone:
        return []
    examples = "; ".join(_named(entry) for entry in gone[:_EXAMPLES])
    told = {"number": len(gone), "day": _DAY.format(before.received_at), "examples": examples}
    message, fix = registers.text("rows_gone", **told), registers.text("rows_gone_fix")
    return [Remark("warning", "", "", str(len(gone)), message, fix)]


def _identity(entry: Entry) -> tuple[str, ...]:
    keys = registers.by_id()[entry.register].unique
    return (entry.register, *(entry.unit if key == "unit_code" else entry.text(key) for key in keys))


def _named(entry: Entry) -> str:
    return f"{entry.sheet} {registers.text('row_word')} {entry.row}"
