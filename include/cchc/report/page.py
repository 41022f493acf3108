"""Pieces of a Word document in the layout of Nghị định 30/2020/NĐ-CP: pages, paragraphs, lines, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from cchc.report import letters

FONT = "Times New Roman"
BODY = 14
PORTRAIT = (210, 297)
# top, bottom, left, right in millimetres: NĐ 30/2020, Phụ lục I
MARGINS = (20, 20, 30, 15)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_SMALL, _SMALLEST = 11, 6
"""Type sizes in tables; a number or word that is too wide is set smaller, never broken."""
_PADDING = 1.0
"""Millimetres at each side of a table cell."""
_POINT = 25.4 / 72
_BOLD = 0.92
"""Share of the room that bold letters leave."""
_CELL_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="{round(_PADDING * 56.7)}" w:type="dxa"/>'
    f'<w:right w:w="{round(_PADDING * 56.7)}" w:type="dxa"/></w:tblCellMar>'
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without characters that no document may hold."""
    return _UNPRINTABLE.sub("", text)


def set_defaults(document: Document) -> None:
    """Times New Roman 14, justified, Vietnamese."""
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
    style.paragraph_format.space_after = Pt(0)


def set_page(section: Section, *, landscape: bool = False, restart: bool = False) -> None:
    """A4 with the margins of the decree; the page number stands centred on top, not on the first page."""
    width, height = reversed(PORTRAIT) if landscape else PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, MARGINS)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    if restart:
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        section._sectPr.append(numbering)


def number_pages(section: Section) -> None:
    """Page numbers for this section and all that follow it."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN["center"]
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run._r.append(_field_mark(kind) if kind else _field_code(text))


def paragraph(
    holder: Document | _Cell,
    text: str,
    *,
    size: float = BODY,
    bold: bool = False,
    italic: bool = False,
    align: str = "justify",
    indent: float = 0,
    after: float = 6,
    keep: bool = False,
) -> Paragraph:
    """One paragraph; ``indent`` is that of its first line in millimetres."""
    made = holder.add_paragraph()
    run = made.add_run(clean(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    made.alignment = ALIGN[align]
    shape = made.paragraph_format
    shape.first_line_indent, shape.space_after, shape.line_spacing = Mm(indent), Pt(after), 1.1
    shape.keep_with_next = keep
    return made


def rule(holder: Document | _Cell, width: float, room: float) -> None:
    """A thin centred line, ``width`` of ``room`` millimetres, as the decree draws under headings."""
    made = holder.add_paragraph()
    made.paragraph_format.space_after = Pt(0)
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm((room - width) / 2)
    made.paragraph_format.line_spacing = Pt(4)
    border = '<w:pBdr {}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    properties = made._p.get_or_add_pPr()
    properties.insert_element_before(parse_xml(border.format(nsdecls("w"))), "w:spacing", "w:ind", "w:jc", "w:rPr")


def side_by_side(document: Document, widths: Sequence[float]) -> list[_Cell]:
    """A borderless table of one row; its cells come without their empty first paragraph."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    cells = list(table.rows[0].cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
        _no_padding(cell)
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)
    return cells


def grid(document: Document, widths: Sequence[float], head: Sequence[str]) -> Table:
    """A bordered table with its heading row, which is repeated on each page."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(parse_xml(_CELL_MARGINS))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    add_row(table, widths, head, ["center"] * len(widths), bold=True)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    return table


def add_row(
    table: Table, widths: Sequence[float], texts: Iterable[str], aligns: Sequence[str], *, bold: bool = False
) -> None:
    """A row of plain text cells, written as markup: cell by cell access is slow in long tables."""
    cells = "".join(_cell(*cell, bold) for cell in zip(widths, texts, aligns, strict=True))
    row = f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    table._tbl.append(parse_xml(row))


def fitting_size(text: str, width: float) -> float:
    """Type size, a multiple of a half, at which no word is broken in a cell that many millimetres wide."""
    widest = max(map(letters.width, text.split()), default=0)
    room = (width - 2 * _PADDING - 0.5) / _POINT
    return _SMALL if widest * _SMALL <= room * 1000 else max(int(2000 * room / widest) / 2, _SMALLEST)


def _cell(width: float, text: str, align: str, bold: bool) -> str:
    inner = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    weight = "<w:b/>" if bold else ""
    size = f'<w:sz w:val="{round(2 * fitting_size(text, width * (_BOLD if bold else 1)))}"/>'
    spacing = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * 56.7)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{spacing}<w:jc w:val="{align}"/><w:rPr>{size}</w:rPr></w:pPr>'
        f'<w:r><w:rPr>{weight}{size}</w:rPr><w:t xml:space="preserve">{inner}</w:t></w:r></w:p></w:tc>'
    )


def _no_padding(cell: _Cell) -> None:
    margins = '<w:tcMar {}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    cell._tc.get_or_add_tcPr().append(parse_xml(margins.format(nsdecls("w"))))


def _field_mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _field_code(text: str) -> Any:
    code = OxmlElement("w:instrText")
    code.text = text
    return code
