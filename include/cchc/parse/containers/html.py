"""HTML that a web page exported or that somebody saved as .xls: every table is a sheet. Also MHTML."""

from __future__ import annotations

import math
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError, _Comment, _ProcessingInstruction

from cchc.catalogue import headings
from cchc.parse.archive import RefusedError
from cchc.parse.containers.assemble import Sheet, is_error, prose
from cchc.parse.containers.encoding import text_of
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_COLUMNS

_ROWS = "./tr|./thead/tr|./tbody/tr|./tfoot/tr"
_BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "tr", "center", "title", "caption"))
_UNSEEN = frozenset(("script", "style", "head", "xml"))
_SET_APART = frozenset(("s", "strike", "del", "sup", "sub"))
_SET_APART_BY_STYLE = ("line-through", "vertical-align:su", "display:none", "visibility:hidden")
_LONGEST_NAME = 80
_MOST_SPAN = 1000
_PROSE = "Văn bản"


def read(data: bytes) -> list[Sheet]:
    """Every table of a page, after the text that stands outside tables."""
    return _sheets(text_of(data))


def read_mime(data: bytes) -> list[Sheet]:
    """The same of every page in an MHTML file."""
    message = message_from_bytes(data, policy=policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    found = (_sheets(text_of(part.get_payload(decode=True) or b"")) for part in pages)  # type: ignore[arg-type]
    return [sheet for sheets in found for sheet in sheets]


def _sheets(text: str) -> list[Sheet]:
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        page = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError) as error:
        raise RefusedError(Kind.DAMAGED) from error
    units = _units_before(page)
    tables = [_table(table, units.get(table, "")) for table in page.iter("table")]
    outside = prose(list(_outside(page)) if tables else [], _PROSE)
    return [*([outside] if outside.cells else []), *tables]


def _outside(page: Any) -> Iterator[str]:
    """Lines of text that stand in no table."""
    line: list[str] = []
    for element, text in _texts(page):
        if element is not None and element.tag in _BLOCKS and line:
            yield from filter(None, [" ".join(" ".join(line).split())])
            line = []
        line.append(text)
    yield from filter(None, [" ".join(" ".join(line).split())])


def _texts(page: Any) -> Iterator[tuple[Any, str]]:
    """Text outside tables, each piece with the element that begins there, if one does."""
    inside = 0
    for event, element in lxml_html.etree.iterwalk(page, events=("start", "end")):
        closed = element.tag == "table" or element.tag in _UNSEEN
        if event == "start":
            inside += closed
            if not inside:
                yield element, element.text or ""
        else:
            inside -= closed
            if not inside:
                yield None, element.tail or ""


def _units_before(page: Any) -> dict[Any, str]:
    """The line "Đơn vị tính: …" that stands right before a table, which speaks of that table alone."""
    found: dict[Any, str] = {}
    last, inside = "", 0
    for event, element in lxml_html.etree.iterwalk(page, events=("start", "end")):
        table = element.tag == "table"
        if event == "start":
            if table and not inside and headings.unit_of(last):
                found[element] = last
            inside += table
        else:
            inside -= table
        text = element.text if event == "start" else element.tail
        if table and event == "end":
            last = ""
        if not inside and text and text.strip():
            last = " ".join(text.split())
    return found


def _table(table: Any, unit: str) -> Sheet:
    sheet = Sheet(_name(table))
    sheet.put(0, 0, unit)
    taken: dict[int, int] = {}
    for row, line in enumerate(table.xpath(_ROWS), start=int(bool(unit))):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while taken.get(column, 0) > row:
                column += 1
            if column >= MOST_COLUMNS:
                break
            _put(sheet, row, column, cell)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(column, column + width):
                taken[place] = row + height
            column += width
    return sheet


def _put(sheet: Sheet, row: int, column: int, cell: Any) -> None:
    shown = _text(cell)
    number = _number(cell)
    error = cell.get("x:err")
    if error:
        sheet.put(row, column, error)
    elif number is None or is_error(shown):  # LibreOffice keeps 0 beside an error
        sheet.put(row, column, shown, mixed=_is_mixed(cell))
    else:
        sheet.put(row, column, number, percent=shown.endswith("%") and not _says_the_same(shown, number))


def _number(cell: Any) -> float | None:
    """The number that the program which wrote the page keeps beside what it shows."""
    for name in ("x:num", "sdval"):
        try:
            number = float(cell.get(name) or "nan")
        except ValueError:
            continue
        if math.isfinite(number):
            return number
    return None


def _is_mixed(cell: Any) -> bool:
    """True where a part of the text is struck out or raised: what it says does not belong to the rest."""
    return any(
        part is not cell
        and (
            part.tag in _SET_APART
            or any(word in part.get("style", "").replace(" ", "") for word in _SET_APART_BY_STYLE)
        )
        and _text(part)
        for part in cell.iter("s", "strike", "del", "sup", "sub", "span", "font")
    )


def _says_the_same(shown: str, number: float) -> bool:
    """True where the sign of percent is mere text behind the number itself, which is no hundredfold of it."""
    try:
        said = float(shown.rstrip(" %").replace(",", "."))
    except ValueError:
        return False
    return abs(said - number) < abs(said - number * 100)


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text[:5]), 1), _MOST_SPAN) if text.isascii() and text.isdigit() else 1


def _text(element: Any) -> str:
    """What a person reads in a cell; a table within it is a sheet of its own."""
    pieces: list[str] = []
    _gather(element, pieces)
    return "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\v")).strip()


def _gather(element: Any, pieces: list[str]) -> None:
    pieces.append(" ".join((element.text or "").split("\n")))
    for child in element:
        if not isinstance(child, (_Comment, _ProcessingInstruction)) and child.tag not in ("table", "script", "style"):
            if child.tag in _BLOCKS:
                pieces.append("\v")
            _gather(child, pieces)
        pieces.append(" ".join((child.tail or "").split("\n")))


def _name(table: Any) -> str:
    """A caption, or the heading that stands right before: LibreOffice names the sheet there."""
    caption = table.find("caption")
    if caption is not None:
        return _text(caption)
    for before in table.xpath("preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::table][1]"):
        if before.tag != "table":
            inner = before.find(".//em")
            name = _text(before if inner is None else inner)
            return name if len(name) <= _LONGEST_NAME else ""
    return ""
