"""Pieces of a Word document as markup, set into a template: paragraphs of its styles, tables, bookmarks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cchc.report import letters, spoken
from cchc.report.figures import Register
from cchc.report.spoken import Marks

PORTRAIT = (210, 297)
MARGINS = (20, 20, 30, 15)
"""Top, bottom, left, right in millimetres: NĐ 30/2020/NĐ-CP, Phụ lục I."""
_SMALL, _SMALLEST = 11, 6
"""Type sizes in tables; a number or word that is too wide is set smaller, never broken."""
_PADDING = 1.0
"""Millimetres at each side of a table cell."""
_POINT = 25.4 / 72
_TWIPS = 56.7
"""Twentieths of a point in a millimetre."""
_BOLD = 0.92
"""Share of the room that bold letters leave."""
_FIRST_BOOKMARK = 1000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_WHITE = re.compile(r"[\s\a]+")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "{": "&#123;", "}": "&#125;"})


def clean(text: str) -> str:
    """Text without characters that no document may hold."""
    return _UNPRINTABLE.sub("", text)


def foreign(text: str) -> str:
    """Text of others on one line, in which nothing passes for a mark of ours."""
    return spoken.quiet(clean(_WHITE.sub(" ", text)))


def markup(text: str) -> str:
    """Text on one line as markup in which nothing is a tag, of Word or of the template."""
    return clean(_WHITE.sub(" ", text) if not text.isprintable() else text).translate(_ESCAPED)


def paragraph(text: str, style: str, *, keep: bool = False) -> str:
    """One paragraph of a style, given by its id; ``keep`` holds it on the page of the next."""
    kept = "<w:keepNext/>" if keep else ""
    run = f'<w:r><w:t xml:space="preserve">{markup(text)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{run}</w:p>'


def table(
    widths: Sequence[float],
    head: Sequence[str],
    aligns: Sequence[str],
    rows: Iterable[Sequence[str]],
    style: str,
    cell_style: str,
) -> str:
    """A table with its heading row, which is repeated on each page.

    Args:
        widths: Of the columns, in millimetres.
        head: Headings.
        aligns: ``left``, ``center``, ``right`` of each column.
        rows: Texts of the cells.
        style: Id of the table's style.
        cell_style: Id of its paragraphs' style.
    """
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    padding = f'w:w="{_twips(_PADDING)}" w:type="dxa"'
    first = "".join(
        _cell(*cell, cell_style, bold=True) for cell in zip(widths, head, ["center"] * len(widths), strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left {padding}/><w:right {padding}/></w:tblCellMar>'
        f'<w:tblLook w:val="0420"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{first}</w:tr>"
        + "".join(_rows(widths, aligns, rows, cell_style))
        + "</w:tbl>"
    )


def fitting_size(text: str, width: float) -> float:
    """Type size, a multiple of a half, at which no word is broken in a cell that many millimetres wide."""
    widest = max(map(letters.width, text.split()), default=0)
    room = (width - 2 * _PADDING - 0.5) / _POINT
    return _SMALL if widest * _SMALL <= room * 1000 else max(int(2000 * room / widest) / 2, _SMALLEST)


def bookmark_figures(document: Document, marks: Marks, register: Register) -> None:
    """Note every figure that the document prints, in its order, and set the bookmark of its name around it."""
    marked = [text for text in document.element.body.iter(qn("w:t")) if spoken.is_marked(text.text or "")]
    numbers = count(_FIRST_BOOKMARK)
    for run in dict.fromkeys(text.getparent() for text in marked):
        for made in _parts_of_run(run, marks, register, numbers):
            run.addprevious(made)
        run.getparent().remove(run)


def draw_rules(document: Document, shares: dict[str, float]) -> None:
    """Make lines as long as the decree wants: a share of the text above, by the id of the line's style."""
    for line in document.element.body.iter(qn("w:p")):
        style = line.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        share = shares.get(style.get(qn("w:val"))) if style is not None else None
        above = line.getprevious()
        if share is None or above is None or above.tag != qn("w:p"):
            continue
        room = _room(line)
        written = Paragraph(above, document)
        size, weight = _type_of(written)
        length = min(letters.width(written.text.strip()) / 1000 * size * weight, room)
        shape = Paragraph(line, document).paragraph_format
        shape.left_indent = shape.right_indent = Pt(round((room - length * share) / 2, 1))


def _parts_of_run(run: Any, marks: Marks, register: Register, numbers: Iterator[int]) -> Iterator[Any]:
    """The run again as runs of its own look with bookmarks between them."""
    for child in run:
        if child.tag == qn("w:t"):
            for shown, figure in marks.pieces(child.text or ""):
                made, number = _run_like(run, _text(shown)), next(numbers)
                if figure is not None:
                    name = register.mark(figure.code, figure.scope, figure.value, figure.text, figure.made)
                    yield _mark("w:bookmarkStart", number, name)
                yield made
                if figure is not None:
                    yield _mark("w:bookmarkEnd", number)
        elif child.tag != qn("w:rPr"):
            yield _run_like(run, copy.deepcopy(child))


def _run_like(run: Any, content: Any) -> Any:
    made = OxmlElement("w:r")
    look = run.find(qn("w:rPr"))
    if look is not None:
        made.append(copy.deepcopy(look))
    made.append(content)
    return made


def _text(shown: str) -> Any:
    made = OxmlElement("w:t")
    made.text = shown
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _mark(tag: str, number: int, name: str = "") -> Any:
    made = OxmlElement(tag)
    made.set(qn("w:id"), str(number))
    if name:
        made.set(qn("w:name"), name)
    return made


def _room(line: Any) -> float:
    """Points across the cell or the page that holds a paragraph."""
    cell = line.getparent()
    if cell.tag == qn("w:tc"):
        return float(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) / 20
    section = next(found for found in line.xpath("following::w:sectPr | ancestor::w:body/w:sectPr"))
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return (int(page.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))) / 20


def _type_of(written: Paragraph) -> tuple[float, float]:
    """Type size in points and how much wider than plain letters those of the paragraph's style are."""
    style: Any = written.style
    return (style.font.size or Pt(14)).pt, (1 / _BOLD if style.font.bold else 1)


def _rows(widths: Sequence[float], aligns: Sequence[str], rows: Iterable[Sequence[str]], style: str) -> Iterator[str]:
    for row in rows:
        cells = "".join(_cell(*cell, style) for cell in zip(widths, row, aligns, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(width: float, text: str, align: str, style: str, *, bold: bool = False) -> str:
    size = fitting_size(spoken.plain(text), width * (_BOLD if bold else 1))
    small = f'<w:sz w:val="{round(2 * size)}"/>' if size < _SMALL else ""
    look = f"<w:rPr>{'<w:b/>' if bold else ''}{small}</w:rPr>" if bold or small else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{markup(text)}</w:t></w:r></w:p></w:tc>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)
