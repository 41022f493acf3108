"""One sheet for each area: the table that is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import HEADINGS, Form, FormRow
from cchc.catalogue.indicators import areas
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit
from cchc.template import entry, formulas, page
from cchc.template.cells import put_figure, put_formula, put_text
from cchc.template.layout import (
    CODE,
    FIGURE,
    FIRST_ROW,
    HEADING_ROW,
    HINT_ROW,
    NAME,
    NOTE,
    NUMBER,
    SUBTITLE_ROW,
    TITLE_ROW,
    UOM,
    Places,
    address,
)
from cchc.template.styles import figure_style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {NUMBER: 5, CODE: 9.5, NAME: 50, UOM: 12, FIGURE: 16, NOTE: 22}
_PART = "– "

Figure = Decimal | int | str


def write(sheet: Worksheet, area: int, unit: Unit, period: Period, form: Form, figures: Mapping[str, Figure]) -> None:
    """Fill one area's sheet; a figure given for a computed row replaces its formula."""
    _heading(sheet, area, unit, period)
    lines, places = form.area_rows(area), address(form)
    for number, line in enumerate(lines, start=1):
        _line(sheet, FIRST_ROW + number - 1, number, line, places, figures.get(line.indicator.code))
    for check in entry.checks(lines):
        sheet.add_data_validation(check)
    page.set_up(sheet, _WIDTHS, repeat=HEADING_ROW)
    sheet.print_area = f"{NUMBER}1:{NOTE}{FIRST_ROW + len(lines) - 1}"
    page.protect(sheet)


def _heading(sheet: Worksheet, area: int, unit: Unit, period: Period) -> None:
    title = text("area_title", number=area, name=areas()[area]["name"]).upper()
    banner = (
        (TITLE_ROW, title, "cchc title"),
        (SUBTITLE_ROW, text("area_subtitle", unit=unit.name, period=period.label), "cchc subtitle"),
        (HINT_ROW, text("area_none"), "cchc hint"),
    )
    for row, words, style in banner:
        put_text(sheet, f"{NUMBER}{row}", words, style)
        page.merge(sheet, f"{NUMBER}{row}:{NOTE}{row}")
        sheet.row_dimensions[row].height = page.height(words, sum(_WIDTHS.values()), 15)
    for column, words in zip(_WIDTHS, HEADINGS, strict=True):
        put_text(sheet, f"{column}{HEADING_ROW}", words, "cchc heading")


def _line(sheet: Worksheet, row: int, number: int, line: FormRow, places: Places, figure: Figure | None) -> None:
    indicator = line.indicator
    put_figure(sheet, f"{NUMBER}{row}", number, "cchc number")
    put_text(sheet, f"{CODE}{row}", indicator.code, "cchc code")
    put_text(sheet, f"{NAME}{row}", indicator.name, "cchc part" if indicator.name.startswith(_PART) else "cchc name")
    put_text(sheet, f"{UOM}{row}", indicator.uom, "cchc number")
    put_text(sheet, f"{NOTE}{row}", "", "cchc note")
    style = figure_style(indicator.kind, line.required)
    formula = formulas.ratio(places, indicator) if indicator.computed and figure is None else ""
    if formula:
        put_formula(sheet, f"{FIGURE}{row}", formula, style)
    else:
        put_figure(sheet, f"{FIGURE}{row}", figure, style)
    sheet.row_dimensions[row].height = max(page.height(indicator.name, _WIDTHS[NAME]), 20)
