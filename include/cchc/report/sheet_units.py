"""One row per unit, one column per code."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc.catalogue.indicators import Indicator, by_code
from cchc.model.consolidation import UnitStatus
from cchc.report.book import Book, heading, put, set_widths, title_block
from cchc.report.facts import Facts, state_key
from cchc.report.figures import Recipes, Register
from cchc.report.texts import columns, label

_FIGURE_WIDTH = 13


def write(book: Book, facts: Facts, recipes: Recipes, register: Register) -> None:
    """Write the sheet by unit and note its grid."""
    fixed, codes = columns("units"), [by_code()[total.indicator] for total in facts.c.totals]
    sheet = book.sheet(label("sheet_units"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, fixed)
    sheet.set_column(len(fixed), len(fixed) + len(codes) - 1, _FIGURE_WIDTH)
    titles = [f"{label('title_units')}, {facts.period.label.upper()}", *facts.subtitles()]
    row = title_block(book, sheet, titles, 12, facts.authority.body)
    row = _headings(book, sheet, row, codes)
    sheet.freeze_panes(row, 3)
    sheet.repeat_rows(row - 2, row - 1)
    sheet.repeat_columns(0, 2)
    _page_breaks(sheet, codes)
    register.grid_sheet = sheet.get_name()
    register.grid_columns = {xl_col_to_name(len(fixed) + n): item.code for n, item in enumerate(codes)}
    for place, unit in enumerate(facts.c.statuses):
        register.grid_rows[unit.unit] = row + place + 1
        _line(book, sheet, row + place, unit, place + 1)
        for number, item in enumerate(codes, start=len(fixed)):
            put(book, sheet, row + place, number, recipes.unit_value(unit.unit, item.code), "figure")


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
    sheet.set_row(row, 18)
    for place, (column, value) in enumerate(zip(columns("units"), values, strict=True)):
        put(book, sheet, row, place, value, column.kind)


def _page_breaks(sheet: Worksheet, codes: Sequence[Indicator]) -> None:
    """Pages are as wide as twelve figures; an area begins on its own page."""
    fixed, breaks, filled = len(columns("units")), [], 0
    for number, item in enumerate(codes):
        if number and (filled == 12 or item.area != codes[number - 1].area):
            breaks.append(fixed + number)
            filled = 0
        filled += 1
    sheet.fit_page = False
    sheet.set_print_scale(58)
    sheet.set_v_pagebreaks(breaks)
