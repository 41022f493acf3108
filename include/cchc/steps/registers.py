"""Workbooks of registers: issued, taken over, shown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc import settings as environment
from cchc.steps.base import engine, now

if TYPE_CHECKING:
    from cchc.model.register import Entry, RegisterVersion


def register_template(authority: str, year: int, out: Path) -> None:
    """Write an empty workbook of registers."""
    from cchc.catalogue import regimes
    from cchc.template import issue_registers

    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(issue_registers(authority, regimes.authority(authority).body, year))


def import_registers(file: Path, received_at: datetime | None = None) -> dict[str, Any]:
    """Take over a workbook of registers; the file as it came goes to the raw store, whatever it holds.

    Raises:
        OSError: If the file cannot be opened.
    """
    from cchc import load, parse
    from cchc.store.raw import raw_store

    data = file.read_bytes()
    reading = parse.read_registers(data)
    raw_store(environment.load()).put(data)
    version, before = load.store_registers(engine(), reading, received_at or now(), file.name, len(data))
    return {**_document(version), "already_imported": before}


def show_registers(authority: str, year: int, as_of: datetime | None = None) -> dict[str, Any]:
    """The registers of a year as they stand at a moment; ``number`` is 0 where none came yet."""
    from cchc.catalogue.registers import registers
    from cchc.store.registers import in_force

    with engine().connect() as connection:
        version = in_force(connection, authority, year, as_of or now())
    if version is None:
        return {"authority": authority, "year": year, "number": 0, "registers": []}
    found = [
        {
            "register": register.id,
            "sheet": register.sheet,
            "state": version.states.get(register.id, "not_kept"),
            "source": register.source,
            "entries": [_entry(entry) for entry in version.of(register.id)],
        }
        for register in registers()
    ]
    return {**_document(version), "registers": found}


def _document(version: RegisterVersion) -> dict[str, Any]:
    from dataclasses import asdict

    remarks = [asdict(remark) for remark in version.remarks]
    return {
        "authority": version.authority,
        "year": version.year,
        "number": version.number,
        "verdict": ("accepted_with_warnings" if remarks else "accepted") if version.accepted else "rejected",
        "received_at": version.received_at.isoformat(),
        "file_name": version.file_name,
        "sha256": version.sha256,
        "entries": len(version.entries),
        "states": dict(version.states),
        "findings": remarks,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    from dataclasses import asdict

    cells = {key: asdict(cell) for key, cell in entry.cells.items()}
    return {"unit": entry.unit, "sheet": entry.sheet, "row": entry.row, "cells": cells}
