"""From bytes to a reading; never an exception for what a file may hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from cchc.catalogue import units
from cchc.catalogue.form_texts import form_ids
from cchc.catalogue.forms import COVER_SHEET, NARRATIVE_SHEET, Form, form
from cchc.catalogue.indicators import areas
from cchc.model.submission import Issue, Reading
from cchc.parse import cover as covers
from cchc.parse import legacy, narratives, returned, sheets, tables
from cchc.parse.archive import RefusedError
from cchc.parse.arrival import oversized
from cchc.parse.cellparts import CellParts
from cchc.parse.cells import Cells
from cchc.parse.figures import Figures
from cchc.parse.grid import Grid
from cchc.parse.identity import Identity, identify
from cchc.parse.issue_kinds import Kind
from cchc.parse.titles import of_another_unit, seen
from cchc.parse.workbook import Workbook, open_workbook
from cchc.settings import MOST_FILE_BYTES

PROVENANCE_SHEET = "_nguon"
"""Only a consolidated workbook has it (design 6)."""
_UNIT_IN_DOUBT = {Kind.UNIT_NAME_MISMATCH, Kind.FORMER_UNIT, Kind.UNIT_NOT_VALID}
_EVERY_ROW = "Y"
"""The yearly form carries every row."""


def read(data: bytes, file_name: str = "") -> Reading:
    """Everything that can be read from a file's bytes.

    Args:
        data: The file.
        file_name: As sent; compared with the cover, never trusted.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        book = open_workbook(data)
    except RefusedError as refusal:
        if refusal.kind is Kind.TOO_LARGE:
            return oversized(sha256, len(data))
        return Reading(sha256, readable=False, issues=(Issue(refusal.kind),))
    return _reading(sha256, book, file_name)


def cell_values(data: bytes) -> dict[str, dict[str, Any]]:
    """Every cell that holds anything, by sheet and A1 address, whatever the container; empty where none can be read."""
    try:
        book = open_workbook(data)
    except RefusedError:
        return {}
    return {
        grid.name: {
            grid.cell(row, column): value
            for row, line in enumerate(grid.rows)
            for column, value in enumerate(line)
            if value != ""
        }
        for grid in book.sheets
    }


def read_file(path: Path) -> Reading:
    """Read a file from disk; one that is too large is not taken into memory.

    Raises:
        OSError: If it cannot be opened.
    """
    size = path.stat().st_size
    if size <= MOST_FILE_BYTES:
        return read(path.read_bytes(), path.name)
    with path.open("rb") as file:
        return oversized(hashlib.file_digest(file, "sha256").hexdigest(), size)


