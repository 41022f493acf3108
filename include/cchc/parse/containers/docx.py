"""A Word document with tables: every table is a sheet, the paragraphs between them another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from cchc.catalogue import headings
from cchc.parse.archive import Parts, RefusedError
from cchc.parse.containers.assemble import Sheet, prose
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_COLUMNS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SET_APART = ("strike", "dstrike", "vertAlign", "vanish")
_LONGEST_NAME = 80
_PROSE = "Văn bản"


def read(parts: Parts) -> list[Sheet]:
    """The paragraphs outside tables as one sheet, then every table; nothing where there is no table.

    Raises:
        RefusedError: If the document is no well-formed XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        document = etree.fromstring(parts["word/document.xml"].replace(_STRICT, _W[1:-1].encode()), parser)  # noqa: S320
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(Kind.DAMAGED) from error
    lines: list[str] = []
    tables: list[Sheet] = []
    for block in _blocks(document):
        if block.tag == f"{_W}p":
            lines += filter(None, _text(block).split("\n"))
        else:
            tables.append(_table(block, lines[-2:]))
    outside = prose(lines if tables else [], _PROSE)
    return [*([outside] if outside.cells else []), *tables]


def _blocks(document: Any) -> Iterator[Any]:
    """Paragraphs outside tables, and tables with those within them, in reading order."""
    for element in document.iter(f"{_W}p", f"{_W}tbl"):
        if element.tag == f"{_W}tbl" or next(element.iterancestors(f"{_W}tbl"), None) is None:
            yield element


def _table(table: Any, before: list[str]) -> Sheet:
    unit = before.pop() if before and headings.unit_of(before[-1]) else ""
    name = before[-1] if before else ""
    sheet = Sheet(name if len(name) <= _LONGEST_NAME else "")
    row = int(bool(unit))
    sheet.put(0, 0, unit)
    for line in table.iterfind(f"{_W}tr"):
        if line.find(f"{_W}trPr/{_W}del") is not None:
            continue  # struck out with tracked changes
        _row(sheet, line, row)
        row += 1
    return sheet


def _row(sheet: Sheet, line: Any, row: int) -> None:
    column = _number(line.find(f"{_W}trPr/{_W}gridBefore"), 0)
    for cell in line.iterfind(f".//{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not line:
            continue
        if column >= MOST_COLUMNS:
            break
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merged is None or merged.get(f"{_W}val") == "restart":
            own = [p for p in cell.iter(f"{_W}p") if next(p.iterancestors(f"{_W}tc")) is cell]
            sheet.put(row, column, "\n".join(filter(None, map(_text, own))), mixed=any(map(_is_mixed, own)))
        column += _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)


def _number(element: Any, otherwise: int) -> int:
    text = "" if element is None else element.get(f"{_W}val", "")
    return min(int(text), MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _is_mixed(paragraph: Any) -> bool:
    """True where a part is struck out or raised by its format: what it says does not belong to the rest."""
    return any(
        any(_is_on(style.get(f"{_W}val", "")) for tag in _SET_APART for style in run.iterfind(f"{_W}rPr/{_W}{tag}"))
        for run in paragraph.iter(f"{_W}r")
        if any((text.text or "").strip() for text in run.iterfind(f"{_W}t"))
    )


def _is_on(value: str) -> bool:
    return value not in ("0", "false", "off", "baseline")


def _text(paragraph: Any) -> str:
    """What stands there; text struck out with tracked changes is in elements of another name."""
    pieces = []
    for run in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        match run.tag.removeprefix(_W):
            case "t":
                pieces.append(run.text or "")
            case "tab":
                pieces.append(" ")
            case "noBreakHyphen":
                pieces.append("-")
            case _:
                pieces.append("\n")
    return "".join(pieces).strip()
