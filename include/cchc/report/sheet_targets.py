"""Targets: the authority and each level beside every clause, then each unit beside the thresholds that bind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc.catalogue.indicators import by_code
from cchc.model.target import TargetResult, TargetStanding
from cchc.report.book import Book, heading, put, row_height, set_widths, text_lines, title_block
from cchc.report.facts import Facts
from cchc.report.figures import Grid, GridColumn, Register
from cchc.report.outline import key_name
from cchc.report.targets import (
    COUNTS,
    authority_scope,
    counts_made,
    digits,
    distance_made,
    figure_format,
    state_word,
    target_name,
    target_text,
    why_listed,
)
from cchc.report.texts import Column, columns, label

_OF_UNITS = ("level_value", "level_distance", "level_state", *COUNTS)
_ACCENTS = (("met", "good"), ("not_met", "bad"), ("year_running", "fair"), ("no_data", "fair"))
_ACCENTS_OF_ORIENTATION = (("met_orientation", "good"), ("not_met_orientation", "fair"))
_MOST_TOGETHER = 3
"""Clauses on one page; more are spread evenly over pages."""
_PAGE_WIDTH, _LARGEST_SCALE = 12600, 85
"""Characters across a landscape page times its scale in percent; the scale beyond which nothing reads better."""


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write both sheets; the second only where targets bind single units."""
    results = facts.c.targets
    _summary(book, facts, register, results)
    bound = [result for result in results if result.units]
    if bound:
        _units(book, facts, register, bound)


