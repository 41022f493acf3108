"""Key figures over the periods at hand: as reported then, carried to the units of today, and from how many units."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue import lineage, periods
from cchc.catalogue.indicators import by_code
from cchc.model.comparison import Point, Series
from cchc.report import numerals
from cchc.report.book import Book, heading, line_height, put, row_height, set_widths, text_lines, title_block
from cchc.report.comparison import reported_made, restated_made
from cchc.report.facts import Facts, uom_of
from cchc.report.figures import Made, Register
from cchc.report.outline import key_figures, key_name
from cchc.report.texts import Column, columns, label

_FEWEST = 2
"""Periods of a series."""
_LINES = ("as_reported", "restated", "coverage")


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write the sheet, where key figures of two periods at least are known."""
    known = {series.indicator: series for series in facts.c.series}
    found = [known[code] for code in key_figures() if code in known and _told(known[code]) >= _FEWEST]
    if not found:
        return
    layout = _layout(found[0])
    sheet = book.sheet(label("sheet_series"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    last = len(layout) - 1
    titles = [f"{label('title_series')} {facts.period.label.upper()}", *facts.subtitles()]
    row = title_block(book, sheet, titles, last, facts.authority.body)
    for words in _notes(found[0]):
        sheet.set_row(row, row_height(text_lines(words, sum(column.width for column in layout))))
        sheet.merge_range(row, 0, row, last, words, book.style("paragraph"))
        row += 1
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 3)
    row = heading(book, sheet, row, layout)
    for number, series in enumerate(found, start=1):
        row = _block(book, sheet, facts, register, row, layout, number, series)
    sheet.print_area(0, 0, row - 1, last)


def _told(series: Series) -> int:
    return sum(point.as_reported is not None or point.restated is not None for point in series.points)


def _layout(series: Series) -> list[Column]:
    """The fixed columns and one for each period."""
    each = columns("series_period")[0]
    made = [Column(f"p.{p.period}", periods.parse(p.period).label, each.width, each.kind) for p in series.points]
    return [*columns("series"), *made]


def _notes(series: Series) -> list[str]:
    broken = [periods.parse(p.period).label for p in series.points if lineage.broken(p.period)]
    return [label("note_series"), *([label("note_series_broken", periods=", ".join(broken))] if broken else [])]


def _block(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    layout: Sequence[Column],
    number: int,
    series: Series,
) -> int:
    """The lines of one indicator; that of restated figures only where it differs from the reported ones."""
    code = series.indicator
    apart = any(p.restated is not None and p.restated != p.as_reported for p in series.points)
    for line in (key for key in _LINES if key != "restated" or apart):
        first = line == _LINES[0]
        told: dict[str, Any] = {
            "tt": number if first else None,
            "code": code if first else None,
            "name": key_name(code) if first else None,
            "uom": uom_of(code, facts.methods[code]) if first else None,
            "kind": label(f"series_{line}"),
        }
        sheet.set_row(row, line_height(layout, told))
        for place, column in enumerate(layout):
            if column.key in told:
                put(book, sheet, row, place, told[column.key], column.kind)
            else:
                _point(book, sheet, facts, register, row, place, code, series.points[place - len(told)], line)
        row += 1
    return row


def _point(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    place: int,
    code: str,
    point: Point,
    line: str,
) -> None:
    value: Decimal | None = point.as_reported if line != "restated" else point.restated
    if value is None:
        sheet.write_blank(row, place, None, book.style("figure"))
        return
    made, text = _made(facts, code, point, line, value), ""
    if line == "coverage":
        value, text = Decimal(point.reported), f"{numerals.number(Decimal(point.reported))}/{point.expected}"
        put(book, sheet, row, place, text, "center")
    else:
        put(book, sheet, row, place, value, "figure", by_code()[code].uom)
    register.add(sheet.get_name(), row, place, code, f"series_{line}", value, text, made)


def _made(facts: Facts, code: str, point: Point, line: str, value: Decimal) -> Made:
    if line == "restated":
        return restated_made(facts, code, point.period, value)
    if line == "coverage":
        return reported_made(facts, code, point.period, Decimal(point.reported), "coverage")
    return reported_made(facts, code, point.period, value)
