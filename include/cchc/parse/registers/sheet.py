"""One sheet of a workbook of registers: its state, its columns by heading, its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cchc.catalogue import registers
from cchc.catalogue.registers import KEPT, NONE, NOT_KEPT, Column, Register
from cchc.catalogue.units import Unit
from cchc.model.register import Entry, RegisterCell, Remark
from cchc.parse.cellparts import CellParts
from cchc.parse.grid import Grid
from cchc.parse.registers.remarks import error, warning
from cchc.parse.registers.typed import UnreadError, choice, raw, typed
from cchc.parse.words import fold, plain

_HEAD_ROWS = 12
"""The heading row stands within so many rows."""
_ASIDE = frozenset({"unit_code", "unit_name"})


@dataclass
class SheetReader:
    """Reads one register.

    Attributes:
        register: What the sheet should be.
        grid: The sheet.
        parts: For what values do not tell: formulas, errors, hidden rows.
        units: The authority's units of the year, by code.
        authority: Whose registers these are.
        year: Of the registers.
        remarks: Filled while reading.
    """

    register: Register
    grid: Grid
    parts: CellParts
    units: Mapping[str, Unit]
    authority: str
    year: int
    remarks: list[Remark] = field(default_factory=list)

    def read(self) -> tuple[str, tuple[Entry, ...]]:
        """The register's state and its entries."""
        head = self._head()
        columns = self._columns(head) if head is not None else {}
        if head is None:
            for column in (column for column in self.register.columns if column.required):
                self._error("missing_column", "", column.heading)
        entries = [] if head is None else [e for row in self._rows(head, columns) if (e := self._entry(row, columns))]
        return self._state(head, entries), tuple(entries)

    def _head(self) -> int | None:
        wanted = {fold(column.heading) for column in self.register.columns if column.required}
        for number, line in enumerate(self.grid.rows[:_HEAD_ROWS]):
            if wanted <= {fold(str(cell)) for cell in line if isinstance(cell, str)}:
                return number
        return None

    def _columns(self, head: int) -> dict[int, Column]:
        known = {fold(column.heading): column for column in self.register.columns}
        found: dict[int, Column] = {}
        for place, cell in enumerate(self.grid.rows[head]):
            name = fold(str(cell))
            if name in known and known[name] not in found.values():
                found[place] = known[name]
            elif name != fold(registers.text("heading_tt")) and self._holds(head, place):
                self.remarks.append(warning("unknown_column", self.grid.name, self.grid.cell(head, place), str(cell)))
        for column in self.register.columns:
            if column not in found.values() and column.key not in ("note", "unit_name"):
                self._error("missing_column", self.grid.cell(head, 0), column.heading)
        return found

    def _holds(self, head: int, place: int) -> bool:
        return any(str(self.grid.value(row, place)).strip() for row in range(head, len(self.grid.rows)))

    def _rows(self, head: int, columns: Mapping[int, Column]) -> Iterator[int]:
        """Rows that say something beside what an issued workbook had filled in."""
        aside = _ASIDE | {"area"} & set(self.register.prefill)
        telling = [place for place, column in columns.items() if column.key not in aside]
        if not self.register.prefill:
            telling = list(columns)
        for row in range(head + 1, len(self.grid.rows)):
            if any(self._filled(row, place) for place in telling):
                yield row

    def _filled(self, row: int, place: int) -> bool:
        cell = self.grid.value(row, place)
        if not isinstance(cell, str) or plain(cell):
            return True
        where = self.grid.cell(row, place)
        return bool(self.parts.error(self.grid.name, where)) or self.parts.uncomputed(self.grid.name, where)

    def _entry(self, row: int, columns: Mapping[int, Column]) -> Entry | None:
        cells: dict[str, RegisterCell] = {}
        before = len(self.remarks)
        for place, column in columns.items():
            found = self._cell(row, place, column)
            if found:
                cells[column.key] = found
            elif column.required and column.kind != "unit" and not self._filled(row, place):
                self._error("missing_value", self.grid.cell(row, place), "", column=column.heading)
        unit = self._unit(row, columns, cells) if self.register.of_units else self.authority
        number = self.grid.top + row + 1
        if self.parts.hidden(self.grid.name).hides(number, 1):
            self.remarks.append(warning("hidden_row", self.grid.name, self.grid.cell(row, 0)))
        if any(remark.severity == "error" for remark in self.remarks[before:]):
            return None
        return Entry(self.register.id, unit, self.grid.name, number, cells)

    def _cell(self, row: int, place: int, column: Column) -> RegisterCell | None:
        where, cell = self.grid.cell(row, place), self.grid.value(row, place)
        name = self.grid.name
        if trouble := self.parts.error(name, where):
            self._error("error_value", where, trouble)
            return None
        if cell == "" and self.parts.uncomputed(name, where):
            self._error("formula_without_value", where, "")
            return None
        if isinstance(cell, str) and not plain(cell):
            return None
        if self.parts.has_formula(name, where):
            self.remarks.append(warning("formula_value", name, where, raw(cell)))
        return self._typed(where, cell, column)

    def _typed(self, where: str, cell: Any, column: Column) -> RegisterCell | None:
        try:
            return RegisterCell(typed(cell, column), where, raw(cell))
        except UnreadError as trouble:
            self._error(trouble.key, where, raw(cell), known=trouble.known)
            return None

    def _unit(self, row: int, columns: Mapping[int, Column], cells: Mapping[str, RegisterCell]) -> str:
        """The unit by code, by name where there is no code; the two must agree."""
        code, name = cells.get("unit_code"), cells.get("unit_name")
        place = next((place for place, column in columns.items() if column.key == "unit_code"), 0)
        where = self.grid.cell(row, place)
        if code is None and name is None:
            heading = self.register.column("unit_code").heading
            self._error("missing_value", where, "", column=heading)
            return ""
        if code is None:
            named = [unit.code for unit in self.units.values() if name and fold(unit.name) == fold(name.value)]
            if len(named) != 1:
                self._error("unknown_unit", name.cell if name else where, name.raw if name else "", year=self.year)
            return named[0] if len(named) == 1 else ""
        unit = self.units.get(code.value)
        if unit is None:
            self._error("unknown_unit", code.cell, code.raw, year=self.year)
            return ""
        if name and fold(name.value) != fold(unit.name):
            self._error("unit_mismatch", name.cell, name.raw, code=code.value, expected=unit.name)
        return unit.code

    def _state(self, head: int | None, entries: list[Entry]) -> str:
        said, where, words = self._said(head)
        name, found = self.grid.name, len(entries)
        refused = any(remark.severity == "error" for remark in self.remarks)
        if found and said in (NONE, NOT_KEPT):
            self._error("state_contradicts", where, words, number=found)
        elif said == KEPT and not found and not refused:
            self._error("state_without_rows", where, words)
        elif not found and not said and not refused:
            self.remarks.append(warning("empty_register", name, where))
        return KEPT if found else said or NOT_KEPT

    def _said(self, head: int | None) -> tuple[str, str, str]:
        """What the sheet says of itself, where, and in which words."""
        label = fold(registers.text("state_label"))
        for row, line in enumerate(self.grid.rows[: head or _HEAD_ROWS]):
            places = [place for place, cell in enumerate(line) if fold(str(cell)).rstrip(": ") == label]
            if places:
                after = next((p for p in range(places[0] + 1, len(line)) if plain(line[p])), None)
                if after is None:
                    return "", self.grid.cell(row, places[0]), ""
                where, words = self.grid.cell(row, after), plain(line[after])
                try:
                    return choice(words, "state"), where, words
                except UnreadError:
                    self._error("bad_state", where, words)
                    return "", where, words
        return "", "", ""

    def _error(self, key: str, where: str, found: str, **facts: object) -> None:
        self.remarks.append(error(key, self.grid.name, where, found, **facts))
