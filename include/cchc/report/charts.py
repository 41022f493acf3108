"""Native charts of a workbook: they read cells of its own sheet, so that who changes a cell sees it move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from cchc.report.book import FONT, Book
from cchc.report.texts import label

_SIZE = 9
_GRID = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
_NUMBERS = "[$-42A]#,##0"
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells that is drawn.

    Attributes:
        name: In the legend.
        row: Of the sheet, from 0.
        values: What stands there, kept in the chart as well: not every program reads the cells again.
        color: Of line and marks.
        dashed: True for what is set beside the figures themselves.
    """

    name: str
    row: int
    values: Sequence[Decimal | None]
    color: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The cells of a heading that name what is drawn: a row, or a column, of one sheet."""

    sheet: str
    first: tuple[int, int]
    last: tuple[int, int]
    names: Sequence[str]

    def across(self, row: int) -> str:
        """The cells of another row in the same columns."""
        return f"='{self.sheet}'!{xl_range_abs(row, self.first[1], row, self.last[1])}"

    def beside(self, column: int) -> str:
        """The cells of another column in the same rows."""
        return f"='{self.sheet}'!{xl_range_abs(self.first[0], column, self.last[0], column)}"

    @property
    def own(self) -> str:
        """The cells of the names themselves."""
        return f"='{self.sheet}'!{xl_range_abs(*self.first, *self.last)}"


def over_time(book: Book, title: str, span: Span, lines: Sequence[Line]) -> Any:
    """Lines of percentages over periods; a gap where nothing is known."""
    chart = book.chart("line")
    for line in lines:
        chart.add_series({**_drawn(span, line), "marker": _marker(line), "line": _stroke(line)})
    chart.show_blanks_as("gap")
    _dress(chart, title, legend=len(lines) > 1)
    chart.set_y_axis(_axis([value for line in lines for value in line.values]))
    return chart


def columns_over_time(book: Book, title: str, span: Span, line: Line) -> Any:
    """Columns of percentages, each with its number."""
    chart = book.chart("column")
    fill = {"fill": {"color": line.color}, "gap": 80}
    inside = {"name": FONT, "size": _SIZE, "color": "#FFFFFF", "bold": True}
    labels = {"value": True, "num_format": "[$-42A]#,##0.0", "position": "inside_end", "font": inside}
    chart.add_series({**_drawn(span, line), **fill, "data_labels": labels})
    _dress(chart, title, legend=False)
    chart.set_y_axis({**_axis([]), "min": 0, "max": _HUNDRED})
    return chart


def bars(book: Book, title: str, span: Span, column: int, values: Sequence[Decimal], colors: Sequence[str]) -> Any:
    """Bars to both sides of zero, the first on top, each in a colour of its own."""
    chart = book.chart("bar")
    labels = {"value": True, "num_format": "[$-42A]+#,##0.00;-#,##0.00;0", "font": {"name": FONT, "size": _SIZE}}
    chart.add_series(
        {
            "name": title,
            "categories": span.own,
            "values": span.beside(column),
            "categories_data": list(span.names),
            "values_data": [float(value) for value in values],
            "points": [{"fill": {"color": color}} for color in colors],
            "data_labels": labels,
            "gap": 60,
        }
    )
    _dress(chart, title, legend=False)
    chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": {"name": FONT, "size": _SIZE}})
    axis = {"num_format": _NUMBERS, "num_font": {"name": FONT, "size": _SIZE}, "major_gridlines": _GRID}
    chart.set_x_axis(axis)
    return chart


def place(sheet: Worksheet, chart: Any, row: int, left: int, size: tuple[int, int], title: str) -> None:
    """Put a chart on a sheet, ``left`` and ``size`` in pixels, with words for those who cannot see it."""
    chart.set_size({"width": size[0], "height": size[1]})
    told = label("chart_alt", title=title)
    sheet.insert_chart(row, 0, chart, {"x_offset": left, "y_offset": 4, "object_position": 2, "description": told})


def _drawn(span: Span, line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "categories": span.own,
        "values": span.across(line.row),
        "categories_data": list(span.names),
        "values_data": [None if value is None else float(value) for value in line.values],
    }


def _stroke(line: Line) -> dict[str, Any]:
    return {"color": line.color, "width": 1.5 if line.dashed else 2.25, "dash_type": "dash" if line.dashed else "solid"}


def _marker(line: Line) -> dict[str, Any]:
    if line.dashed:
        return {"type": "none"}
    return {"type": "circle", "size": 6, "fill": {"color": line.color}, "border": {"color": line.color}}


def _dress(chart: Any, title: str, *, legend: bool) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_x_axis({"num_font": {"name": FONT, "size": _SIZE}})
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": _SIZE}} if legend else {"none": True})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})


def _axis(values: Sequence[Decimal | None]) -> dict[str, Any]:
    """Percentages: the axis begins at 0 unless all are so close together that nothing could be told apart."""
    axis = {"num_format": _NUMBERS, "num_font": {"name": FONT, "size": _SIZE}, "major_gridlines": _GRID}
    known = [value for value in values if value is not None]
    if not known:
        return axis
    lowest, highest = min(known), max(known)
    bottom = 0 if highest - lowest > lowest / 2 else max(0, int(lowest // 5) * 5 - 5)
    near = _HUNDRED >= highest > _HUNDRED * Decimal("0.9")
    top = {"max": _HUNDRED, "major_unit": 20 if bottom < _HUNDRED / 2 else 5} if near else {}
    return {**axis, "min": bottom, **top}
