"""Whoever mends the marked cells of a returned workbook, and nothing else, has an acceptable report.

Where a fault is not a matter of cells (a sheet, a row or a heading is gone, a row or a sheet is too many or hidden),
the list says so and the sender does what it says; those kinds stand in ``BEYOND_CELLS`` with what is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from cchc import notify, parse, validate
from cchc.catalogue import periods, units
from cchc.catalogue.forms import READINGS_SHEET, RETURN_SHEET
from cchc.model.submission import Judged
from cchc.notify.looks import MARKS
from cchc.sample.defects import all_defects, plant
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.template import issue

SENDERS = (("10993", "2026-Q3"), ("31-SNV", "2026-Y"), ("31", "2026-Q3"))


def put_back_all(book, sound, judged) -> None:
    """Everything that the form has and the file has not: what "take the form and fill it in" comes to."""
    for own in sound.worksheets:
        sheet = book[own.title] if own.title in book.sheetnames else book.create_sheet(own.title)
        sheet.sheet_state = "visible"
        for row in own.iter_rows():
            for cell in row:
                if type(cell).__name__ != "MergedCell" and type(sheet[cell.coordinate]).__name__ != "MergedCell":
                    sheet[cell.coordinate].value = cell.value


def delete_the_row(book, sound, judged) -> None:
    for finding in judged.findings:
        sheet = book[finding.sheet]
        sheet.delete_rows(sheet[finding.cell].row)


def show_the_sheet(book, sound, judged) -> None:
    for finding in judged.findings:
        book[finding.sheet].sheet_state = "visible"


def delete_the_sheet(book, sound, judged) -> None:
    for finding in judged.findings:
        book.remove(book[finding.sheet])


def delete_the_second_column(book, sound, judged) -> None:
    for finding in judged.findings:
        book[finding.sheet].delete_cols(column_index_from_string("G"))


def show_the_row(book, sound, judged) -> None:
    for finding in judged.findings:
        sheet = book[finding.sheet]
        sheet.row_dimensions[sheet[finding.cell].row].hidden = False


BEYOND_CELLS: dict[str, Callable] = {
    "not_our_form": put_back_all,
    "sheet_missing": put_back_all,
    "table_missing": put_back_all,
    "row_missing": put_back_all,
    "empty_form": put_back_all,
    "row_duplicated": delete_the_row,
    "code_unknown": delete_the_row,
    "sheet_hidden": show_the_sheet,
    "figure_column_twice": delete_the_second_column,
    "sheet_twice_differs": delete_the_sheet,
    "sheet_twice": delete_the_sheet,
    "codes_missing": put_back_all,
    "narrative_missing": put_back_all,
    "hidden_row": show_the_row,
}


LEFT_OUT = frozenset({"macros", "external_links"})
"""What the returned workbook no longer holds: it goes back without macros and without links to other files."""


def cases() -> list[tuple]:
    """Each kind of fault in the form of the first sender that it suits."""
    found = []
    for defect in all_defects():
        for code, period_code in SENDERS:
            period = periods.parse(period_code)
            unit = units.find(code, period.window_to)
            if defect.suits(unit, period):
                found.append((defect, unit, period))
                break
    return [case for case in found if case[0].verdict != "unreadable"]


KINDS = [defect.kind for defect, _, _ in cases()]


def judge(files) -> list[Judged]:
    """All in one batch: a batch costs the same whatever it holds."""
    return validate.judge([parse.read(data) for data in files])


@dataclass
class Case:
    """One faulty file on its way there and back.

    Attributes:
        sound: What the file should have been.
        found: What was found in it.
        marked: The returned workbook.
        again: What is found in that, untouched.
        cells: What is found once the marked cells are mended.
        mended: What is found once all is done that the list says.
    """

    sound: bytes
    found: Judged
    marked: bytes
    again: Judged
    cells: Judged
    mended: Judged


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Case]:
    sent, sounds = [], []
    for defect, unit, period in cases():
        own = figures(7, unit, period)
        words = narrative(7, unit, period, own)
        sent.append(plant(defect, unit, period, own, words)[0])
        sounds.append(issue(unit, period, own, words))
    found = judge(sent)
    marked = [notify.returned_workbook(data, told) for data, told in zip(sent, found, strict=True)]
    of_cells = [mended(*pair) for pair in zip(marked, sounds, found, strict=True)]
    beyond = [BEYOND_CELLS.get(defect.kind) for defect, _, _ in cases()]
    of_all = [
        mended(*rest, more) if more else cells
        for cells, more, *rest in zip(of_cells, beyond, marked, sounds, found, strict=True)
    ]
    cells, whole = judge(of_cells), judge(of_all)
    told = zip(sounds, found, marked, judge(marked), cells, whole, strict=True)
    return {defect.kind: Case(*facts) for (defect, _, _), facts in zip(cases(), told, strict=True)}


def marked_cells(book) -> list:
    return [
        cell
        for sheet in book.worksheets
        if sheet.title not in (RETURN_SHEET, READINGS_SHEET)
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in MARKS
    ]


def mended(marked: bytes, sound: bytes, found: Judged, beyond: Callable | None = None) -> bytes:
    """The returned workbook after the marked cells were given what should stand there."""
    book, right = load_workbook(BytesIO(marked)), load_workbook(BytesIO(sound))
    for cell in marked_cells(book):
        cell.value = right[cell.parent.title][cell.coordinate].value
    if beyond:
        beyond(book, right, found)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_mending_what_is_marked_is_enough(outcomes, kind):
    after = outcomes[kind].mended
    assert (after.verdict.acceptable, [f.rule for f in after.findings]) == (True, [])


@pytest.mark.parametrize("kind", sorted(BEYOND_CELLS))
def test_only_what_needs_more_than_cells_is_excepted(outcomes, kind):
    assert outcomes[kind].cells.findings


@pytest.mark.parametrize("kind", KINDS)
def test_sent_back_untouched_it_says_the_same(outcomes, kind):
    found, again = outcomes[kind].found, outcomes[kind].again
    assert again.findings == (() if kind in LEFT_OUT else found.findings)
    assert again.reading.observations == found.reading.observations
    assert again.reading.explanations == found.reading.explanations


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_that_is_named_is_marked_and_can_be_typed_into(outcomes, kind):
    cells = marked_cells(load_workbook(BytesIO(outcomes[kind].marked)))
    assert not [cell.coordinate for cell in cells if cell.parent.protection.sheet and cell.protection.locked]
    named = {(f.sheet, f.cell) for f in outcomes[kind].found.findings if f.cell}
    assert named <= {(cell.parent.title, cell.coordinate) for cell in cells}
