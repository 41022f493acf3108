"""One unit's page as a workbook of its own, to be sent back to the unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue import periods
from cchc.catalogue.indicators import areas, by_code
from cchc.model.consolidation import UnitFinding
from cchc.model.extract import Beside, ExtractLine, UnitExtract
from cchc.report import numerals, provenance
from cchc.report.book import Book, heading, put, row_height, set_widths, table, text_lines, title_block
from cchc.report.facts import Facts, state_key
from cchc.report.figures import Link, Made, Recipes, Register
from cchc.report.sheet_lists import finding_line
from cchc.report.targets import digits, distance_made, figure_format, state_word, target_text
from cchc.report.texts import columns, label

FEWEST_TEXT = "3"
_FIGURES = ("own", "median", "previous", "last_year")
_ACCENTS = (("met", "good"), ("not_met", "bad"), ("met_orientation", "good"), ("not_met_orientation", "fair"))
_KINDS = ("xã", "phường", "đặc khu", "thị trấn", "department", "authority")


def write_extract(extract: UnitExtract, path: Path) -> int:
    """Write a unit's workbook; return how many of its own figures it holds. The same extract gives the same bytes."""
    facts, register = Facts(extract.whole), Register()
    title = label("title_extract", name=extract.unit.name.upper())
    book = Book(path, title, facts.authority.body, facts.moment)
    _page(book, facts, register, extract)
    _findings(book, facts, extract.findings)
    provenance.write(book, facts, Recipes(facts), register)
    book.close()
    return sum(line.own.value is not None for line in extract.lines)


def file_name(extract: UnitExtract) -> str:
    """``trich-xuat_10993_2026-Q3.xlsx``."""
    return f"trich-xuat_{extract.unit.unit}_{extract.whole.period}.xlsx"


def _page(book: Book, facts: Facts, register: Register, extract: UnitExtract) -> None:
    layout = columns("extract")
    sheet = book.sheet(label("sheet_extract"), footer=f"{extract.unit.name} - {facts.period.label}")
    set_widths(sheet, layout)
    last = len(layout) - 1
    row = title_block(book, sheet, _titles(facts, extract), last, facts.authority.body)
    first = row = heading(book, sheet, row, layout)
    sheet.repeat_rows(row - 1)
    sheet.freeze_panes(row, 2)
    for area, lines in groupby(extract.lines, key=lambda line: by_code()[line.indicator].area):
        name = label("extract_area", area=area, name=areas()[area]["name"])
        sheet.set_row(row, row_height(1))
        sheet.merge_range(row, 0, row, last, name, book.style("label"))
        row += 1
        for line in lines:
            _line(book, sheet, register, row, facts, extract, line)
            row += 1
    state = next(number for number, column in enumerate(layout) if column.key == "state")
    for word, accent in (
        ("met", "good"),
        ("not_met", "bad"),
        ("met_orientation", "good"),
        ("not_met_orientation", "fair"),
    ):
        shown = f'"{label(f"target_{word}")}"'
        rule = {"type": "cell", "criteria": "==", "value": shown, "format": book.accent(accent)}
        sheet.conditional_format(first, state, row - 1, state, rule)
    sheet.print_area(0, 0, row - 1, last)


def _titles(facts: Facts, extract: UnitExtract) -> list[str]:
    unit, window = extract.unit, facts.period
    received = label("extract_received", moment=numerals.moment(unit.received_at)) if unit.received_at else ""
    state = label(f"state_{state_key(unit)}")
    span = {"window_from": numerals.day(window.window_from), "window_to": numerals.day(window.window_to)}
    before, ago = periods.previous(window), periods.parse(f"{window.year - 1}-{window.kind}")
    kind = label(f"peer_kind_{extract.kind if extract.kind in _KINDS else 'other'}")
    return [
        label("title_extract", name=unit.name.upper()),
        label("subtitle", period=window.label, **span),
        label("extract_state", state=state, received=received, findings=len(extract.findings)),
        label("extract_peers", peers=extract.peers, kind=kind, body=facts.authority.body, fewest=FEWEST_TEXT),
        label("extract_past", previous=before.label, last_year=ago.label),
    ]


