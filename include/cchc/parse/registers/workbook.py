"""From the bytes of a workbook of registers to a reading; never an exception for what a file may hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from cchc.catalogue import regimes, registers
from cchc.catalogue.registers import NOT_KEPT, Register, text
from cchc.model.register import Entry, RegisterReading, Remark
from cchc.parse import legacy
from cchc.parse.archive import RefusedError
from cchc.parse.cellparts import CellParts
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.registers.checks import of_entries
from cchc.parse.registers.remarks import error, warning
from cchc.parse.registers.sheet import SheetReader
from cchc.parse.words import fold, plain
from cchc.parse.workbook import Workbook, open_workbook

_REFUSED = {Kind.ENCRYPTED: "encrypted", Kind.TOO_LARGE: "too_large", Kind.ZIP_BOMB: "too_large"}
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


def read_registers(data: bytes) -> RegisterReading:
    """Everything that a workbook of registers says.

    Args:
        data: The file; formulas in it are never executed.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        book = open_workbook(data)
    except RefusedError as refusal:
        return RegisterReading(sha256, "", 0, {}, (), (error(_REFUSED.get(refusal.kind, "unreadable")),))
    parts = CellParts(book.parts, book.notes)
    sheets, _ = legacy.restored(book.sheets, parts)
    cover = _of_name(sheets, text("cover_sheet"))
    if cover is None:
        remark = error("not_register", text("cover_sheet"))
        return RegisterReading(sha256, "", 0, {}, (), (remark,))
    authority, year, remarks = _whose(cover)
    if remarks:
        return RegisterReading(sha256, authority, year, {}, (), tuple(remarks))
    return _read(sha256, book, sheets, parts, authority, year)


def _read(
    sha256: str, book: Workbook, sheets: Sequence[Grid], parts: CellParts, authority: str, year: int
) -> RegisterReading:
    units = {unit.code: unit for unit in registers.units_in_year(authority, year)}
    states: dict[str, str] = {}
    entries: list[Entry] = []
    remarks = list(_strangers(sheets))
    for register in registers.registers():
        grid = _of_name(sheets, register.sheet)
        if grid is None:
            states[register.id] = NOT_KEPT
            remarks.append(warning("missing_sheet", register.sheet))
            continue
        reader = SheetReader(register, grid, parts, units, authority, year)
        states[register.id], found = reader.read()
        remarks += [*reader.remarks, *of_entries(register, found, year)]
        entries += found
    return RegisterReading(sha256, authority, year, states, tuple(entries), tuple(remarks))


def _of_name(sheets: Sequence[Grid], name: str) -> Grid | None:
    return next((grid for grid in sheets if fold(grid.label) == fold(name)), None)


def _strangers(sheets: Sequence[Grid]) -> list[Remark]:
    """Sheets that are none of ours and hold something: told, for nothing of them is read."""
    ours = {fold(name) for name in (text("cover_sheet"), text("lists_sheet"), *_names(registers.registers()))}
    held = [grid for grid in sheets if fold(grid.label) not in ours and any(map(any, grid.rows))]
    return [warning("unknown_sheet", grid.name) for grid in held]


def _names(known: Sequence[Register]) -> list[str]:
    return [register.sheet for register in known]


def _whose(cover: Grid) -> tuple[str, int, list[Remark]]:
    """Authority and year that the cover names."""
    facts = _facts(cover)
    authority, where = facts.get(fold(text("cover_authority")), ("", ""))
    written, at = facts.get(fold(text("cover_year")), ("", ""))
    remarks = []
    if not _known(authority):
        remarks.append(error("unknown_authority", cover.name, where, authority))
    named, there = facts.get(fold(text("cover_authority_name")), ("", ""))
    if _known(authority) and authority not in _called(named, authority):
        remarks.append(error("authority_differs", cover.name, there, named, code=authority))
    year = int(written) if written.isdecimal() and _FIRST_YEAR <= int(written) <= _LAST_YEAR else 0
    if not year:
        remarks.append(error("bad_year", cover.name, at, written))
    return authority, year, remarks


def _called(name: str, code: str) -> set[str]:
    """Authorities of that name; where no other has it, it is taken for the code's own in other words."""
    return {known.code for known in regimes.authorities().values() if fold(known.body) == fold(name)} or {code}


def _known(authority: str) -> bool:
    return authority in regimes.authorities()


def _facts(cover: Grid) -> Mapping[str, tuple[str, str]]:
    """Label to value and address, for labels with a value to their right."""
    found: dict[str, tuple[str, str]] = {}
    for row, line in enumerate(cover.rows):
        filled = [(place, plain(cell)) for place, cell in enumerate(line) if plain(cell)]
        for (_, label), (place, value) in zip(filled, filled[1:], strict=False):
            found.setdefault(fold(label).rstrip(": "), (value, cover.cell(row, place)))
    return found
