"""Figures of the form: exactly one observation for each of its rows, whatever the file looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cchc.catalogue.forms import Form, FormRow
from cchc.catalogue.indicators import by_code
from cchc.catalogue.periods import Period
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Explanation, Issue
from cchc.parse import figure_column, numbers, rows, tables, titles, values
from cchc.parse.cells import Cells
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.tables import Line, Table


class Figures:
    """Reads the figures of one file; ``observations``, ``explanations`` and ``issues`` hold the result.

    Attributes:
        titled: Each sheet with the row where its first table begins.
    """

    def __init__(
        self,
        form: Form,
        found: Mapping[int, Grid],
        cells: Cells,
        period: Period | None,
        of_other_kinds: frozenset[str],
    ) -> None:
        """Read them at once.

        Args:
            form: What is asked.
            found: Sheet by area; several areas may stand on one sheet.
            cells: Reads a figure cell.
            period: Of the file, where that is known.
            of_other_kinds: Codes that may stand in the file without remark, because its period is not known.
        """
        self.form = form
        self.issues: list[Issue] = []
        self._of_other_kinds = of_other_kinds
        self._cells = cells
        self._period = period
        self._found = found
        self.titled: list[tuple[Grid, int]] = []
        self._lines: dict[str, Line] = {}
        self._wrong: set[str] = set()
        self._lost = {area for area in form.sheets if area not in found}
        for area, name in form.sheets.items():
            grid = found.get(area)
            if grid is None:
                self.issues.append(Issue(Kind.MISSING_SHEET, expected=name))
            elif area == min(other for other in found if found[other] is grid):
                self._sheet(grid, name)
        self._one_of_other_period()
        self._cells = replace(cells, decimal_point=self._writes_point())
        self.observations = [self._observe(row, self._lines.get(row.indicator.code)) for row in form.rows]
        self.explanations = tuple(self._explanations())

    def _writes_point(self) -> bool:
        """True where the file, or any of its figures, is written in English notation."""
        if any(grid.decimal_point for grid in self._found.values()):
            return True
        texts = ((code, line.value) for code, line in self._lines.items() if isinstance(line.value, str))
        return any(
            numbers.writes_point(text) or by_code()[code].kind == "count" and numbers.has_comma_for_thousands(text)
            for code, text in texts
        )

    def _sheet(self, grid: Grid, expected: str) -> None:
        """Tell the rows of one sheet apart."""
        areas = [area for area, other in self._found.items() if other is grid]
        if grid.hidden:
            self.issues.append(Issue(Kind.HIDDEN_SHEET, sheet=grid.name))
        found = tables.tables(grid)
        if not found:
            # Its rows are not reported one by one.
            self.issues.append(Issue(Kind.MISSING_TABLE, sheet=grid.name, expected=expected))
            self._lost.update(areas)
            return
        self.titled.append((grid, found[0].head.first))
        self._other_period(found[0])
        lines = [line for table, column in self._columns(found) for line in table.lines(column)]
        told = rows.match(lines, self.form, areas, self._of_other_kinds)
        self.issues += told.issues
        for code, line in told.kept.items():
            if code in self._lines:
                self.issues.append(rows.remark(Kind.DUPLICATE_ROW, line, code, rows.shown(line)))
            else:
                self._lines[code] = line
                self._wrong |= {code} & told.wrong

    def _other_period(self, table: Table) -> None:
        if self._period:
            for title in titles.of_another_period(table.grid, self._period, table.head.first):
                wanted = self._period.label
                self.issues.append(Issue(Kind.OTHER_PERIOD, table.grid.name, title.cell, "", title.words, wanted))

    def _one_of_other_period(self) -> None:
        """Where every sheet is of another period, the file is, or its cover errs: that is said once."""
        said = [issue for issue in self.issues if issue.kind == Kind.OTHER_PERIOD]
        if len({issue.sheet for issue in said}) == len(self._found):
            self.issues = [issue for issue in self.issues if issue not in said[1:]]

    def _columns(self, found: tuple[Table, ...]) -> list[tuple[Table, int]]:
        """Each table with the column of its figures; one remark for the sheet where that is not clear."""
        chosen = [(table, figure_column.column_of(table, self._period)) for table in found]
        unclear = next((table for table, column in chosen if column is None), None)
        if unclear is None:
            return [(table, column) for table, column in chosen if column is not None]
        cell = unclear.head.cell(unclear.grid, unclear.head.figures[0].column)
        self.issues.append(
            Issue(Kind.FIGURE_COLUMN, unclear.grid.name, cell, "", figure_column.described(unclear), self._asked())
        )
        return [(table, tables.NOWHERE) for table in found]

    def _asked(self) -> str:
        return self._period.label if self._period else ""

    def _observe(self, row: FormRow, line: Line | None) -> Observation:
        indicator, computed = row.indicator, row.required == "computed"
        if line is None:
            sheet = self._absent(row)
            return Observation(indicator.code, None, ValueState.MISSING, sheet, "", "", "no_cell", computed)
        if line.column < 0 or indicator.code in self._wrong:
            value = values.Value(None, ValueState.MISSING, "", "not_read")
        else:
            value, remarks = self._cells.read(line, indicator, computed)
            self.issues += remarks
        return Observation(
            indicator.code, value.value, value.state, line.grid.name, line.cell, value.raw, value.read_as, computed
        )

    def _absent(self, row: FormRow) -> str:
        """Remark on a row that is not there; return the sheet that it belongs on."""
        area = row.indicator.area
        grid = self._found.get(area)
        sheet = grid.name if grid else self.form.sheets[area]
        if row.required != "computed" and area not in self._lost:
            self.issues.append(Issue(Kind.MISSING_ROW, sheet, "", row.indicator.code))
        return sheet

    def _explanations(self) -> list[Explanation]:
        """What the senders wrote beside their figures."""
        noted = ((code, line, line.text("note")) for code, line in self._lines.items())
        return [Explanation(words, code, "", line.grid.name, line.cell) for code, line, words in noted if words]
