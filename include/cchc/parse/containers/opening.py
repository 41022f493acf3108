"""Opens a file of any container; to be called in a process of its own only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter

from cchc.model.submission import Issue
from cchc.parse import native
from cchc.parse.archive import Parts, RefusedError, unpack
from cchc.parse.book import Workbook
from cchc.parse.containers import biff, biff12, delimited, docx, html, opendocument, recognise, sheetxml
from cchc.parse.containers.assemble import Sheet, assembled
from cchc.parse.containers.links import links_of_parts, macros_in_parts, remarks
from cchc.parse.grid import UNCOMPUTED, Grid, Notes
from cchc.parse.issue_kinds import Kind

_TEXTS = {"html": html.read, "mhtml": html.read_mime, "xml": sheetxml.read, "csv": delimited.read}
_NAMES = {"mhtml": "html"}
_Cells = Mapping[tuple[int, int], str]


def opened(data: bytes) -> Workbook:
    """The file as a workbook.

    Raises:
        RefusedError: If it is none that may be opened.
    """
    if data.startswith(recognise.ZIP):
        parts = unpack(data)
        return _archive(data, parts, recognise.of_archive(parts))
    container = recognise.of_bytes(data)
    if container == "xls":
        return _xls(data)
    return _assembled(_TEXTS[container](data), _NAMES.get(container, container))


def _archive(data: bytes, parts: Parts, container: str) -> Workbook:
    match container:
        case "docx":
            return _assembled(docx.read(parts), container)
        case "ods":
            facts = opendocument.look(parts)
            about = remarks(macros_in_parts(parts), facts.links)
            return _native(native.sheets(data), container, _notes(facts.sheets), about)
    about = remarks(macros_in_parts(parts), links_of_parts(parts))
    return _native(native.sheets(data), container, _notes(biff12.notes(parts)), about)


def _xls(data: bytes) -> Workbook:
    facts = biff.look(data)
    found = native.sheets(data)
    told = dict(zip(found.names, facts.sheets, strict=False))
    for grid in found.grids:
        _without_doubtful_zeros(grid, told.get(grid.name, {}))
    return _native(found, "xls", _notes(told), remarks(facts.macros, facts.links))


def _without_doubtful_zeros(grid: Grid, told: _Cells) -> None:
    """A formula that may have given "" and stands as 0 has no result: it is never read as a zero."""
    for (row, column), note in told.items():
        line, place = row - grid.top, column - grid.left
        inside = 0 <= line < len(grid.rows) and 0 <= place < len(grid.rows[line])
        if note == UNCOMPUTED and inside and grid.rows[line][place] == 0:
            grid.rows[line][place] = ""


def _native(found: native.Found, container: str, notes: Notes, about: tuple[Issue, ...]) -> Workbook:
    return Workbook(found.grids, container, notes=notes, remarks=(*about, *found.remarks))


def _assembled(sheets: Sequence[Sheet], container: str) -> Workbook:
    if not sheets:
        raise RefusedError(Kind.WORD_FILE if container == "docx" else Kind.NOT_A_WORKBOOK)
    grids, notes, cut = assembled(sheets)
    about = Issue(Kind.OTHER_CONTAINER, found=container.upper())
    return Workbook(grids, container, notes=notes, remarks=(about, *cut))


def _notes(sheets: Mapping[str, _Cells]) -> Notes:
    return {
        (name, f"{get_column_letter(column + 1)}{row + 1}"): note
        for name, cells in sheets.items()
        for (row, column), note in cells.items()
        if column < 2**14
    }
