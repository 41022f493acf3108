"""Figures of the form: exactly one observation for each of its rows, whatever the file looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cchc.catalogue.forms import Form, FormRow
from cchc.catalogue.indicators import Indicator, by_code
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Issue
from cchc.parse import tables, values
from cchc.parse.cellparts import CellParts
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.tables import Line


class Figures:
    """Reads the figures of one file; ``observations`` and ``issues`` hold the result."""

    def __init__(
        self, form: Form, found: Mapping[int, Grid], cell_parts: CellParts, of_other_kinds: frozenset[str]
    ) -> None:
        """Read them at once.

        Args:
            form: What is asked.
            found: Sheet by area.
            cell_parts: For what values do not tell.
            of_other_kinds: Codes that may stand in the file without remark, because its period is not known.
        """
        self.form = form
        self.issues: list[Issue] = []
        self._codes = form.codes
        self._of_other_kinds = of_other_kinds
        self._parts = cell_parts
        self._found = found
        self._sheets_without_table = self._check_sheets()
        lines = self._lines()
        self.observations = [self._observe(row, lines.get(row.indicator.code)) for row in form.rows]

    def _check_sheets(self) -> frozenset[int]:
        """Areas whose sheet or table is missing: their rows are not reported one by one."""
        lost = set()
        for area, name in self.form.sheets.items():
            grid = self._found.get(area)
            if grid is None:
                self.issues.append(Issue(Kind.MISSING_SHEET, expected=name))
                lost.add(area)
                continue
            if grid.hidden:
                self.issues.append(Issue(Kind.HIDDEN_SHEET, sheet=grid.name))
            if tables.heading(grid) is None:
                self.issues.append(Issue(Kind.MISSING_TABLE, sheet=grid.name, expected=name))
                lost.add(area)
        return frozenset(lost)

    def _lines(self) -> dict[str, Line]:
        """The row of each code that the form asks for; rows that it does not ask for become remarks."""
        kept: dict[str, Line] = {}
        for line in self._all_lines():
            if line.code not in self._codes:
                self._stranger(line)
            elif line.code in kept:
                self.issues.append(self._remark(Kind.DUPLICATE_ROW, line, values.read(line.value, "count").raw))
            else:
                kept[line.code] = line
        return kept

    def _all_lines(self) -> Iterator[Line]:
        for grid in self._found.values():
            yield from tables.lines(grid)

    def _stranger(self, line: Line) -> None:
        filled = line.value != ""
        if line.code in by_code():
            if filled and line.code not in self._of_other_kinds:
                raw = values.read(line.value, by_code()[line.code].kind).raw
                self.issues.append(self._remark(Kind.ROW_NOT_ASKED, line, raw))
        elif filled or line.looks_like_code:
            self.issues.append(Issue(Kind.UNKNOWN_CODE, line.grid.name, line.code_cell, "", line.code))

    def _observe(self, row: FormRow, line: Line | None) -> Observation:
        indicator, computed = row.indicator, row.required == "computed"
        if line is None:
            sheet = self._absent(row)
            return Observation(indicator.code, None, ValueState.MISSING, sheet, "", "", "no_cell", computed)
        value = self._value(line, indicator)
        if not computed:
            value = self._explain(line, value)
        return Observation(
            indicator.code, value.value, value.state, line.grid.name, line.cell, value.raw, value.read_as, computed
        )

    def _absent(self, row: FormRow) -> str:
        """Remark on a row that is not there; return the sheet that it belongs on."""
        area = row.indicator.area
        grid = self._found.get(area)
        sheet = grid.name if grid else self.form.sheets[area]
        if row.required != "computed" and area not in self._sheets_without_table:
            self.issues.append(Issue(Kind.MISSING_ROW, sheet, "", row.indicator.code))
        return sheet

    def _value(self, line: Line, indicator: Indicator) -> values.Value:
        value = values.read(line.value, indicator.kind, uom=indicator.uom, code=indicator.code)
        small = indicator.kind == "ratio" and isinstance(line.value, float) and 0 < line.value <= 1
        if small and self._parts.percent_format(line.grid.name, line.cell):
            return values.as_percentage(value)
        return value

    def _explain(self, line: Line, value: values.Value) -> values.Value:
        """Turn what could not be read into remarks; an empty cell may hide a formula or an error."""
        if value.trouble:
            self.issues.append(replace(self._remark(value.trouble, line, value.raw), expected=value.expected))
        elif value.read_as == "empty":
            error = self._parts.error(line.grid.name, line.cell)
            if error:
                self.issues.append(self._remark(Kind.ERROR_VALUE, line, error))
                return replace(value, raw=error, read_as="not_read")
            if self._parts.uncomputed(line.grid.name, line.cell):
                self.issues.append(self._remark(Kind.FORMULA_WITHOUT_VALUE, line, ""))
                return replace(value, read_as="not_read")
        return value

    def _remark(self, kind: Kind, line: Line, found: str) -> Issue:
        return Issue(kind, line.grid.name, line.cell, line.code, found)
