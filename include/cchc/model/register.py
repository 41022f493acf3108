"""Registers as they were read: entries with the cells they stand in, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """A value of an entry.

    Attributes:
        value: Typed, as text: a date as ``2023-04-14``, a number as ``12.5``, a choice as its key, else the words.
        cell: A1 address.
        raw: As it stands in the cell.
    """

    value: str
    cell: str
    raw: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a register.

    Attributes:
        register: Id of the register.
        unit: Unit code; the authority's own where the register is not of units.
        sheet: Name of the sheet in the file.
        row: Number of the row in the file.
        cells: By key of the column; what is empty is not there.
    """

    register: str
    unit: str
    sheet: str
    row: int
    cells: Mapping[str, RegisterCell]

    def text(self, key: str) -> str:
        """The words, or the key of a choice; empty where nothing stands."""
        found = self.cells.get(key)
        return found.value if found else ""

    def day(self, key: str) -> date | None:
        """The date, or None."""
        return date.fromisoformat(self.cells[key].value) if key in self.cells else None

    def number(self, key: str) -> Decimal | None:
        """The number, or None."""
        return Decimal(self.cells[key].value) if key in self.cells else None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said of a cell, in Vietnamese; ``severity`` is ``error`` or ``warning``."""

    severity: str
    sheet: str
    cell: str
    found: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """A workbook of registers as read.

    Attributes:
        sha256: Of its bytes.
        authority: Unit code of the consolidating body; empty where it could not be read.
        year: Year of the registers; 0 where it could not be read.
        states: By register: ``kept``, ``none`` or ``not_kept``.
        entries: In order of sheets and rows.
        remarks: What is wrong or doubtful; nothing that stood in the file is dropped without one.
    """

    sha256: str
    authority: str
    year: int
    states: Mapping[str, str]
    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]

    @property
    def errors(self) -> int:
        """How many remarks keep the workbook from being taken over."""
        return sum(remark.severity == "error" for remark in self.remarks)

    @property
    def acceptable(self) -> bool:
        """True where the workbook can be taken over."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """One workbook of registers received.

    Attributes:
        authority: Unit code of the consolidating body.
        year: Year of the registers.
        number: From 1 among those accepted for this authority and year; 0 for one that was refused.
        received_at: When it was received first.
        sha256: Of its bytes, as kept in the raw store.
        file_name: As given.
        states: By register, as in :class:`RegisterReading`.
        entries: As in :class:`RegisterReading`.
        remarks: As in :class:`RegisterReading`.
    """

    authority: str
    year: int
    number: int
    received_at: datetime
    sha256: str
    file_name: str
    states: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def accepted(self) -> bool:
        """True where it was taken over."""
        return self.number > 0

    def of(self, register: str) -> tuple[Entry, ...]:
        """Entries of one register."""
        return tuple(entry for entry in self.entries if entry.register == register)

    def known(self, register: str) -> bool:
        """True where the register is kept, be it that nothing arose: only then does an empty list say something."""
        return self.states.get(register, "not_kept") != "not_kept"