def _summary(book: Book, facts: Facts, register: Register, results: Sequence[TargetResult]) -> None:
    judged = [result for result in results if result.judged]
    layout = [c for c in columns("targets") if c.key not in _OF_UNITS or any(result.units for result in judged)]
    name = label("sheet_targets")
    sheet = book.sheet(name, footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    last = len(layout) - 1
    row = title_block(book, sheet, [label("title_targets"), *facts.subtitles()], last, facts.authority.body)
    sheet.set_row(row, row_height(1))
    _group_heads(book, sheet, row, layout)
    sheet.repeat_rows(row, row + 1)
    sheet.freeze_panes(row + 2, 3)
    first = row = heading(book, sheet, row + 1, layout)
    for result in judged:
        _summary_line(book, sheet, row, layout, result)
        _note_line(facts, register, row, layout, result)
        row += 1
    if not judged:
        sheet.merge_range(row, 0, row, last, label("no_targets"), book.style("center"))
        row += 1
    for place, column in enumerate(layout):
        if column.key.endswith("_state"):
            _accents(book, sheet, first, place, max(row - 1, first), place)
    row = _notes(book, sheet, row, layout, results)
    row = _listed(book, sheet, row + 1, [result for result in results if not result.judged], layout)
    sheet.print_area(0, 0, row - 1, last)


def _group_heads(book: Book, sheet: Worksheet, row: int, layout: Sequence[Column]) -> None:
    """Heads over the columns that speak of one body; the rest of the line stays blank."""
    place = 0
    for key, group in groupby(layout, key=lambda column: _group_of(column.key)):
        width = len(list(group))
        if key:
            sheet.merge_range(row, place, row, place + width - 1, label(f"target_group_{key}"), book.style("head"))
        place += width


def _group_of(key: str) -> str:
    head = key.partition("_")[0]
    if key in (
        "authority_value",
        "authority_distance",
        "authority_state",
        "level_value",
        "level_distance",
        "level_state",
    ):
        return head
    return "counts" if key in _OF_UNITS else ""


def _summary_line(book: Book, sheet: Worksheet, row: int, layout: Sequence[Column], result: TargetResult) -> None:
    target, counts = result.target, result.counts
    bodies = {"authority": result.authority, "level": result.level}
    line: dict[str, Any] = {
        "no": target.source_no,
        "code": target.indicator,
        "name": target_name(target),
        "level": target.level,
        "threshold": target_text(target),
        "uom": by_code()[target.indicator].uom,
        "clause": target.source,
    }
    if result.units:
        line |= {key: getattr(counts, key) for key in COUNTS}
    wrapped = [column for column in layout if column.kind in ("wrap", "center")]
    words = line | {f"{who}_state": state_word(result, body) for who, body in bodies.items() if body}
    sheet.set_row(row, row_height(max(text_lines(words.get(c.key), c.width, c.kind) for c in wrapped)))
    for place, column in enumerate(layout):
        who, _, what = column.key.partition("_")
        if column.key in line or who not in bodies:
            put(book, sheet, row, place, line.get(column.key), column.kind)
            continue
        _cell(book, sheet, row, place, result, bodies[who], what)


def _note_line(facts: Facts, register: Register, row: int, layout: Sequence[Column], result: TargetResult) -> None:
    """What stands behind the figures of a clause's line."""
    bodies = {"authority": (result.authority, authority_scope(facts, result)), "level": (result.level, result.tier)}
    sheet, code, counted = label("sheet_targets"), result.target.indicator, counts_made(facts, result)
    for place, column in enumerate(layout):
        who, _, what = column.key.partition("_")
        body, scope = bodies.get(who, (None, ""))
        if column.key in counted:
            count, made = counted[column.key]
            register.add(sheet, row, place, code, column.key, count, "", made)
        elif body is not None and what:
            _note(register, row, place, result, body, what, scope)


def _note(
    register: Register, row: int, place: int, result: TargetResult, body: TargetStanding, what: str, scope: str
) -> None:
    """What stands behind the figure, the distance and the standing of the authority or a level."""
    name, code = label("sheet_targets"), result.target.indicator
    if body.value is None:
        return
    if what == "value":
        register.add(name, row, place, code, scope, body.value, "")
    elif body.distance is not None:
        made = distance_made(result.target, body, scope)
        word = state_word(result, body) if what == "state" else ""
        register.add(name, row, place, code, what, body.distance, word, made)


def _cell(
    book: Book, sheet: Worksheet, row: int, place: int, result: TargetResult, body: TargetStanding | None, what: str
) -> None:
    """Figure, distance, word or place of one body."""
    value = None if body is None else getattr(body, what) if what != "state" else state_word(result, body)
    if body is None or value is None:
        sheet.write_blank(row, place, None, book.style("figure"))
    elif what == "state":
        sheet.write_string(row, place, value, book.style("center"))
    elif what == "rank":
        sheet.write_number(row, place, value, book.style("whole"))
    else:
        shown = figure_format(digits(result, body), signed=what == "distance")
        sheet.write_number(row, place, float(value), book.style("figure", shown))


def _accents(book: Book, sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    for word, accent in (*_ACCENTS, *_ACCENTS_OF_ORIENTATION):
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{label(f"target_{word}")}"',
            "format": book.accent(accent),
        }
        sheet.conditional_format(top, left, bottom, right, rule)


def _notes(book: Book, sheet: Worksheet, row: int, layout: Sequence[Column], results: Iterable[TargetResult]) -> int:
    keys = ["states", "rank"] if len(layout) == len(columns("targets")) else ["states"]
    keys += ["orientation"] if any(result.target.orientation for result in results) else []
    width = sum(column.width for column in layout)
    for key in keys:
        words = label(f"target_note_{key}")
        sheet.set_row(row, row_height(text_lines(words, width)))
        sheet.merge_range(row, 0, row, len(layout) - 1, words, book.style("paragraph"))
        row += 1
    return row


def _listed(book: Book, sheet: Worksheet, row: int, results: Sequence[TargetResult], over: Sequence[Column]) -> int:
    """Targets that nobody is held against, with the reason; in the columns of the table above."""
    if not results:
        return row
    sheet.write_string(row, 0, label("title_targets_listed"), book.style("section"))
    keys = [column.key for column in over]
    spans = [(n, n) for n in range(5)] + [
        (5, keys.index("authority_state")),
        (keys.index("authority_state") + 1, len(keys) - 1),
    ]
    heads = [column.heading for column in columns("targets_listed")]
    for number, words in enumerate([heads, *(_listed_line(result) for result in results)]):
        row += 1
        widths = [sum(column.width for column in over[first : last + 1]) for first, last in spans]
        lines = max(text_lines(text, width) for text, width in zip(words, widths, strict=True))
        sheet.set_row(row, row_height(lines))
        for text, (first, last) in zip(words, spans, strict=True):
            style = book.style("wrap" if number else "head")
            if first == last:
                sheet.write_string(row, first, text, style)
            else:
                sheet.merge_range(row, first, row, last, text, style)
    return row + 1


def _listed_line(result: TargetResult) -> list[str]:
    target = result.target
    named = target_name(target)
    return [
        target.source_no,
        target.indicator,
        named,
        target.level,
        target_text(target),
        why_listed(result),
        target.source,
    ]


def _units(book: Book, facts: Facts, register: Register, bound: Sequence[TargetResult]) -> None:
    fixed, each = columns("target_units"), columns("target_unit")
    sheet = book.sheet(label("sheet_target_units"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, [*fixed, *(column for _ in bound for column in each)])
    last = len(fixed) + len(each) * len(bound) - 1
    titles = [f"{label('title_target_units')}, {facts.period.label.upper()}", *facts.subtitles()]
    paged = len(bound) > _together(bound)  # the fixed columns are repeated on each page: the title keeps off them
    shown = [*([] if paged else fixed), *(column for _ in range(_together(bound)) for column in each)]
    end, start = len(fixed) + _together(bound) * len(each) - 1, len(fixed) if paged else 0
    room = sum(column.width for column in shown)
    row = title_block(book, sheet, titles, end, facts.authority.body, start, room)
    first = _unit_heads(book, sheet, row, bound)
    standings = [{unit.body: unit for unit in result.units} for result in bound]
    names = {status.unit: status.name for status in facts.c.statuses}
    units = [status.unit for status in facts.c.statuses if any(status.unit in found for found in standings)]
    grid = _grid(facts, sheet.get_name(), bound)
    register.grids.append(grid)
    for number, unit in enumerate(units):
        at = first + number
        grid.rows[unit] = at + 1
        for place, value in enumerate((number + 1, unit, names[unit])):
            put(book, sheet, at, place, value, fixed[place].kind)
        for block, (result, found) in enumerate(zip(bound, standings, strict=True)):
            for place, column in enumerate(each, start=len(fixed) + block * len(each)):
                _cell(book, sheet, at, place, result, found.get(unit), column.key)
    _accents(book, sheet, first, len(fixed), first + len(units) - 1, last)
    sheet.autofilter(first - 1, 0, first + len(units) - 1, last)


def _grid(facts: Facts, sheet: str, bound: Sequence[TargetResult]) -> Grid:
    """Which threshold and what of it stands in each column."""
    fixed, each, found = columns("target_units"), columns("target_unit"), Grid(sheet)
    keys = [(result, column.key) for result in bound for column in each]
    for place, (result, what) in enumerate(keys, start=len(fixed)):
        found.columns[xl_col_to_name(place)] = GridColumn(result.target.indicator, facts.roster_of(result), what)
    return found


def _unit_heads(book: Book, sheet: Worksheet, row: int, bound: Sequence[TargetResult]) -> int:
    """The clause over its four columns; both lines repeated on every page, whole clauses kept on one page."""
    fixed, each = columns("target_units"), columns("target_unit")
    names = [label("target_heading", name=key_name(r.target.indicator), threshold=target_text(r.target)) for r in bound]
    width = sum(column.width for column in each)
    sheet.set_row(row, row_height(max(text_lines(name, width) for name in names)))
    for block, name in enumerate(names):
        place = len(fixed) + block * len(each)
        sheet.merge_range(row, place, row, place + len(each) - 1, name, book.style("head"))
    after = heading(book, sheet, row + 1, [*fixed, *(column for _ in bound for column in each)])
    sheet.repeat_rows(row, after - 1)
    sheet.repeat_columns(0, len(fixed) - 1)
    sheet.freeze_panes(after, len(fixed))
    together, blocks = _together(bound), len(bound)
    shown = sum(column.width for column in fixed) + together * width
    sheet.fit_page = False
    sheet.set_print_scale(min(int(_PAGE_WIDTH / shown), _LARGEST_SCALE))
    sheet.set_v_pagebreaks([len(fixed) + n * len(each) for n in range(together, blocks, together)])
    return after


def _together(bound: Sequence[TargetResult]) -> int:
    """Clauses on one page."""
    pages = -(-len(bound) // _MOST_TOGETHER)
    return -(-len(bound) // pages)
