"""Like for like: each figure over the units that gave it in both periods, restated, and the units that moved it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue import lineage
from cchc.catalogue.comparisons import why
from cchc.catalogue.indicators import by_code
from cchc.model.comparison import Comparison, Matched, UnitChange
from cchc.report import numerals
from cchc.report.book import Book, heading, line_height, put, row_height, set_widths, text_lines, title_block
from cchc.report.comparison import base_name, matched_made, rest_made, unit_made, unit_name
from cchc.report.facts import PERCENT, Facts, uom_of
from cchc.report.figures import Made, Register
from cchc.report.texts import Column, columns, label

_NEVER = ("window",)
"""Where windows differ in length no unit moved anything: the figures are not of one kind."""


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write the sheet, where any figure has units in both periods."""
    wanted = [(one, one.matched) for one in facts.c.comparisons if not set(one.reasons) & set(_NEVER)]
    found = [(one, alike) for one, alike in wanted if alike is not None and alike.change is not None]
    if not found:
        return
    layout = columns("alike")
    sheet = book.sheet(label("sheet_alike"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    last = len(layout) - 1
    titles = [f"{label('title_alike')} {facts.period.label.upper()}", *facts.subtitles()]
    row = title_block(book, sheet, titles, last, facts.authority.body)
    for key in ("note_alike", *(("note_alike_split",) if any(alike.split for _, alike in found) else ())):
        words = label(key, flag=lineage.SPLIT_FLAG)
        sheet.set_row(row, row_height(text_lines(words, sum(column.width for column in layout))))
        sheet.merge_range(row, 0, row, last, words, book.style("paragraph"))
        row += 1
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 3)
    row = heading(book, sheet, row, layout)
    for number, (one, alike) in enumerate(found, start=1):
        row = _block(book, sheet, facts, register, row, layout, number, one, alike)
    sheet.print_area(0, 0, row - 1, last)


def _block(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    layout: Sequence[Column],
    number: int,
    one: Comparison,
    alike: Matched,
) -> int:
    """A figure, with a line for each pair of units that moved it up and down."""
    ups = [unit for unit in alike.shown if unit.contribution > 0]
    downs = [unit for unit in reversed(alike.shown) if unit.contribution < 0]
    for line in range(max(len(ups), len(downs), 1)):
        pair = {"up": ups[line : line + 1], "down": downs[line : line + 1]}
        told = {f"{side}.name": unit_name(facts, units[0]) for side, units in pair.items() if units}
        told |= _words(facts, one, alike, number) if line == 0 else {}
        sheet.set_row(row, line_height(layout, told))
        for place, column in enumerate(layout):
            side, _, what = column.key.partition(".")
            if column.key in told:
                put(book, sheet, row, place, told[column.key], column.kind)
            elif what == "part" and pair[side]:
                _unit(book, sheet, facts, register, row, place, one, alike, pair[side][0])
            else:
                _figure(book, sheet, facts, register, row, place, one, alike, column.key if line == 0 else "")
        row += 1
    return row


def _words(facts: Facts, one: Comparison, alike: Matched, number: int) -> dict[str, Any]:
    code = one.indicator
    notes = [key for key in ("restated", "split") if getattr(alike, key)]
    notes += [key for key in one.reasons if key in ("broken", "coverage")]
    return {
        "tt": number,
        "code": code,
        "name": by_code()[code].name,
        "uom": uom_of(code, facts.methods[code]),
        "base": base_name(facts, one.against),
        "note": "; ".join(_note(key) for key in notes),
    }


def _note(key: str) -> str:
    return label("alike_coverage") if key == "coverage" else why(key)


def _figure(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    place: int,
    one: Comparison,
    alike: Matched,
    key: str,
) -> None:
    """A figure over the units of both periods, or how many they are; blank on the lines below the first."""
    found: dict[str, tuple[Decimal | None, str]] = {
        "units": (Decimal(alike.units), "matched_units"),
        "out": (Decimal(alike.left_out), "matched_out"),
        "now": (alike.now, "matched_now"),
        "before": (alike.before, "matched_before"),
        "change": (alike.change, "matched_change"),
        "rest": (alike.rest if alike.rest_units else None, "matched_rest"),
    }
    value, scope = found.get(key, (None, ""))
    if value is None:
        sheet.write_blank(row, place, None, book.style("figure"))
        return
    made = rest_made(facts, one, alike) if key == "rest" else matched_made(facts, one, alike, key)
    if key in ("change", "rest"):
        _signed(book, sheet, register, row, place, one, scope, value, made)
        return
    put(book, sheet, row, place, value, "figure", by_code()[one.indicator].uom if key in ("now", "before") else "")
    register.add(sheet.get_name(), row, place, one.indicator, scope, value, "", made)


def _unit(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    place: int,
    one: Comparison,
    alike: Matched,
    unit: UnitChange,
) -> None:
    made = unit_made(facts, one, alike, unit)
    _signed(book, sheet, register, row, place, one, "contribution", unit.contribution, made)


def _signed(
    book: Book,
    sheet: Worksheet,
    register: Register,
    row: int,
    place: int,
    one: Comparison,
    scope: str,
    value: Decimal,
    made: Made,
) -> None:
    """A change, with as many decimals as it takes to see that it is none."""
    shown = numerals.signed_format(value, percent=by_code()[one.indicator].uom == PERCENT)
    sheet.write_number(row, place, float(value), book.style("figure", shown))
    register.add(sheet.get_name(), row, place, one.indicator, scope, value, "", made)
