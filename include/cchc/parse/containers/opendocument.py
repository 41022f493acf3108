"""What an .ods tells of its cells beyond their values: percentages, errors, formulas without result, other files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from cchc.parse.archive import Parts, RefusedError
from cchc.parse.grid import MIXED, PERCENT, UNCOMPUTED
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_ROWS

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_MANIFEST = "META-INF/manifest.xml"
_OTHER_FILE = re.compile(r"'file:[^']*/([^'/#]+)'#")


@dataclass
class Facts:
    """Of one file: notes by sheet name and 0-based row and column; other files that formulas refer to."""

    sheets: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)


def look(parts: Parts) -> Facts:
    """Look into the content.

    Raises:
        RefusedError: If it is locked or no well-formed XML.
    """
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise RefusedError(Kind.ENCRYPTED)
    facts = Facts()
    apart: set[str] = set()
    events = etree.iterparse(
        BytesIO(parts["content.xml"]), events=("end",), tag=(f"{_TABLE}table", f"{_STYLE}style"),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        for _, element in events:
            if element.tag == f"{_STYLE}style":
                apart |= {element.get(f"{_STYLE}name")} if _sets_apart(element) else set()
            else:
                facts.sheets[element.get(f"{_TABLE}name", "")] = _notes(element, facts.links, apart)
                element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(Kind.DAMAGED) from error
    return facts


def _sets_apart(style: Any) -> bool:
    """True for a style that strikes out or raises a part of a text."""
    return style.get(f"{_STYLE}family") == "text" and any(
        any(text.get(f"{_STYLE}text-line-through-{what}", "none") != "none" for what in ("style", "type"))
        or text.get(f"{_STYLE}text-position", "").startswith(("su", "-", "1", "2", "3", "4", "5"))
        for text in style.iter(f"{_STYLE}text-properties")
    )


def _notes(table: Any, links: list[str], apart: set[str]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            note = _note(cell) or (MIXED if apart and _is_mixed(cell, apart) else "")
            if note:
                found[row, column] = note
            links += [name for name in _OTHER_FILE.findall(cell.get(f"{_TABLE}formula", "")) if name not in links]
            column += _times(cell, "number-columns-repeated")
        row += _times(line, "number-rows-repeated")
        if row > MOST_ROWS:
            break
    return found


def _is_mixed(cell: Any, apart: set[str]) -> bool:
    return any(span.get(f"{_TEXT}style-name") in apart for span in cell.iterfind(f"{_TEXT}p//{_TEXT}span"))


def _note(cell: Any) -> str:
    if cell.get(f"{_CALC}value-type") == "error":
        return "".join(cell.itertext()).strip() or "#VALUE!"
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None and cell.get(f"{_TABLE}formula"):
        return UNCOMPUTED
    return PERCENT if kind == "percentage" else ""


def _times(element: Any, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
