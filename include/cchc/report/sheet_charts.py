"""Charts: percentages over periods, reports on time, distance to targets; below them the cells that they draw."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue import periods
from cchc.model.target import TargetState
from cchc.report import charts, trends
from cchc.report.book import Book, put, row_height, set_widths, text_lines, title_block
from cchc.report.charts import Line, Span
from cchc.report.comparison import restated_made
from cchc.report.facts import PERCENT, Facts
from cchc.report.figures import Register
from cchc.report.outline import key_name
from cchc.report.targets import digits, distance_made, figure_format, state_word, target_text
from cchc.report.texts import Column, columns, label
from cchc.report.trends import Distance, Trend

_PERIODS = 9
"""Columns of periods; the sheet is as wide with fewer."""
_TALL, _ROW = 270, 20
"""Pixels of a chart and of a row."""
_ROWS = _TALL // _ROW + 1
_BAR = 34
_PAGE_WIDTH = 13100
"""Characters across a landscape page times its scale in percent."""
_OWN, _RESTATED = "#1F4E79", "#7F7F7F"
_COLORS = {TargetState.MET: "#548235", TargetState.NOT_MET: "#C00000"}
_ASIDE = "#7F7F7F"


class _Sheet:
    """The sheet being written; charts stand above the rows they draw, so these are placed beforehand."""

    def __init__(self, book: Book, facts: Facts, register: Register) -> None:
        self.book, self.facts, self.register = book, facts, register
        self.name = label("sheet_charts")
        self.sheet: Worksheet = book.sheet(self.name, footer=f"{facts.authority.body} - {facts.period.label}")
        name, row, period = columns("charts")
        self.layout: list[Column] = [name, row, *[period] * _PERIODS]
        self.width = sum(column.width for column in self.layout)
        self.span, self.trends = trends.shown_periods(facts), trends.trends(facts)
        self.on_time, self.distances = trends.punctuality(facts), trends.distances(facts)
        self.labels = [_capital(periods.parse(code).label) for code in self.span]

    @property
    def lines(self) -> int:
        """Rows of the table by period, its heading apart."""
        return sum(3 if trend.restated else 2 for trend in self.trends) + (3 if self.on_time else 0)

    def pixels(self) -> int:
        """Width of the sheet."""
        return sum(int(column.width * 7 + 5) for column in self.layout)


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write the sheet; what cannot be drawn is told instead."""
    found = _Sheet(book, facts, register)
    sheet, last = found.sheet, len(found.layout) - 1
    set_widths(sheet, found.layout)
    titles = [f"{label('title_charts')} {facts.period.label.upper()}", *facts.subtitles()]
    top = title_block(book, sheet, titles, last, facts.authority.body)
    sheet.freeze_panes(top - 1, 0)
    row = top = _notes(found, top)
    drawn = len(found.trends) + bool(found.on_time)
    tables = top + -(-drawn // 2) * _ROWS
    tables += -(-(_bars_height(found) + _ROW) // _ROW) if found.distances else 0
    _draw_periods(found, top, tables)
    _draw_distances(found, top + -(-drawn // 2) * _ROWS, tables + (found.lines + 3 if drawn else 0))
    row = _period_table(found, tables) if drawn else tables
    row = _distance_table(found, row) if found.distances else row
    sheet.print_area(0, 0, max(row - 1, top), last)
    sheet.fit_page = False
    sheet.set_print_scale(int(_PAGE_WIDTH / found.width))
    sheet.set_h_pagebreaks(_breaks(found, top, drawn, tables))


def _notes(found: _Sheet, row: int) -> int:
    told = ["charts_note"] if found.trends else []
    told += ["charts_restated_note"] if any(trend.restated for trend in found.trends) else []
    told += [] if found.trends or found.on_time else ["charts_one_period"]
    told += [] if found.distances else ["charts_no_target"]
    for key in told:
        words = label(key)
        found.sheet.set_row(row, row_height(text_lines(words, found.width)))
        found.sheet.merge_range(row, 0, row, len(found.layout) - 1, words, found.book.style("paragraph"))
        row += 1
    return row


def _breaks(found: _Sheet, top: int, drawn: int, tables: int) -> list[int]:
    """Two rows of charts on a page, the tables on pages of their own."""
    bands = -(-drawn // 2)
    pages = [top + band * _ROWS for band in range(2, bands, 2)]
    if found.distances and drawn and (bands % 2 == 0 or _bars_height(found) > _TALL):
        pages.append(top + bands * _ROWS)
    return [*pages, tables] if drawn or _bars_height(found) > _TALL else pages


def _draw_periods(found: _Sheet, top: int, tables: int) -> None:
    """Charts two in a row, in the order of the table."""
    row, made = tables + 2, []
    head = tables + 1
    span = Span(found.name, (head, 2), (head, 1 + len(found.span)), found.labels)
    for trend in found.trends:
        title = f"{key_name(trend.code)} (%)"
        made.append((title, charts.over_time(found.book, title, span, _lines_of(trend, row))))
        row += 3 if trend.restated else 2
    if found.on_time:
        title, shares = label("chart_on_time"), _shares(found)
        line = Line(title, row + 2, shares, _OWN)
        made.append((title, charts.columns_over_time(found.book, title, span, line)))
    half = found.pixels() // 2
    for number, (title, chart) in enumerate(made):
        at = top + number // 2 * _ROWS
        charts.place(found.sheet, chart, at, number % 2 * half + 4, (half - 12, _TALL), title)


def _lines_of(trend: Trend, row: int) -> list[Line]:
    lines = [Line(label("chart_line_reported"), row, [p.as_reported for p in trend.points], _OWN)]
    if trend.restated:
        values = [point.restated for point in trend.points]
        lines.append(Line(label("chart_line_restated"), row + 2, values, _RESTATED, dashed=True))
    return lines


def _shares(found: _Sheet) -> list[Decimal | None]:
    known = {told.period: trends.share_on_time(told) for told in found.on_time}
    return [known.get(code) for code in found.span]


def _bars_height(found: _Sheet) -> int:
    return 110 + _BAR * len(found.distances)


def _draw_distances(found: _Sheet, row: int, table: int) -> None:
    if not found.distances:
        return
    names = [_target_name(one) for one in found.distances]
    values = [one.standing.distance or Decimal(0) for one in found.distances]
    colors = [_COLORS.get(one.standing.state, _ASIDE) for one in found.distances]
    colors = [
        _ASIDE if one.result.target.orientation else color for one, color in zip(found.distances, colors, strict=True)
    ]
    span = Span(found.name, (table + 2, 0), (table + 1 + len(names), 0), names)
    title = label("chart_distance")
    chart = charts.bars(found.book, title, span, 4, values, colors)
    charts.place(found.sheet, chart, row, 4, (found.pixels() - 16, _bars_height(found)), title)


def _target_name(one: Distance) -> str:
    return f"{key_name(one.result.target.indicator)} ({target_text(one.result.target)}%)"


def _period_table(found: _Sheet, row: int) -> int:
    """Heading line, then the rows of each percentage and of the reports on time."""
    book, sheet = found.book, found.sheet
    sheet.write_string(row, 0, label("chart_table_periods"), book.style("section"))
    row += 1
    heads = [found.layout[0].heading, found.layout[1].heading, *found.labels]
    sheet.set_row(row, row_height(max(text_lines(text, 9) for text in found.labels)))
    for place, text in enumerate(heads):
        sheet.write_string(row, place, text, book.style("head"))
    row += 1
    for trend in found.trends:
        row = _trend_rows(found, row, trend)
    return _on_time_rows(found, row) if found.on_time else row + 1


def _trend_rows(found: _Sheet, row: int, trend: Trend) -> int:
    kinds = ["reported", "coverage", *(["restated"] if trend.restated else [])]
    for offset, kind in enumerate(kinds):
        _row_heads(found, row + offset, key_name(trend.code), label(f"chart_row_{kind}"))
        for place, point in enumerate(trend.points, start=2):
            known = point.as_reported is not None
            if kind == "coverage":
                told = f"{point.reported}/{point.expected}" if point.expected else ""
                put(found.book, found.sheet, row + offset, place, told, "faint")
            elif kind == "restated":
                put(found.book, found.sheet, row + offset, place, point.restated, "figure", PERCENT)
                if point.restated is not None:
                    moved = restated_made(found.facts, trend.code, point.period, point.restated)
                    _add(found, row + offset, place, trend.code, "restated", point.restated, moved)
            else:
                put(found.book, found.sheet, row + offset, place, point.as_reported, "figure", PERCENT)
                own = point.period == found.facts.c.period
                made = None if own else trends.point_made(found.facts, trend.code, point)
                if known:
                    _add(found, row + offset, place, trend.code, "total" if own else "series", point.as_reported, made)
    return row + len(kinds)


def _on_time_rows(found: _Sheet, row: int) -> int:
    known = {told.period: told for told in found.on_time}
    for offset, what in enumerate(("on_time", "expected", "share")):
        _row_heads(found, row + offset, label("chart_on_time"), label(f"chart_row_{what}"))
        for place, code in enumerate(found.span, start=2):
            told = known.get(code)
            if told is None:
                put(found.book, found.sheet, row + offset, place, None, "figure")
            elif what == "share":
                share = trends.share_on_time(told)
                put(found.book, found.sheet, row + offset, place, share, "figure", PERCENT)
                _add(found, row + offset, place, "", "on_time", share, trends.share_made(told))
            else:
                value = Decimal(getattr(told, what))
                put(found.book, found.sheet, row + offset, place, value, "figure")
                _add(found, row + offset, place, "", what, value, trends.counted_made(told, what))
    return row + 4


def _row_heads(found: _Sheet, row: int, name: str, kind: str) -> None:
    lines = max(text_lines(name, found.layout[0].width), text_lines(kind, found.layout[1].width))
    found.sheet.set_row(row, row_height(lines))
    put(found.book, found.sheet, row, 0, name, "wrap")
    put(found.book, found.sheet, row, 1, kind, "wrap")


def _distance_table(found: _Sheet, row: int) -> int:
    book, sheet, layout = found.book, found.sheet, columns("charts_distance")
    sheet.write_string(row, 0, label("chart_table_distance"), book.style("section"))
    row += 1
    sheet.set_row(row, row_height(3))
    for place, column in enumerate(layout):
        if column.kind == "span":
            sheet.merge_range(row, place, row, place + 1, column.heading, book.style("head"))
        elif column.kind != "skip":
            sheet.write_string(row, place, column.heading, book.style("head"))
    for one in found.distances:
        row += 1
        _distance_row(found, row, layout, one)
    return row + 1


def _distance_row(found: _Sheet, row: int, layout: Sequence[Column], one: Distance) -> None:
    target, standing, book, sheet = one.result.target, one.standing, found.book, found.sheet
    words: dict[str, Any] = {"name": _target_name(one), "clause": target.source, "threshold": target_text(target)}
    words["state"] = state_word(one.result, standing)
    sheet.set_row(row, row_height(max(text_lines(words[c.key], c.width) for c in layout if c.key in words)))
    for place, column in enumerate(layout):
        if column.kind == "span":
            sheet.merge_range(row, place, row, place + 1, words[column.key], book.style("center"))
        elif column.key in words:
            put(book, sheet, row, place, words[column.key], column.kind)
        elif column.key in ("value", "distance"):
            shown = figure_format(digits(one.result, standing), signed=column.key == "distance")
            sheet.write_number(row, place, float(getattr(standing, column.key)), book.style("figure", shown))
    _add(found, row, 3, target.indicator, one.scope, standing.value, None)
    _add(found, row, 4, target.indicator, "distance", standing.distance, distance_made(target, standing, one.scope))


def _add(found: _Sheet, row: int, place: int, code: str, scope: str, value: Decimal | None, made: Any) -> None:
    found.register.add(found.name, row, place, code, scope, value, "", made)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
