"""Special obligations and rules: a block for each rule with its clause, the outcome, and the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue.special import words
from cchc.model.special import SpecialItem, SpecialRule
from cchc.report.book import Book, heading, line_height, put, row_height, set_widths, text_lines, title_block
from cchc.report.facts import PERCENT, Facts
from cchc.report.figures import Register
from cchc.report.special import codes_of, line, made_of, places, status_made
from cchc.report.targets import figure_format
from cchc.report.texts import Column, columns, label

_ACCENTS = {
    "bad": ("triggered", "missing", "overdue", "owed", "not_met", "not_registered", "no_opinion", "apology_lacking"),
    "fair": (
        "late",
        "unknown",
        "differs",
        "not_reported",
        "incomplete",
        "registered_late",
        "done_late",
        "answered_late",
        "not_yet",
        "no_data",
    ),
    "good": ("submitted", "met", "recognised", "done", "complete", "apology_sent"),
}


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write the sheet, where the regime has special rules."""
    if not facts.c.special:
        return
    layout, name = columns("special"), label("sheet_special")
    sheet = book.sheet(name, footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    row = title_block(book, sheet, [label("title_special"), *facts.subtitles()], len(layout) - 1, facts.authority.body)
    sheet.repeat_rows(0, row - 1)
    sheet.freeze_panes(row, 0)
    for rule in facts.c.special:
        row = _rule(book, sheet, facts, register, row, layout, rule)
    sheet.print_area(0, 0, row - 1, len(layout) - 1)


def _rule(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    layout: Sequence[Column],
    rule: SpecialRule,
) -> int:
    last, width = len(layout) - 1, sum(column.width for column in layout)
    sheet.write_string(row, 0, f"{rule.id}. {rule.title} ({rule.clause})", book.style("section"))
    for text in (rule.text, rule.summary):
        row += 1
        sheet.set_row(row, row_height(text_lines(text, width)))
        sheet.merge_range(row, 0, row, last, text, book.style("paragraph"))
    row += 1
    if not rule.items:
        return row + 1
    first = row = heading(book, sheet, row, layout)
    for number, item in enumerate(rule.items, start=1):
        _item(book, sheet, facts, register, row, layout, item, number)
        row += 1
    _accent(book, sheet, first, row - 1, layout)
    return row + 1


def _item(
    book: Book,
    sheet: Worksheet,
    facts: Facts,
    register: Register,
    row: int,
    layout: Sequence[Column],
    item: SpecialItem,
    number: int,
) -> None:
    told = line(item, number)
    sheet.set_row(row, line_height(layout, told))
    for place, column in enumerate(layout):
        if column.key in ("value", "expected"):
            _figure(book, sheet, row, place, column.key, item)
        else:
            put(book, sheet, row, place, told[column.key], column.kind)
    at = {column.key: place for place, column in enumerate(layout)}
    name, codes = label("sheet_special"), codes_of(item)
    if item.value is not None and item.method:
        made = made_of(item, facts.c.authority)
        register.add(name, row, at["value"], codes[0] if codes else "", "special", item.value, "", made)
    reported = next((behind for behind in item.behind if behind.role == "reported"), None)
    if reported and item.expected is not None:
        register.add(name, row, at["expected"], reported.code, reported.scope, item.expected, "")
    if places(item):
        made = status_made(item)
        register.add(name, row, at["status"], "", "special", None, words(f"status_{item.status}"), made)


def _figure(book: Book, sheet: Worksheet, row: int, place: int, key: str, item: SpecialItem) -> None:
    """A figure with as many decimals as it takes not to read as what it was held against."""
    value = item.value if key == "value" else item.expected
    if value is None or item.uom != PERCENT:
        put(book, sheet, row, place, value, "figure", item.uom)
    else:
        style = book.style("figure", figure_format(decimals(item) if key == "value" else 2))
        sheet.write_number(row, place, float(value), style)


def decimals(item: SpecialItem) -> int:
    """Decimals at which value and threshold do not change sides by rounding; two at least."""
    if item.value is None or item.expected is None:
        return 2
    for number in range(2, 10):
        shown = item.value.quantize(Decimal(1).scaleb(-number))
        if (shown < item.expected) == (item.value < item.expected):
            return number
    return 10


def _accent(book: Book, sheet: Worksheet, first: int, last: int, layout: Sequence[Column]) -> None:
    place = next(place for place, column in enumerate(layout) if column.key == "status")
    for accent, keys in _ACCENTS.items():
        for key in keys:
            rule = {"type": "cell", "criteria": "==", "value": f'"{words(f"status_{key}")}"'}
            sheet.conditional_format(first, place, last, place, {**rule, "format": book.accent(accent)})
