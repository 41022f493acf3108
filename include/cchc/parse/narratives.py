"""The text part, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import NARRATIVE_SHEET
from cchc.catalogue.tables import rows
from cchc.model.observation import Narrative
from cchc.parse.grid import Grid
from cchc.parse.sheets import by_name
from cchc.parse.words import clean, fold, plain


def read(sheets: Sequence[Grid]) -> tuple[Narrative, ...]:
    """Sections that are not empty, in the sheet's order; none where there is no such sheet.

    Where no sheet has the right name, as in a .csv, the first one with the right headings is it.
    """
    grid = by_name(sheets, NARRATIVE_SHEET) or next((grid for grid in sheets if _heading(grid)), None)
    return tuple(_sections(grid)) if grid else ()


def _sections(grid: Grid) -> Iterator[Narrative]:
    place = _heading(grid)
    if place is None:
        return
    head, item, words = place
    wanted = {row["section"] for row in rows("narrative_sections") if row["required"]}
    for row in range(head + 1, len(grid.rows)):
        section = plain(grid.value(row, item)).rstrip(".")
        value = grid.value(row, words)
        said = clean(value) if isinstance(value, str) else plain(value)
        if section in wanted and said:
            wanted.discard(section)
            yield Narrative(section, said, grid.name, grid.cell(row, words))


def _heading(grid: Grid) -> tuple[int, int, int] | None:
    """Row of the headings, column of the section numbers, column of the text."""
    item, words = fold(text("narrative_item")), fold(text("narrative_text"))
    for row, line in enumerate(grid.rows):
        folded = [fold(value) if isinstance(value, str) else "" for value in line]
        if item in folded and words in folded:
            return row, folded.index(item), folded.index(words)
    return None
