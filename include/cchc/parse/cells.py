"""Reads one figure cell, with what its value alone does not tell: formulas, errors, formats, that nobody sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cchc.catalogue.indicators import Indicator
from cchc.model.submission import Issue
from cchc.parse import measures, rows, values
from cchc.parse.cellparts import CellParts
from cchc.parse.formulas import CannotError, Sheets, is_external
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.tables import Line
from cchc.parse.values import Value

_TOLERANCE = 1e-9
_QUOTED = 80

Remarks = list[Issue]


@dataclass(frozen=True, slots=True)
class Cells:
    """Figure cells of one file.

    Attributes:
        parts: For what values do not tell.
        sheets: To compute formulas over.
        decimal_point: True where the file writes decimals behind a point, as English does.
    """

    parts: CellParts
    sheets: Sheets
    decimal_point: bool = False

    @classmethod
    def of(cls, grids: Sequence[Grid], parts: CellParts) -> Cells:
        """The cells of a workbook."""
        return cls(parts, Sheets(grids, parts.formula))

    def read(self, line: Line, indicator: Indicator, computed: bool) -> tuple[Value, Remarks]:
        """The figure of a row and what is to be said of its cell; of what the form computes itself nothing is said."""
        value = self._value(line, indicator, line.value)
        if computed:
            return value, []
        remarks: Remarks = []
        sheet, cell, code = line.grid.name, line.cell, indicator.code
        if value.trouble:
            remarks.append(replace(rows.remark(value.trouble, line, code, value.raw), expected=value.expected))
        elif value.read_as == "empty":
            value = self._empty(line, indicator, value, remarks)
        elif self.parts.has_formula(sheet, cell):
            value = self._computed_before(line, code, value, remarks)
        if value.raw and self._unseen(line):
            remarks.append(rows.remark(Kind.HIDDEN_CELL, line, code, value.raw))
        return value, remarks

    def _value(self, line: Line, indicator: Indicator, cell: Any) -> Value:
        stated, above = _units(line, indicator)
        value = values.read(
            cell,
            indicator.kind,
            uom=indicator.uom,
            code=indicator.code,
            stated_unit=stated,
            sheet_unit=above,
        )
        if not isinstance(cell, str):
            percent = isinstance(cell, float) and bool(cell) and self.parts.percent_format(line.grid.name, line.cell)
            return values.as_shown(value, indicator.kind, indicator.uom, percent)
        if value.value is not None and self.parts.mixed(line.grid.name, line.cell):
            return values.unread(value.raw, Kind.DIGITS_SET_APART)
        return values.in_doubt(value, indicator.kind, self.decimal_point)

    def _empty(self, line: Line, indicator: Indicator, value: Value, remarks: Remarks) -> Value:
        """An empty cell may hide an error, or a formula that was never computed."""
        sheet, cell, code = line.grid.name, line.cell, indicator.code
        error = self.parts.error(sheet, cell)
        if error:
            remarks.append(rows.remark(Kind.ERROR_VALUE, line, code, error))
            return replace(value, raw=error, read_as="not_read")
        if not self.parts.uncomputed(sheet, cell):
            return value
        try:
            found = self._value(line, indicator, self.sheets.computed(sheet, cell))
        except CannotError:
            found = value
        if found.value is None or found.trouble:
            remarks.append(rows.remark(Kind.FORMULA_WITHOUT_VALUE, line, code, ""))
            return replace(value, read_as="not_read")
        remarks.append(replace(self._of_formula(Kind.FORMULA_RECOMPUTED, line, code), expected=found.raw))
        return replace(found, read_as="formula_recomputed")

    def _computed_before(self, line: Line, code: str, value: Value, remarks: Remarks) -> Value:
        """A result that the file carries must be the one that its formula gives."""
        sheet, cell = line.grid.name, line.cell
        if is_external(self.parts.formula(sheet, cell) or ""):
            remarks.append(self._of_formula(Kind.FORMULA_EXTERNAL, line, code))
            return value
        try:
            anew = self.sheets.computed(sheet, cell)
        except CannotError:
            return value
        if not isinstance(line.value, int | float) or abs(anew - line.value) <= _TOLERANCE * max(1.0, abs(anew)):
            return value
        remarks.append(
            replace(rows.remark(Kind.FORMULA_STALE, line, code, value.raw), expected=values.read(anew, "amount").raw)
        )
        return replace(value, value=None, state=values.EMPTY.state, read_as="not_read")

    def _of_formula(self, kind: Kind, line: Line, code: str) -> Issue:
        formula = self.parts.formula(line.grid.name, line.cell) or ""
        return rows.remark(kind, line, code, f"={formula[:_QUOTED]}")

    def _unseen(self, line: Line) -> bool:
        hidden = self.parts.hidden(line.grid.name)
        return hidden.hides(line.grid.top + line.row + 1, line.grid.left + line.column + 1)


def _units(line: Line, indicator: Indicator) -> tuple[str, str]:
    """What the row's column of units says, and what is said of money elsewhere: in the name, the heading, above."""
    if indicator.kind != "amount":
        return line.other_text("uom", indicator.uom), line.table.unit
    name = line.other_text("name", indicator.name)
    said = [unit for unit in (*measures.asides(name), *line.heading_asides(), line.table.unit) if unit]
    if not said:
        return line.other_text("uom", indicator.uom), ""
    row = line.text("uom")
    if not row:
        row, said = said[0], said[1:] or [""]
    return row, next((unit for unit in said if measures.dong_in(unit) != measures.dong_in(row)), said[0])
