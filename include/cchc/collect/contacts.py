"""The register of senders: which address may send for which unit."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from cchc.catalogue import units
from cchc.catalogue.mail_texts import text
from cchc.store.tables import contact

_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_UNIT_HEADS = frozenset({"mã đơn vị", "unit", "unit_code"})
_ADDRESS_HEADS = frozenset({"địa chỉ", "địa chỉ thư", "email", "address"})


@dataclass(frozen=True, slots=True)
class Register:
    """What a file of contacts says.

    Attributes:
        addresses: Unit code to its addresses; none means that the unit has none any more.
        faults: What cannot be used, each with its line, in Vietnamese.
    """

    addresses: Mapping[str, tuple[str, ...]]
    faults: tuple[str, ...]


def read_register(data: bytes) -> Register:
    """Read a CSV with the columns ``mã đơn vị`` and ``địa chỉ``; several addresses in one cell, or in several rows."""
    try:
        table = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Register({}, (text("contacts_not_utf8"),))
    first = table.partition("\n")[0]
    reader = csv.reader(io.StringIO(table), delimiter=max(",;\t", key=first.count))
    heads = [cell.strip().lower() for cell in next(reader, [])]
    unit_at = next((n for n, head in enumerate(heads) if head in _UNIT_HEADS), None)
    address_at = next((n for n, head in enumerate(heads) if head in _ADDRESS_HEADS), None)
    if unit_at is None or address_at is None:
        return Register({}, (text("contacts_no_heading"),))
    found: dict[str, tuple[str, ...]] = {}
    faults: list[str] = []
    for row in reader:
        if any(cell.strip() for cell in row):
            cells = [*row, *[""] * len(heads)]
            faulty = _line(found, cells[unit_at].strip(), cells[address_at])
            faults += [text(key, line=reader.line_num, found=what) for key, what in faulty]
    return Register(found, tuple(faults))


def store(connection: Connection, register: Register) -> None:
    """Put the addresses of the register's units in place of those they had; other units keep theirs."""
    connection.execute(contact.delete().where(contact.c.unit_code.in_(list(register.addresses))))
    rows = [{"unit_code": unit, "address": a} for unit, found in register.addresses.items() for a in sorted(set(found))]
    if rows:
        connection.execute(contact.insert(), rows)


def listed(connection: Connection) -> list[dict[str, str]]:
    """The whole register, by unit."""
    query = select(contact.c.unit_code, contact.c.address).order_by(contact.c.unit_code, contact.c.address)
    return [{"unit": row.unit_code, "address": row.address} for row in connection.execute(query)]


def units_of_senders(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Address to the units that it may send for."""
    found: dict[str, tuple[str, ...]] = {}
    for row in listed(connection):
        found[row["address"]] = (*found.get(row["address"], ()), row["unit"])
    return found


def _line(found: dict[str, tuple[str, ...]], unit: str, cell: str) -> list[tuple[str, str]]:
    if unit not in _codes():
        return [("contacts_unknown_unit", unit)]
    given = [part.lower() for part in re.split(r"[\s;,]+", cell.strip()) if part]
    wrong = [part for part in given if not _ADDRESS.fullmatch(part)]
    found[unit] = (*found.get(unit, ()), *(part for part in given if part not in wrong))
    return [("contacts_bad_address", part) for part in wrong]


def _codes() -> frozenset[str]:
    return frozenset(unit.code for unit in units.all_units() if unit.valid_to is None)
