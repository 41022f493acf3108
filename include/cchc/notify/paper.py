"""Pieces of a one-page paper in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from cchc.notify.cells import FONT, shown
from cchc.store.packing import repacked

PAGE = (210, 297)
MARGINS = (20, 15, 30, 15)
"""Top, bottom, left, right in millimetres: NĐ 30/2020, Phụ lục I."""
ROOM = PAGE[0] - MARGINS[2] - MARGINS[3]
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "justify": WD_ALIGN_PARAGRAPH.JUSTIFY}


def new_paper() -> Document:
    """An empty A4 page, Times New Roman."""
    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    page = document.sections[0]
    page.page_width, page.page_height = map(Mm, PAGE)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = map(Mm, MARGINS)
    return document


def line(
    holder: Document | _Cell,
    words: str,
    *,
    size: float = 13,
    bold: bool = False,
    italic: bool = False,
    align: str = "left",
    before: float = 0,
    after: float = 2,
) -> Any:
    """One paragraph."""
    made = holder.add_paragraph()
    run = made.add_run(shown(words))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    made.alignment = _ALIGN[align]
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    made.paragraph_format.line_spacing = 1.0
    return made


def rule(holder: Document | _Cell, width: float, room: float) -> None:
    """A thin centred line, ``width`` of ``room`` millimetres, as the decree draws under headings."""
    made = holder.add_paragraph()
    shape = made.paragraph_format
    shape.space_after, shape.line_spacing = Pt(0), Pt(4)
    shape.left_indent = shape.right_indent = Mm((room - width) / 2)
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    made._p.get_or_add_pPr().insert_element_before(parse_xml(border), "w:spacing", "w:ind", "w:jc", "w:rPr")


def side_by_side(document: Document, widths: Sequence[float]) -> list[_Cell]:
    """A borderless row of cells without their empty first paragraph."""
    cells = _row(document.add_table(rows=1, cols=len(widths)), 0, widths)
    for cell in cells:
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)
    return cells


def facts(
    document: Document, rows: Sequence[tuple[str, str]], widths: tuple[float, float], bold: frozenset[str]
) -> None:
    """A bordered table of labels and values; the values of the labels in ``bold`` are set so."""
    table = document.add_table(rows=len(rows), cols=2)
    table.style = "Table Grid"
    for place, (label, value) in enumerate(rows):
        for cell, words, strong in zip(_row(table, place, widths), (label, value), (False, label in bold), strict=True):
            first = cell.paragraphs[0]
            run = first.add_run(shown(words))
            run.bold, run.font.size = strong, Pt(12)
            first.paragraph_format.space_before = first.paragraph_format.space_after = Pt(2)


def _row(table: Any, place: int, widths: Sequence[float]) -> list[_Cell]:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    cells = list(table.rows[place].cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
    return cells


def finished(document: Document, title: str, author: str, stamp: datetime) -> bytes:
    """The document's bytes: its content decides them, no clock."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = shown(title), author, author
    about.created = about.modified = stamp.replace(tzinfo=None, microsecond=0)
    about.comments, about.language, about.revision = "", "vi-VN", 1
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())
