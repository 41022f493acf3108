"""Issues the form of a unit for a period, empty or filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal

from openpyxl import Workbook

from cchc.catalogue.forms import COVER_SHEET, NARRATIVE_SHEET, SELF_CHECK_SHEET, Form, form
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit
from cchc.store.packing import to_bytes
from cchc.template import area, cover, narrative, page, self_check, styles


def issue(
    unit: Unit,
    period: Period,
    figures: Mapping[str, Decimal | int | str] | None = None,
    narrative: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook as bytes; the same arguments give the same bytes.

    Args:
        unit: Who reports.
        period: On what.
        figures: By code; codes that the form does not carry are left out, computed rows keep their formula unless
            a figure is given for them.
        narrative: Text by section.
    """
    sheet_of = form(unit.form, period.kind)
    book = _empty(sheet_of, period)
    cover.write(book[COVER_SHEET], unit, period, sheet_of)
    page.protect(book[COVER_SHEET])
    for number, name in sheet_of.sheets.items():
        area.write(book[name], number, unit, period, sheet_of, figures or {})
    _narrative(book, narrative or {})
    self_check.write(book[SELF_CHECK_SHEET], sheet_of, period)
    return to_bytes(book)


def _empty(of: Form, period: Period) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in (COVER_SHEET, *of.sheets.values(), NARRATIVE_SHEET, SELF_CHECK_SHEET):
        book.create_sheet(name)
    styles.register(book)
    book.properties.creator, book.properties.title = "CCHC", of.title
    book.properties.created = datetime.combine(period.window_from, time(0))
    # Files without cached results must be computed when they are opened.
    book.calculation.fullCalcOnLoad = True
    return book


def _narrative(book: Workbook, words: Mapping[str, str]) -> None:
    narrative.write(book[NARRATIVE_SHEET], words)
