"""Writing into a workbook that goes back: text stays text, whatever a file held."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
MOST_SHOWN = 600
"""Characters of a text that a list or a comment shows; the rest is in the file itself."""
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
# Neither XML nor a screen can show these; the last group turns the reading direction and so can disguise a text.
_NEVER_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_THIN = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LINE_POINTS = 15.5
_HIGHEST = 400
_PADDING = 1.5


def shown(text: str, most: int = MOST_SHOWN) -> str:
    """A text as a person may be shown it: no control characters, too long ones cut with an ellipsis."""
    kept = _NEVER_SHOWN.sub("", text)
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def held(sheet: Worksheet) -> list[Any]:
    """The cells that the file has; walking over rows would make one for every gap."""
    return list(sheet._cells.values())


def put(
    sheet: Worksheet,
    address: str,
    text: str,
    *,
    size: float = 11,
    bold: bool = False,
    italic: bool = False,
    color: str = "000000",
    fill: str = "",
    across: str = "left",
    boxed: bool = False,
) -> Any:
    """Write text that can never turn into a formula, wrapped, in a look of its own; return the cell."""
    cell: Any = sheet[address]
    cell.value = shown(text) or None
    if cell.value:
        cell.data_type = "s"  # else "=1" would be a formula and "#REF!" an error
        cell.quotePrefix = cell.value.startswith(_FORMULA_MARKS)
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic, color=color)
    cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill)
    if boxed:
        cell.border = _BOX
    return cell


def height(texts: dict[str, float], size: float = 11) -> float:
    """Points that a row needs for texts given with the width of their column."""
    lines = max((_lines(text, width, size) for text, width in texts.items()), default=1)
    return min(lines * _LINE_POINTS * size / 11 + 4, _HIGHEST)


def _lines(text: str, width: float, size: float) -> int:
    """Words are never parted, so that a narrow column takes more lines than the letters alone would."""
    room = max((width - _PADDING) * 11 / size * 1.08, 4)
    return sum(_wrapped(line.split(), room) for line in shown(text).split("\n"))


def _wrapped(words: list[str], room: float) -> int:
    lines, used = 1, 0.0
    for word in words:
        needed = len(word) + (1 if used else 0)
        if used and used + needed > room:
            lines, used, needed = lines + 1, 0.0, len(word)
        used += needed
        while used > room:
            lines, used = lines + 1, used - room
    return lines


def heading_row(sheet: Worksheet, row: int, headings: list[str], widths: tuple[float, ...]) -> None:
    """Write the headings of a table, set the widths, and keep the headings on screen, on every page, as filters."""
    for column, (words, width) in enumerate(zip(headings, widths, strict=True), start=1):
        letter = get_column_letter(column)
        put(sheet, f"{letter}{row}", words, bold=True, color="FFFFFF", fill="1F4E78", across="center", boxed=True)
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[row].height = height(dict(zip(headings, widths, strict=True)))
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"
