"""Marks in the sender's own sheets: a fill, a comment, a word beside the row; and taking off those of last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc.catalogue.notify_texts import MARKER, text
from cchc.model.finding import Severity
from cchc.notify.cells import held, put, shown
from cchc.notify.entries import Entry, Place
from cchc.notify.looks import CRITICAL, FILLS, MARKS, RELATED

AUTHOR = "CCHC"
_NO_FILL = "00000000"
_RANK = {CRITICAL: 0, FILLS[Severity.WARNING]: 1, RELATED: 2}
_BOX_WIDTH = 340
_BOX_LINE = 17
_BOX_LETTERS = 46
_MOST_COMMENT = 2000
_MOST_COLUMN = 60
"""A marker further to the right would be seen by nobody."""
_MARKER_WIDTH = 17
_MARKER_COLORS = {CRITICAL: "C00000", FILLS[Severity.WARNING]: "7F6000", RELATED: "974706"}


class Marks:
    """What is to be marked in a workbook, gathered first and put on in one go."""

    def __init__(self) -> None:
        self._colors: dict[Place, str] = {}
        self._comments: dict[Place, list[str]] = defaultdict(list)
        self._markers: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)

    def add(self, entry: Entry) -> None:
        """Take in a finding, with the other figures that it speaks of."""
        if entry.place is None or not entry.place.cell:
            return
        color = FILLS[entry.finding.severity]
        self._add(entry.place, color, entry.number, _said(entry))
        for place in entry.related:
            words = text(
                "comment_related",
                severity=text(f"severity_{entry.finding.severity.value}").lower(),
                number=entry.number,
                place=entry.place.words,
                message=entry.finding.message,
            )
            self._add(place, RELATED, entry.number, words)

    def _add(self, place: Place, color: str, number: int, words: str) -> None:
        held = self._colors.get(place, color)
        self._colors[place] = min(held, color, key=lambda c: _RANK[c])
        self._comments[place].append(words)
        self._markers[place.sheet, _row(place.cell)].append((color, number))

    def put_on(self, book: Workbook) -> None:
        """Mark the workbook."""
        for place, color in self._colors.items():
            cell = _anchor(book[place.sheet], place.cell)
            _fill(cell, color)
            _comment(cell, "\n\n".join(self._comments[place]))
            if cell.protection.locked:
                cell.protection = Protection(locked=False, hidden=cell.protection.hidden)
        for name in dict.fromkeys(sheet for sheet, _ in self._markers):
            _margin(book[name], {row: said for (sheet, row), said in self._markers.items() if sheet == name})


def _said(entry: Entry) -> str:
    finding = entry.finding
    words = entry.words()
    lines = [text("comment_finding", severity=words["severity"], number=entry.number), finding.message]
    lines += [text(f"comment_{name}", **{name: words[name]}) for name in ("found", "expected", "fix") if words[name]]
    return "\n".join(lines)


def _row(cell: str) -> int:
    return int(range_boundaries(cell)[1] or 1)


def _anchor(sheet: Worksheet, address: str) -> Any:
    """The cell itself, or the first of the merged cells that it lies in: only that one can hold anything."""
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if address in area)
        return sheet.cell(area.min_row, area.min_col)
    return cell


def _fill(cell: Any, color: str) -> None:
    """The old colour is kept behind the mark, where a solid fill does not show it, to be put back one day."""
    fill = cell.fill
    plain = fill.fill_type == "solid" and fill.fgColor.type == "rgb" and fill.fgColor.rgb not in MARKS
    cell.fill = PatternFill("solid", fgColor=color, bgColor=fill.fgColor.rgb if plain else _NO_FILL)


def _comment(cell: Any, words: str) -> None:
    own = cell.comment
    ours = f"{text('comment_head')}\n{words}"
    said = shown(f"{own.text}\n\n{ours}" if own else ours, _MOST_COMMENT)
    cell.comment = _sized(Comment(said, own.author if own else AUTHOR))


def _sized(comment: Comment) -> Comment:
    """A box as large as its text."""
    lines = sum(-(-max(len(line), 1) // _BOX_LETTERS) for line in comment.text.split("\n"))
    comment.width, comment.height = _BOX_WIDTH, lines * _BOX_LINE + 12
    return comment


def _margin(sheet: Worksheet, rows: dict[int, list[tuple[str, int]]]) -> None:
    """Words beside the marked rows, where the table ends: colours alone are lost on paper."""
    column = _first_free_column(sheet)
    if column > _MOST_COLUMN:
        return
    letter = get_column_letter(column)
    for row, said in rows.items():
        colors = sorted({color for color, _ in said}, key=lambda c: _RANK[c])
        words = "; ".join(_marker(color, [n for c, n in said if c == color]) for color in colors)
        cell = put(sheet, f"{letter}{row}", MARKER + words, size=10, bold=True, color=_MARKER_COLORS[colors[0]])
        cell.alignment = cell.alignment.copy(vertical="center")
    width = sheet.column_dimensions[letter].width
    sheet.column_dimensions[letter].width = max(width, _MARKER_WIDTH)
    sheet.column_dimensions[letter].hidden = False
    _print_up_to(sheet, column)


def _marker(color: str, numbers: Sequence[int]) -> str:
    names = {CRITICAL: "critical", FILLS[Severity.WARNING]: "warning", RELATED: "related"}
    return text(f"marker_{names[color]}", numbers=", ".join(map(str, dict.fromkeys(numbers))))


def _first_free_column(sheet: Worksheet) -> int:
    filled = (cell.column for cell in held(sheet) if cell.value is not None)
    merged = (area.max_col for area in sheet.merged_cells.ranges)
    return max(max(filled, default=0), max(merged, default=0)) + 1


def column_headed(sheet: Worksheet, heading: str) -> str:
    """Letter of the first column with that heading; empty where there is none."""
    wanted = heading.casefold()
    found = (c for c in held(sheet) if isinstance(c.value, str) and c.value.strip().casefold() == wanted)
    return next((str(cell.column_letter) for cell in found), "")


def _print_up_to(sheet: Worksheet, column: int) -> None:
    """Let the print area take in the markers, where there is one and it is a single one."""
    area = sheet.print_area
    if not area or "," in area:
        return
    left, top, right, bottom = range_boundaries(area.rpartition("!")[2].replace("$", ""))
    if right and right < column and left and top and bottom:
        sheet.print_area = f"{get_column_letter(left)}{top}:{get_column_letter(column)}{bottom}"


def take_off(book: Workbook) -> None:
    """Remove every mark of an earlier return, so that only what is still wrong is marked."""
    for sheet in book.worksheets:
        for cell in held(sheet):
            _unmark(cell)


def _unmark(cell: Any) -> None:
    if isinstance(cell, MergedCell):
        return
    if cell.comment and text("comment_head") in cell.comment.text:
        own = cell.comment.text.partition(text("comment_head"))[0].rstrip()
        cell.comment = _sized(Comment(own, cell.comment.author)) if own else None
    if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in MARKS:
        behind = cell.fill.bgColor
        known = behind.type == "rgb" and behind.rgb != _NO_FILL
        cell.fill = PatternFill("solid", fgColor=behind.rgb) if known else PatternFill()
    if isinstance(cell.value, str | CellRichText) and str(cell.value).startswith(MARKER):
        cell.value = None
