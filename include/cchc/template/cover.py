"""The cover sheet: who reports on what, and how to fill in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc.catalogue.form_texts import form_code, sender_text, text, window_text
from cchc.catalogue.forms import Form
from cchc.catalogue.periods import Period, under
from cchc.catalogue.units import Unit
from cchc.template import page
from cchc.template.cells import put_text
from cchc.template.layout import COVER_LABEL, COVER_VALUE
from cchc.template.styles import figure_style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"A": 2, COVER_LABEL: 26, COVER_VALUE: 66}
_FIRST_FACT = 5
_GUIDE = tuple(f"guide_{number}" for number in range(1, 8))
_LEGEND = ("must", "should", "computed")


def write(sheet: Worksheet, unit: Unit, period: Period, form: Form) -> None:
    """Fill the cover."""
    _headline(sheet, 2, form.title, "cchc title")
    _headline(sheet, 3, sender_text(form), "cchc subtitle")
    row = _FIRST_FACT
    for key, value, style in _facts(unit, period, form):
        put_text(sheet, f"{COVER_LABEL}{row}", text(key), "cchc label")
        put_text(sheet, f"{COVER_VALUE}{row}", value, style)
        sheet.row_dimensions[row].height = 21
        row += 1
    _legend(sheet, _guide(sheet, row + 1) + 1)
    page.set_up(sheet, _WIDTHS)


def _facts(unit: Unit, period: Period, form: Form) -> list[tuple[str, str, str]]:
    fixed, entry = "cchc value", "cchc entry"
    return [
        ("cover_unit_name", unit.name, fixed),
        ("cover_unit_code", unit.code, fixed),
        ("cover_period_name", period.label[:1].upper() + period.label[1:], fixed),
        ("cover_period_code", period.code, fixed),
        ("cover_window", window_text(period), fixed),
        ("cover_due", text("due", due=under(period, unit.authority).due_text), fixed),
        ("cover_form", form_code(form.id), fixed),
        ("cover_version", form.version, fixed),
        ("cover_author", "", entry),
        ("cover_phone", "", entry),
    ]


def _guide(sheet: Worksheet, row: int) -> int:
    _headline(sheet, row, text("guide_title"), "cchc left title")
    for number, key in enumerate(_GUIDE, start=1):
        _headline(sheet, row + number, f"{number}. {text(key)}", "cchc guide")
    return row + len(_GUIDE) + 1


def _legend(sheet: Worksheet, row: int) -> None:
    for place, required in enumerate(_LEGEND, start=row):
        sheet[f"{COVER_LABEL}{place}"].style = figure_style("count", required)
        put_text(sheet, f"{COVER_VALUE}{place}", text(f"legend_{required}"), "cchc guide")


def _headline(sheet: Worksheet, row: int, words: str, style: str) -> None:
    put_text(sheet, f"{COVER_LABEL}{row}", words, style)
    page.merge(sheet, f"{COVER_LABEL}{row}:{COVER_VALUE}{row}")
    width = _WIDTHS[COVER_LABEL] + _WIDTHS[COVER_VALUE]
    sheet.row_dimensions[row].height = page.height(words, width, 14 if "title" in style else 12)
