"""The form's own sheet of text, where the report goes on upward: what the senders wrote, section by section."""

from __future__ import annotations

from collections import defaultdict

from cchc.catalogue.form_texts import text as form_text
from cchc.catalogue.forms import NARRATIVE_SHEET
from cchc.catalogue.tables import rows
from cchc.report.book import Book, row_height, text_lines
from cchc.report.facts import Facts

_WIDTHS = (8, 36, 72)
_HEADING_ROW = 3
_LONGEST = 32_000
"""Characters that a cell holds, with room to spare."""


def write(book: Book, facts: Facts) -> None:
    """Write the sheet; nothing where no level stands above the authority."""
    if facts.sender is None:
        return
    sheet = book.sheet(NARRATIVE_SHEET, footer=f"{facts.authority.body} - {facts.period.label}")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 2, form_text("narrative_title"), book.style("title"))
    for column, key in enumerate(("narrative_item", "narrative_heading", "narrative_text")):
        sheet.write_string(_HEADING_ROW, column, form_text(key), book.style("head"))
    said = by_section(facts)
    for row, section in enumerate(rows("narrative_sections"), start=_HEADING_ROW + 1):
        words = said.get(section["section"], "")
        lines = max(text_lines(words, _WIDTHS[2]), text_lines(section["heading"], _WIDTHS[1]))
        sheet.set_row(row, min(row_height(lines), 400))
        for column, value in enumerate((section["section"], section["heading"], words)):
            sheet.write_string(row, column, value, book.style("wrap"))
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    sheet.repeat_rows(_HEADING_ROW)


def by_section(facts: Facts) -> dict[str, str]:
    """Text by section; where several wrote, each paragraph begins with who did."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in facts.c.narratives:
        if item.text.strip():
            found[item.section].append((item.unit_name, item.text.strip()))
    return {section: _joined(parts)[:_LONGEST] for section, parts in found.items()}


def _joined(parts: list[tuple[str, str]]) -> str:
    if len(parts) == 1:
        return parts[0][1]
    return "\n".join(f"{name}: {words}" for name, words in parts)
