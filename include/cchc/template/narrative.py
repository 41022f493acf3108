"""The sheet of the report's text part, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cchc.catalogue.form_texts import text
from cchc.catalogue.tables import rows
from cchc.template import page
from cchc.template.cells import put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"A": 8, "B": 36, "C": 72}
_HEADING_ROW = 4
_EMPTY_HEIGHT = 50


def write(sheet: Worksheet, narrative: Mapping[str, str]) -> None:
    """Fill the sheet; ``narrative`` holds text by section."""
    for row, key, style in ((1, "narrative_title", "cchc title"), (2, "narrative_hint", "cchc hint")):
        put_text(sheet, f"A{row}", text(key), style)
        page.merge(sheet, f"A{row}:C{row}")
        sheet.row_dimensions[row].height = page.height(text(key), sum(_WIDTHS.values()), 13)
    for column, key in zip("ABC", ("narrative_item", "narrative_heading", "narrative_text"), strict=True):
        put_text(sheet, f"{column}{_HEADING_ROW}", text(key), "cchc heading")
    for row, section in enumerate(rows("narrative_sections"), start=_HEADING_ROW + 1):
        _section(sheet, row, section, narrative.get(section["section"], ""))
    page.set_up(sheet, _WIDTHS, repeat=_HEADING_ROW)
    page.protect(sheet)


def _section(sheet: Worksheet, row: int, section: Mapping[str, str], words: str) -> None:
    open_ = bool(section["required"])
    heading = "\n".join(filter(None, (section["heading"], section["hint"] and f"({section['hint']})")))
    put_text(sheet, f"A{row}", section["section"], "cchc code" if open_ else "cchc group")
    put_text(sheet, f"B{row}", heading, "cchc name" if open_ else "cchc group")
    put_text(sheet, f"C{row}", words, "cchc words" if open_ else "cchc group")
    if not open_:
        page.merge(sheet, f"B{row}:C{row}")
        return
    needed = max(page.height(words, _WIDTHS["C"]), page.height(heading, _WIDTHS["B"]))
    sheet.row_dimensions[row].height = max(needed, _EMPTY_HEIGHT)
