"""One row per unit, one column per code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc.catalogue.indicators import Indicator, by_code
from cchc.model.consolidation import UnitStatus
from cchc.model.target import TargetState
from cchc.report import numerals
from cchc.report.book import Book, heading, put, row_height, set_widths, text_lines, title_block
from cchc.report.facts import Facts, state_key
from cchc.report.figures import Grid, GridColumn, Recipes, Register, by_code_recipe, unit_value
from cchc.report.texts import columns, label

_FIGURE_WIDTH = 13
_SCALE = 58
_PAGE_WIDTH = 240
"""Characters across a landscape page at that scale, by the program that needs most room for one."""
_ROW = 15
_STATE = 4
"""Column that says what became of the obligation."""
_STATES = (("missing", "bad"), ("rejected", "bad"), ("unreadable", "bad"), ("late", "fair"))
_FAILED = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
"""How a figure fails a threshold of each kind."""
_REPEATED = 3


def write(book: Book, facts: Facts, recipes: Recipes, register: Register) -> None:
    """Write the sheet by unit and note its grid."""
    fixed, codes = columns("units"), [by_code()[total.indicator] for total in facts.c.totals]
    sheet = book.sheet(label("sheet_units"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, fixed)
    sheet.set_column(len(fixed), len(fixed) + len(codes) - 1, _FIGURE_WIDTH)
    titles = [f"{label('title_units')}, {facts.period.label.upper()}", *facts.subtitles(), label("units_colours")]
    # Not over the columns that every page repeats: a title cut in half would stand on all of them.
    row = title_block(book, sheet, titles, 12, facts.authority.body, _REPEATED)
    row = _headings(book, sheet, row, codes)
    sheet.freeze_panes(row, 3)
    sheet.repeat_rows(row - 2, row - 1)
    sheet.repeat_columns(0, _REPEATED - 1)
    _page_breaks(sheet, codes)
    grid = Grid(sheet.get_name())
    grid.columns = {xl_col_to_name(len(fixed) + n): GridColumn(item.code) for n, item in enumerate(codes)}
    register.grids.append(grid)
    _highlight(book, sheet, facts, row, [item.code for item in codes])
    made = [(number, by_code_recipe(item.code), item.uom) for number, item in enumerate(codes, start=len(fixed))]
    for place, unit in enumerate(facts.c.statuses):
        grid.rows[unit.unit] = row + place + 1
        _line(book, sheet, row + place, unit, place + 1)
        given = recipes.given.get(unit.unit, {})
        for number, recipe, uom in made:
            put(book, sheet, row + place, number, unit_value(recipe, given), "figure", uom)


def _highlight(book: Book, sheet: Worksheet, facts: Facts, row: int, codes: Sequence[str]) -> None:
    """Colours that follow the cells: who is missing or late, which figure fails a threshold that binds its unit."""
    fixed, last = len(columns("units")), row + len(facts.c.statuses) - 1
    for word, accent in _STATES:
        formula = f'=${xl_col_to_name(_STATE)}{row + 1}="{label(f"state_{word}")}"'
        rule = {"type": "formula", "criteria": formula, "format": book.accent(accent)}
        sheet.conditional_format(row, 0, last, _STATE, rule)
    places = {unit.unit: row + number for number, unit in enumerate(facts.c.statuses)}
    for result in facts.c.targets:
        held = [unit for unit in result.units if unit.state in (TargetState.MET, TargetState.NOT_MET)]
        if result.target.orientation or not held or result.target.indicator not in codes:
            continue
        column = fixed + codes.index(result.target.indicator)
        for first, end in _runs(sorted(places[unit.body] for unit in held if unit.body in places)):
            cell = f"{xl_col_to_name(column)}{first + 1}"
            failed = _FAILED[result.target.op]
            formula = f"=AND(ISNUMBER({cell}),{cell}{failed}{numerals.plain(result.target.value)})"
            rule = {"type": "formula", "criteria": formula, "format": book.accent("bad")}
            sheet.conditional_format(first, column, end, column, rule)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows together."""
    found: list[tuple[int, int]] = []
    for row in rows:
        first = found.pop()[0] if found and found[-1][1] == row - 1 else row
        found.append((first, row))
    return found


def _headings(book: Book, sheet: Worksheet, row: int, codes: Sequence[Indicator]) -> int:
    """Names above, codes below: the row of codes stands directly over the figures."""
    fixed = columns("units")
    sheet.set_row(row, 118)
    for number, item in enumerate(codes, start=len(fixed)):
        sheet.write_string(row, number, f"{item.name} ({item.uom})", book.style("head"))
    for number in range(len(fixed)):
        sheet.write_blank(row, number, None, book.style("head"))
    after = heading(book, sheet, row + 1, fixed, height=20)
    for number, item in enumerate(codes, start=len(fixed)):
        sheet.write_string(row + 1, number, item.code, book.style("head"))
    return after


def _line(book: Book, sheet: Worksheet, row: int, unit: UnitStatus, number: int) -> None:
    values = (number, unit.unit, unit.name, label(f"kind_{unit.kind}"), label(f"state_{state_key(unit)}"))
    lines = text_lines(unit.name, columns("units")[2].width)
    sheet.set_row(row, _ROW if lines == 1 else row_height(lines))
    for place, (column, value) in enumerate(zip(columns("units"), values, strict=True)):
        put(book, sheet, row, place, value, column.kind)


def strips(areas: Sequence[int]) -> list[int]:
    """How many columns of figures stand on each page, given the area of each column.

    An area begins on its own page and is spread evenly, so that no page is left with a lone column. Pages of the
    first area have less room: the first of them holds all columns that describe the unit, not only the repeated ones.
    """
    fixed = [column.width for column in columns("units")]
    found: list[int] = []
    for _, group in groupby(areas):
        held = fixed[:_REPEATED] if found else fixed
        room = int((_PAGE_WIDTH - sum(width + 1 for width in held)) / (_FIGURE_WIDTH + 1))
        number = len(list(group))
        pages = -(-number // room)
        found += [number // pages + (place < number % pages) for place in range(pages)]
    return found


def _page_breaks(sheet: Worksheet, codes: Sequence[Indicator]) -> None:
    places = accumulate(strips([item.area for item in codes]), initial=len(columns("units")))
    sheet.fit_page = False
    sheet.set_print_scale(_SCALE)
    sheet.set_v_pagebreaks(list(places)[1:-1])