def read_many(items: Sequence[tuple[bytes, str]], workers: int = 1) -> list[Reading]:
    """Read files given as bytes and name, in the order given; in several processes where ``workers`` is above 1."""
    if workers <= 1 or len(items) <= workers:
        return [read(data, name) for data, name in items]
    share = max(len(items) // (workers * 4), 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(read, *zip(*items, strict=True), chunksize=share))


def _reading(sha256: str, book: Workbook, file_name: str) -> Reading:
    parts = CellParts(book.parts, book.notes)
    answers, lost = returned.explanations(book.sheets), returned.unattached(book.sheets)
    in_unicode, converted = legacy.restored(returned.without_marks(book.sheets), parts)
    book = replace(book, sheets=in_unicode, remarks=(*book.remarks, *lost, *converted))
    book = replace(book, sheets=_of_the_form(book.sheets))
    cover = covers.find(book.sheets)
    # A sheet that is merely called Bìa does not make a workbook ours.
    if (cover is None or not cover.entries) and not _has_codes(book):
        return Reading(sha256, readable=True, issues=(Issue(_foreign(book)),), container=book.container)
    who = identify(cover, file_name) if cover else _nobody(book, file_name)
    asked = _form(who, book)
    found = sheets.of_areas(book.sheets, asked.sheets)
    excused = frozenset() if who.period else form(asked.id, _EVERY_ROW).codes
    told = narratives.read(book.sheets, book.container)
    figures = Figures(asked, found, Cells.of(book.sheets, parts), who.period, excused)
    return Reading(
        sha256,
        readable=True,
        unit=who.unit_code,
        unit_name=who.unit_name,
        period=who.period.code if who.period else "",
        form=asked.id,
        form_version=who.version,
        observations=tuple(figures.observations),
        narratives=told.sections,
        issues=(
            *who.issues,
            *book.remarks,
            *_returned(book, asked),
            *_copies(book, asked, found),
            *figures.issues,
            *_of_other_units(figures, who),
            *told.issues,
        ),
        explanations=(*answers, *figures.explanations),
        container=book.container,
    )


def _of_the_form(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """Of an authority's consolidated workbook the sheets that are its own form; the others repeat its figures."""
    if not any(grid.name == PROVENANCE_SHEET for grid in grids):
        return tuple(grids)
    ours = {COVER_SHEET, NARRATIVE_SHEET, PROVENANCE_SHEET, *(row["sheet"] for row in areas().values())}
    return tuple(grid for grid in grids if grid.name in ours)


def _nobody(book: Workbook, file_name: str) -> Identity:
    """Whose a file without a cover may be is a question to its sender, with what was seen."""
    question = Issue(Kind.MISSING_COVER, found=seen(book.sheets, file_name))
    return Identity("", "", None, (), "", (question,))


def _foreign(book: Workbook) -> Kind:
    """What to say of a workbook that is not ours: one without any cell may still hold a scan of the form."""
    pictures = any(name.startswith(("xl/media/", "Pictures/")) for name in book.parts)
    return Kind.PICTURE_FILE if pictures and not any(grid.rows for grid in book.sheets) else Kind.NOT_OUR_FORM


def _returned(book: Workbook, asked: Form) -> tuple[Issue, ...]:
    """The authority's own consolidation is no report of its own: taking it in would count every unit twice."""
    if asked.id != "authority":
        return ()
    return tuple(
        Issue(Kind.OWN_CONSOLIDATION, sheet=grid.name) for grid in book.sheets if grid.name == PROVENANCE_SHEET
    )


def _copies(book: Workbook, asked: Form, found: Mapping[int, Grid]) -> Iterator[Issue]:
    """Second sheets of an area; one that a person does not see is no question."""
    for copy in sheets.copies(book.sheets, found, asked.sheets):
        certain = copy.same or (copy.other.hidden and not copy.first.hidden)
        kind = Kind.SHEET_TWICE if certain else Kind.SHEET_TWICE_DIFFERS
        yield Issue(kind, sheet=copy.other.name, expected=copy.first.name)


def _of_other_units(figures: Figures, who: Identity) -> list[Issue]:
    """Sheets whose titles name another unit; said once where all do, not where the cover is in doubt."""
    unit = units.find(who.unit_code, who.period.window_to) if who.period else None
    if unit is None or any(issue.kind in _UNIT_IN_DOUBT for issue in who.issues):
        return []
    found = [
        Issue(Kind.TITLE_UNIT, grid.name, title.cell, "", title.words, f"{unit.name}, {unit.code}")
        for grid, first in figures.titled
        for title in of_another_unit(grid, unit, first)
    ]
    return found[:1] if len({issue.sheet for issue in found}) == len(figures.titled) else found


def _has_codes(book: Workbook) -> bool:
    return any(sheets.main_area(grid) is not None for grid in book.sheets)


def _form(who: Identity, book: Workbook) -> Form:
    """The form that the cover amounts to; among several candidates the one that shares most codes with the file."""
    kind = who.period.kind if who.period else ""
    candidates = [form(form_id, kind) for form_id in who.forms or form_ids().values()]
    if len(candidates) == 1:
        return candidates[0]
    every = {number: row["sheet"] for number, row in areas().items()}
    grids = sheets.of_areas(book.sheets, every).values()
    seen = {line.code for grid in grids for line in tables.lines(grid)}
    return max(candidates, key=lambda candidate: len(candidate.codes & seen))