def _line(
    book: Book, sheet: Worksheet, register: Register, row: int, facts: Facts, extract: UnitExtract, line: ExtractLine
) -> None:
    item, unit = by_code()[line.indicator], extract.unit.unit
    words: dict[str, Any] = {"code": item.code, "name": item.name, "uom": item.uom}
    words["number"] = line.median.number if line.median.value is not None else None
    words["note"] = label("extract_note_warned") if line.warnings else ""
    if line.target:
        result, standing = line.target
        words |= {"threshold": target_text(result.target), "state": state_word(result, standing)}
        words["rank"] = label("extract_rank", rank=standing.rank, ranked=result.ranked) if standing.rank else ""
    layout = columns("extract")
    wrapped = [column for column in layout if column.kind in ("wrap", "center")]
    lines = max(text_lines(words.get(column.key), column.width, column.kind) for column in wrapped)
    sheet.set_row(row, row_height(lines))
    for place, column in enumerate(layout):
        if column.key in _FIGURES:
            beside: Beside = getattr(line, column.key)
            _figure(book, sheet, row, place, beside, item.uom)
            if beside.value is not None:
                made = _made(facts, unit, line, column.key, beside.value)
                register.add(
                    sheet.get_name(),
                    row,
                    place,
                    item.code,
                    unit if made is None else column.key,
                    beside.value,
                    "",
                    made,
                )
        elif column.key == "distance":
            _distance(book, sheet, register, row, place, unit, line)
        else:
            put(book, sheet, row, place, words.get(column.key), column.kind)


def _figure(book: Book, sheet: Worksheet, row: int, place: int, beside: Beside, uom: str) -> None:
    """A figure, or the words that say why there is none."""
    if beside.value is not None:
        put(book, sheet, row, place, beside.value, "figure", uom)
    else:
        sheet.write_string(row, place, label(f"extract_{beside.reason}", fewest=FEWEST_TEXT), book.style("faint"))


def _distance(
    book: Book, sheet: Worksheet, register: Register, row: int, place: int, unit: str, line: ExtractLine
) -> None:
    standing = line.target[1] if line.target else None
    if line.target is None or standing is None or standing.distance is None or standing.value is None:
        sheet.write_blank(row, place, None, book.style("figure"))
        return
    result = line.target[0]
    shown = figure_format(digits(result, standing), signed=True)
    sheet.write_number(row, place, float(standing.distance), book.style("figure", shown))
    made = distance_made(result.target, standing, unit)
    register.add(sheet.get_name(), row, place, line.indicator, "distance", standing.distance, "", made)


def _made(facts: Facts, unit: str, line: ExtractLine, key: str, value: Decimal) -> Made | None:
    """How a figure that is not the unit's own of this period walks back."""
    if key == "own":
        return None
    if key == "median":
        source = label("extract_median_source", number=line.median.number)
        return Made("datum", (Link("datum", value, source=source),))
    period = facts.period
    then = periods.previous(period) if key == "previous" else periods.parse(f"{period.year - 1}-{period.kind}")
    link = Link("addend", value, line.indicator, unit, period=then.code, owner=facts.c.authority)
    return Made("sum_of", (link,))


def _findings(book: Book, facts: Facts, findings: Sequence[UnitFinding]) -> None:
    layout = columns("extract_findings")
    sheet = book.sheet(label("sheet_extract_findings"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    title = label("title_extract_findings")
    row = title_block(book, sheet, [title], len(layout) - 1, facts.authority.body)
    lines = [finding_line(number, found) for number, found in enumerate(findings, start=1)]
    after = table(book, sheet, row, layout, lines)
    if not lines:
        sheet.merge_range(after, 0, after, len(layout) - 1, label("extract_no_findings"), book.style("center"))
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 0)
