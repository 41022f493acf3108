"""Annexes of the document: a landscape section for each area, then the units that are late or missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cchc.catalogue.indicators import areas
from cchc.report import numerals
from cchc.report.facts import PERCENT, Facts, in_state
from cchc.report.outline import texts
from cchc.report.page import MARGINS, PORTRAIT, add_row, grid, paragraph, rule, set_page
from cchc.report.sentences import STATES, Sentences
from cchc.report.sheet_annex import line
from cchc.report.sheet_lists import status_line
from cchc.report.texts import columns

_ROOM = PORTRAIT[1] - MARGINS[2] - MARGINS[3]


def annexes(document: Document, facts: Facts, sentences: Sentences) -> None:
    """Write all annexes."""
    words = texts()["heading"]
    for number, area in enumerate(facts.areas, start=1):
        title = words["annex_title"].format(area=areas()[area]["name"].upper())
        _annex_head(document, sentences, number, title, words["annex_note"])
        lines = [line(facts, total, place) for place, total in enumerate(facts.area_totals(area), start=1)]
        _table(document, "docx_annex", lines)
    states = [state for group in STATES.values() for state in group]
    late = in_state(facts.c.statuses, *states)
    if late:
        number = len(facts.areas) + 1
        _annex_head(document, sentences, number, words["annex_status"], words["annex_status_note"])
        _table(document, "docx_status", [status_line(place, row) for place, row in enumerate(late, start=1)])


def _annex_head(document: Document, sentences: Sentences, number: int, title: str, note: str) -> None:
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape=True, restart=True)
    _thin_break(document)
    words = texts()["heading"]
    paragraph(document, words["annex"].format(roman=numerals.roman(number)), bold=True, align="center", after=0)
    paragraph(document, title, bold=True, align="center", after=0)
    reference = sentences.fill(words["annex_reference"])
    paragraph(document, reference, size=13, italic=True, align="center", after=5)
    rule(document, 45, _ROOM)
    paragraph(document, sentences.fill(note), size=12, italic=True, align="center", after=6)


def _thin_break(document: Document) -> None:
    """Make the empty paragraph that carries the last section break too thin to start a page of its own."""
    carrier = document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    break_ = Paragraph(carrier, document)
    break_.paragraph_format.space_before = break_.paragraph_format.space_after = Pt(0)
    break_.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    break_.paragraph_format.line_spacing = Pt(1)


def _table(document: Document, name: str, lines: Sequence[dict[str, Any]]) -> None:
    layout = columns(name)
    widths = [column.width for column in layout]
    made = grid(document, widths, [column.heading for column in layout])
    aligns = [column.kind for column in layout]
    for item in lines:
        add_row(made, widths, [_text(item.get(column.key), item.get("uom")) for column in layout], aligns)


def _text(value: Any, uom: str | None) -> str:
    show: Callable[[Any], str] = str
    if value is None:
        return ""
    if isinstance(value, Decimal):
        show = numerals.share if uom == PERCENT else numerals.number
    elif isinstance(value, datetime):
        show = numerals.moment
    return show(value)
