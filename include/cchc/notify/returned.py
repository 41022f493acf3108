"""The workbook that goes back: the sender's own file with every fault marked, and a list of them in front."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from openpyxl.workbook.workbook import Workbook

from cchc.catalogue import periods, units
from cchc.catalogue.forms import HEADINGS, READINGS_SHEET, RETURN_SHEET
from cchc.catalogue.notify_texts import text
from cchc.model.finding import Severity
from cchc.model.submission import Judged, Reading
from cchc.notify import cached, marks, opening, pages
from cchc.notify.entries import Entry, Place, entries
from cchc.notify.opening import SheetValues
from cchc.notify.readings import coercions
from cchc.store.packing import to_bytes

log = logging.getLogger(__name__)
_STAMP = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed mark, no moment
_VISIBLE = "visible"
_UNIT_RULES = frozenset({"c22_amount_converted", "c23_stated_unit_differs", "c24_stated_unit_unknown"})


def returned_workbook(data: bytes, judged: Judged, values: Callable[[], SheetValues] = dict) -> bytes | None:
    """The marked workbook; None where the file could not be read. The same arguments give the same bytes.

    Args:
        data: The file as it was received.
        judged: What was found in it.
        values: Gives what was read, by sheet and address; asked only where the file itself cannot be written back.
    """
    if not judged.reading.readable:
        return None
    ways = list(opening.ways(data, values))
    for way in ways[:-1]:
        try:
            return _made(*way(), judged, strict=True)
        except Exception as trouble:  # a file may hold anything, and the library says so in many ways
            log.info("the file cannot be marked as it is, trying the next way: %r", trouble)
    return _made(*ways[-1](), judged, strict=False)


def _made(book: Workbook, told: cached.Results, judged: Judged, strict: bool) -> bytes:
    """The marked workbook; where ``strict``, only if every cell that a finding names is in it."""
    _without_ours(book)
    hidden = {sheet.title: sheet.sheet_state != _VISIBLE for sheet in book.worksheets}
    listed = entries(judged, hidden)
    if strict and any(entry.place is None and entry.finding.cell for entry in listed):
        raise opening.CannotOpenError("sheets are called otherwise than they were read")
    _mark(book, listed)
    pages.write_list(book.create_sheet(RETURN_SHEET, 0), judged, who(judged.reading), listed)
    read = coercions(judged.reading, hidden)
    if read:
        pages.write_readings(book.create_sheet(READINGS_SHEET, 1), read)
    return _serialised(book, told)


def who(reading: Reading) -> str:
    """Unit and period in words, as far as they are known."""
    period = periods.parse(reading.period) if reading.period else None
    unit = units.find(reading.unit, period.window_to) if period else None
    name = unit.name if unit else reading.unit_name or reading.unit
    return text(
        "list_who",
        unit=name or text("list_unknown_unit"),
        period=period.label if period else text("list_unknown_period"),
    )


def _without_ours(book: Workbook) -> None:
    """A file that goes back a second time gets fresh marks."""
    ours = {RETURN_SHEET.casefold(), READINGS_SHEET.casefold()}
    for sheet in [sheet for sheet in book.worksheets if sheet.title.strip().casefold() in ours]:
        book.remove(sheet)
    marks.take_off(book)


def _mark(book: Workbook, listed: list[Entry]) -> None:
    found = marks.Marks()
    for entry in listed:
        found.add(_with_unit(book, entry))
        # Rows and headings that are gone can only be put back where the sheet lets one type.
        if entry.place and not entry.place.cell and entry.finding.severity == Severity.CRITICAL:
            book[entry.place.sheet].protection.sheet = False
    found.put_on(book)


def _with_unit(book: Workbook, entry: Entry) -> Entry:
    """Where the unit of measure in the row is the matter, its cell is marked as well: it is locked otherwise."""
    if entry.place is None or entry.finding.rule not in _UNIT_RULES:
        return entry
    column = marks.column_headed(book[entry.place.sheet], HEADINGS[3])
    row = entry.place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return replace(entry, related=(*entry.related, Place(entry.place.sheet, f"{column}{row}"))) if column else entry


def _serialised(book: Workbook, told: cached.Results) -> bytes:
    """The bytes; the list is what opens first, and no sheets are grouped, or typing would go into all of them."""
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == RETURN_SHEET
    book.properties.created = _STAMP
    order = [sheet.title for sheet in book.worksheets]
    return to_bytes(book, edit=lambda name, part: cached.put_back(name, part, order, told))
