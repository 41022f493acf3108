"""Comparison over time: each figure beside earlier ones, like for like by unit, and key figures as a series."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue.indicators import by_code
from cchc.model.comparison import Comparison, Side
from cchc.report import numerals, sheet_alike, sheet_series
from cchc.report.book import Book, heading, line_height, put, row_height, set_widths, text_lines, title_block
from cchc.report.comparison import (
    PREVIOUS,
    SAME,
    YEAR,
    base_name,
    change_made,
    coverage_made,
    reasons,
    remarks,
    side_made,
)
from cchc.report.facts import PERCENT, Facts, uom_of
from cchc.report.figures import Register
from cchc.report.texts import Column, columns, label

_SIDES = (PREVIOUS, SAME)


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write the sheets; none where nothing was ever reported before."""
    known = {one.against for one in facts.c.comparisons}
    bases = [against for against in _SIDES if against in known]
    if bases:
        _sheet(book, facts, register, "comparison", bases)
    if any(one.now.value is not None for one in facts.c.comparisons if one.against == YEAR):
        _sheet(book, facts, register, "year", [YEAR])
    sheet_alike.write(book, facts, register)
    sheet_series.write(book, facts, register)


def _sheet(book: Book, facts: Facts, register: Register, which: str, bases: Sequence[str]) -> None:
    layout = [c for c in columns(f"compared_{which}") if _base_of(c.key) in (*bases, "")]
    sheet = book.sheet(label(f"sheet_{which}"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    last = len(layout) - 1
    titles = [f"{label(f'title_{which}')} {facts.period.label.upper()}", *facts.subtitles()]
    row = title_block(book, sheet, titles, last, facts.authority.body)
    row = _explained(book, sheet, row, layout, label(f"note_{which}"))
    _group_heads(book, sheet, row, layout, facts)
    sheet.repeat_rows(row, row + 1)
    sheet.freeze_panes(row + 2, 3)
    row = heading(book, sheet, row + 1, layout)
    for number, total in enumerate(facts.c.totals, start=1):
        found = {against: facts.compared[total.indicator, against] for against in bases}
        _line(book, sheet, facts, register, row, layout, total.indicator, number, found)
        row += 1
    sheet.print_area(0, 0, row - 1, last)


def _explained(book: Book, sheet: Worksheet, row: int, layout: Sequence[Column], words: str) -> int:
    sheet.set_row(row, row_height(text_lines(words, sum(column.width for column in layout))))
    sheet.merge_range(row, 0, row, len(layout) - 1, words, book.style("paragraph"))
    return row + 1


def _group_heads(book: Book, sheet: Worksheet, row: int, layout: Sequence[Column], facts: Facts) -> None:
    """The period over its columns; the rest of the line stays blank."""
    sheet.set_row(row, row_height(1))
    place = 0
    for against, group in groupby(layout, key=lambda column: _base_of(column.key)):
        width = len(list(group))
        if against:
            words = label(f"compared_{against}", period=base_name(facts, against))
            sheet.merge_range(row, place, row, place + width - 1, words, book.style("head"))
        place += width


def _base_of(key: str) -> str:
    """Which comparison a column speaks of: ``same_period.change`` of ``same_period``."""
    return key.partition(".")[0] if "." in key else ""


def _line(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    layout: Sequence[Column],
    code: str,
    number: int,
    found: dict[str, Comparison],
) -> None:
    """One indicator; a change is printed only where the two figures may be set against each other."""
    indicator, now = by_code()[code], next(iter(found.values())).now
    told: dict[str, Any] = {
        "tt": number,
        "code": code,
        "name": indicator.name,
        "uom": uom_of(code, facts.methods[code]),
        "note": _note(facts, found),
    }
    sheet.set_row(row, line_height(layout, told))
    for place, column in enumerate(layout):
        against, _, what = column.key.rpartition(".")
        if column.key in told:
            put(book, sheet, row, place, told[column.key], column.kind)
        elif what in ("change", "relative"):
            _change(book, sheet, facts, register, row, place, found[against], what)
        else:
            side = found[against].before if against else now
            scope = against or ("ytd" if YEAR in found else "")
            _side(book, sheet, facts, register, row, place, code, side, what, scope)


def _side(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    place: int,
    code: str,
    side: Side,
    what: str,
    scope: str,
) -> None:
    """A figure of one side, or how many units are in it."""
    name = sheet.get_name()
    if what == "value":
        put(book, sheet, row, place, side.value, "figure", by_code()[code].uom)
        if side.value is not None:
            made = side_made(facts, code, side)
            register.add(name, row, place, code, scope if made else "total", side.value, "", made)
        return
    told = f"{numerals.number(Decimal(side.reported))}/{numerals.number(Decimal(side.expected))}"
    put(book, sheet, row, place, told if side.value is not None else None, "center")
    if side.value is not None:
        made = coverage_made(facts, code, side) if side.pieces else None
        register.add(
            name, row, place, code, f"{scope}_coverage" if made else "coverage", Decimal(side.reported), told, made
        )


def _change(
    book: Book, sheet: Worksheet, facts: Facts, register: Register, row: int, place: int, one: Comparison, what: str
) -> None:
    value = getattr(one, what) if one.comparable else None
    if value is None:
        sheet.write_blank(row, place, None, book.style("figure"))
        return
    percent = what == "relative" or by_code()[one.indicator].uom == PERCENT
    sheet.write_number(row, place, float(value), book.style("figure", numerals.signed_format(value, percent=percent)))
    made = change_made(facts, one, f"{what}_of")
    register.add(sheet.get_name(), row, place, one.indicator, f"{one.against}_{what}", value, "", made)


def _note(facts: Facts, found: dict[str, Comparison]) -> str:
    """Why figures are not compared, and what must be known of those that are."""
    why = {against: reasons(facts, one) for against, one in found.items()}
    if len(set(why.values())) == 1 and all(why.values()):
        return label("compared_not", why=next(iter(why.values())))
    said = [label(f"compared_not_{against}", why=words) for against, words in why.items() if words]
    known = dict.fromkeys(remarks(one) for one in found.values() if one.comparable and one.notes)
    return "; ".join((*said, *known))
