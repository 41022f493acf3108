"""The seven annexes: one table an area, each figure with its coverage, its parts by tier and a remark."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cchc.catalogue import periods
from cchc.catalogue.form_texts import text as form_text
from cchc.catalogue.forms import TIERS
from cchc.catalogue.indicators import areas, by_code
from cchc.model.consolidation import Total
from cchc.report import numerals
from cchc.report.book import Book, set_widths, table, title_block
from cchc.report.comparison import previous_made
from cchc.report.facts import Facts, broken_window, method_of, uom_of
from cchc.report.figures import Register
from cchc.report.sent import sent
from cchc.report.texts import Column, columns, label
from cchc.report.weights import carried_cells, carried_made, weight_made, weight_text


def write(book: Book, facts: Facts, register: Register) -> int:
    """Write all annexes; return how many figures they hold."""
    return sum(_annex(book, facts, register, number, area) for number, area in enumerate(facts.areas, start=1))


def remark(facts: Facts, total: Total) -> str:
    """What the note column says: words in place of a figure, how it is counted."""
    notes = [total.text] if total.text else []
    if total.value is None and not total.text:
        notes.append(label("note_missing_figure"))
    if total.value is not None and method_of(total, facts.period.kind) == "count_yes":
        notes.append(label("note_counted_yes"))
    return "; ".join(notes)


def line(facts: Facts, total: Total, number: int) -> dict[str, Any]:
    """One line of an annex by column."""
    indicator = by_code()[total.indicator]
    return {
        "tt": number,
        "code": indicator.code,
        "name": indicator.name,
        "uom": uom_of(total.indicator, method_of(total, facts.period.kind)),
        "value": _printed(facts, total),
        "coverage": f"{total.reported}/{total.expected}",
        "weight": weight_text(facts.weights.get(total.indicator)),
        "previous": total.previous,
        "note": remark(facts, total),
        **total.tiers,
        **carried_cells(facts, total.indicator),
    }


def _sent_line(total: Total, number: int) -> dict[str, Any]:
    """A line below the totals: what the next level needs beside them."""
    indicator = by_code()[total.indicator]
    note = {"note": label("note_sent")}
    return {
        "tt": number,
        "code": total.indicator,
        "name": indicator.name,
        "uom": indicator.uom,
        "value": total.value,
        **note,
    }


def layout_of(facts: Facts) -> tuple[Column, ...]:
    """Columns of an annex; those of carried stocks only where they were asked for, at the far right."""
    return facts.layout("annex") if facts.c.carried is None else (*facts.layout("annex"), *columns("annex_carried"))


def _printed(facts: Facts, total: Total) -> Any:
    """The figure; of one taken over as it is also the words, so that the annex says upward what the office said."""
    said = form_text("nothing_arose")
    return said if total.text == said and method_of(total, facts.period.kind) == "taken_over" else total.value


def _annex(book: Book, facts: Facts, register: Register, number: int, area: int) -> int:
    names, totals, layout = areas()[area], facts.area_totals(area), layout_of(facts)
    sheet = book.sheet(names["sheet"], footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    row = title_block(book, sheet, _titles(facts, number, names["name"]), len(layout) - 1, facts.authority.body)
    beside = [total for total in sent(facts) if by_code()[total.indicator].area == area]
    lines = [line(facts, total, place) for place, total in enumerate(totals, start=1)]
    lines += [_sent_line(total, place) for place, total in enumerate(beside, start=len(totals) + 1)]
    after = table(book, sheet, row, layout, lines)
    for place, total in enumerate(totals, start=row + 1):
        _note(facts, register, names["sheet"], place, total)
    column = [column.key for column in layout].index("value")
    for place, total in enumerate(beside, start=row + 1 + len(totals)):
        register.add(names["sheet"], place, column, total.indicator, "total", total.value)
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 3)
    sheet.print_area(0, 0, after - 1, len(layout) - 1)
    return sum(total.value is not None for total in totals)


def _titles(facts: Facts, number: int, name: str) -> list[str]:
    """Title and subtitles; upward no other period is named, so that nobody takes the sheet for that one's."""
    titles = [f"{label('title_annex', roman=numerals.roman(number))}. {name.upper()}", *facts.subtitles()]
    if facts.sender is None:
        titles.append(label("subtitle_previous", previous=periods.previous(facts.period).label))
        titles += [note] if (note := broken_window(facts)) else []
    return titles


def _note(facts: Facts, register: Register, sheet: str, row: int, total: Total) -> None:
    place = {column.key: number for number, column in enumerate(layout_of(facts))}
    stand_in = facts.carried.get(total.indicator)
    if stand_in is not None:
        made = carried_made(facts, stand_in)
        register.add(sheet, row, place["carried"], total.indicator, "carried", stand_in.value, made=made)
    weight = facts.weights.get(total.indicator)
    if weight is not None and weight.share is not None:
        made = weight_made(total, weight)
        register.add(sheet, row, place["weight"], total.indicator, "weight", weight.share, weight_text(weight), made)
    register.add(sheet, row, place["value"], total.indicator, "total", total.value, total.text)
    told = Decimal(total.reported)
    register.add(sheet, row, place["coverage"], total.indicator, "coverage", told, f"{total.reported}/{total.expected}")
    if total.previous is not None:
        then = previous_made(facts, total)
        register.add(sheet, row, place["previous"], total.indicator, "previous", total.previous, "", then)
    for tier in TIERS:
        if tier in total.tiers and tier in place:
            register.add(sheet, row, place[tier], total.indicator, tier, total.tiers[tier], "")
