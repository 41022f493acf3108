"""Where things stand in an issued form. The reader does not use this: it finds them by heading and code."""

from __future__ import annotations

from cchc.catalogue.forms import Form

TITLE_ROW, SUBTITLE_ROW, HINT_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 5, 6
NUMBER, CODE, NAME, UOM, FIGURE, NOTE = "ABCDEF"
COVER_LABEL, COVER_VALUE = "B", "C"
Places = dict[str, tuple[str, str]]


def address(form: Form) -> Places:
    """Sheet and cell of each figure, by code."""
    return {
        row.indicator.code: (sheet, f"{FIGURE}{FIRST_ROW + place}")
        for area, sheet in form.sheets.items()
        for place, row in enumerate(form.area_rows(area))
    }


def reference(places: Places, code: str) -> str:
    """The figure's cell as a formula names it from any sheet."""
    sheet, cell = places[code]
    return f"'{sheet}'!{cell}"
