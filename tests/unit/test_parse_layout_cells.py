"""Formulas are computed anew or refused, results that no longer hold are stopped, hidden figures are pointed out."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cchc.catalogue.reading_limits import limit
from cchc.model.observation import ValueState
from cchc.parse import read
from cchc.parse.formulas import CannotError, Sheets, is_external, moved
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.template import address
from tests.workbooks import changed, figure, filled, form_of, told

FORM = filled()
CLEAN = told(read(FORM))
COMMUNE, _ = form_of()
SHEET, CELL = address(COMMUNE)["1.6.1"]
ROW = int(CELL[1:])


def with_formula(formula: str, shown: str | None = None, more=None, sheet: str = SHEET, cell: str = CELL) -> bytes:
    """The form with a formula in a figure cell, and the result that the file carries for it."""

    def change(book):
        book[sheet][cell].value = f"={formula}"
        if more:
            more(book)

    data = changed(FORM, change)
    return data if shown is None else patched(data, sheet, cell, "<v></v>", f"<v>{shown}</v>")


def patched(data: bytes, sheet: str, cell: str, old: str, new: str) -> bytes:
    """The workbook with the XML of one cell changed."""
    number = load_workbook(io.BytesIO(data), read_only=True).sheetnames.index(sheet) + 1
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == f"xl/worksheets/sheet{number}.xml":
                whole = part.decode().replace("<v />", "<v></v>").replace("<v/>", "<v></v>")
                found = re.search(rf'<c r="{cell}".*?</c>', whole)
                assert found and old in found[0]
                part = whole.replace(found[0], found[0].replace(old, new)).encode()
            target.writestr(entry, part)
    return out.getvalue()


def said(reading) -> list[tuple]:
    return [(i.kind, i.cell, i.indicator, i.found, i.expected) for i in reading.issues]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("10+5", 15),
        ("SUM(H1:H3)", 6),
        ("SUM(H1:H3,4)", 10),
        ("H1+H2*H3", 7),
        ("(H1+H2)*H3", 9),
        ("-3^2", 9),
        ("ROUND(H3/H2,0)", 2),
        ("ROUND(2.5,0)", 3),
        ("AVERAGE(H1:H3)", 2),
        ("MAX(H1:H3)-MIN(H1:H3)", 2),
        ("IF(H1>0,7,1/0)", 7),
        ("50%*H2", 1),
        ("$H$1+H$2+$H3", 6),
        ("'1. Chỉ đạo điều hành'!H1+1", 2),
        ("H5", 12),
        ("N(H6)+2", 2),
        ("INT(7/2)+ABS(-1)", 4),
    ],
)
def test_a_simple_formula_without_result_is_computed(formula, value):
    def numbers(book):
        for row, given_ in enumerate((1, 2, 3), start=1):
            book[SHEET][f"H{row}"].value = given_
        book[SHEET]["H5"].value, book[SHEET]["H6"].value = "=SUM(H1:H3)*2", "chữ"

    reading = read(with_formula(formula, more=numbers))
    seen = figure(reading, "1.6.1")
    assert (seen.value, seen.state, seen.read_as) == (Decimal(value), ValueState.REPORTED, "formula_recomputed")
    assert said(reading) == [(Kind.FORMULA_RECOMPUTED, CELL, "1.6.1", f"={formula}", f"{value}")]


@pytest.mark.parametrize(
    "formula",
    [
        "TODAY()",
        'INDIRECT("H1")',
        "H1/0",
        "VLOOKUP(1,H1:H3,1)",
        "SUM(H1:H9999999)",
        "H7",
        "SUM(H10:H12)",
        "H8+1",
        CELL,
        f"{CELL}+1",
        "[1]Sheet1!A1",
        "không có",
        "1" + "+1" * 600,
        "(" * 80 + "1" + ")" * 80,
        '"12"',
        "Sheet99!A1",
        'IF(H1>0,"","")',
        "10^400",
        "(-8)^(1/3)",
        "ROUND(1)",
        "SUM()",
        "1,2",
        "H1:H3",
        "1+",
    ],
)
def test_anything_else_without_result_is_refused(formula):
    def words(book):
        book[SHEET]["H7"].value, book[SHEET]["H8"].value, book[SHEET]["H1"].value = "=NOW()", "chữ", 1

    reading = read(with_formula(formula, more=words))
    assert [(i.kind, i.cell) for i in reading.issues] == [(Kind.FORMULA_WITHOUT_VALUE, CELL)]
    assert (figure(reading, "1.6.1").value, figure(reading, "1.6.1").read_as) == (None, "not_read")


def test_a_result_that_its_formula_does_not_give_is_stopped():
    reading = read(with_formula("10+5", "14"))
    assert said(reading) == [(Kind.FORMULA_STALE, CELL, "1.6.1", "14", "15")]
    assert (figure(reading, "1.6.1").value, figure(reading, "1.6.1").raw) == (None, "14")


@pytest.mark.parametrize(("formula", "shown"), [("10+5", "15"), ("0.1+0.2", "0.30000000000000004"), ("TODAY()", "15")])
def test_a_result_that_holds_or_cannot_be_checked_is_taken(formula, shown):
    reading = read(with_formula(formula, shown))
    assert reading.issues == ()
    assert figure(reading, "1.6.1").value == Decimal(shown[:3])


def test_a_figure_from_another_file_is_pointed_out():
    reading = read(with_formula("[1]Sheet1!$A$1", "15"))
    assert said(reading) == [(Kind.FORMULA_EXTERNAL, CELL, "1.6.1", "=[1]Sheet1!$A$1", "")]
    assert figure(reading, "1.6.1").value == 15


def test_a_shared_formula_is_read_in_each_of_its_cells():
    first, second = (address(COMMUNE)[code][1] for code in ("3.4.6", "3.4.7"))
    sheet = address(COMMUNE)["3.4.6"][0]

    def numbers(book):
        for row in range(1, 60):
            book[sheet][f"H{row}"].value = row
        book[sheet][second].value = "=1"

    data = with_formula("1", more=numbers, sheet=sheet, cell=first)
    row = int(first[1:])
    shared = f'<f t="shared" ref="{first}:{second}" si="0">H{row}*2</f><v>{row * 2}</v>'
    data = patched(data, sheet, first, "<f>1</f><v></v>", shared)
    data = patched(data, sheet, second, "<f>1</f><v></v>", '<f t="shared" si="0"/><v>1</v>')
    reading = read(data)
    assert [(i.kind, i.cell, i.found, i.expected) for i in reading.issues] == [
        (Kind.FORMULA_STALE, second, "1", f"{(row + 1) * 2}")
    ]


@pytest.mark.parametrize(
    ("formula", "outside"),
    [
        ("[1]Sheet1!A1", True),
        ("'[2]Sheet 1'!A1+1", True),
        ("'C:\\[Bieu.xlsx]S'!A1", True),
        ("Table1[Cột]", False),
        ("SUM(A1)", False),
    ],
)
def test_a_reference_to_another_file_is_known(formula, outside):
    assert is_external(formula) is outside


def test_a_formula_moves_with_its_cell():
    assert moved("=A1+$B$1", "C1", "C3") == "=A3+$B$1"
    assert moved("=A1", "C3", "C1") in ("", "=#REF!")


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("0123456789+-*/^%()=<>,;:.!'\"[]{}$ABHSUMIFROUND &#~\\"), max_size=60))
def test_any_formula_is_computed_or_refused(formula):
    grid = Grid("S", False, [[1, 2.5, "chữ"], ["", 3, None]], 0, 0)
    texts = {"A1": formula, "B2": "A1+1"}
    sheets = Sheets([grid], lambda sheet, cell: texts.get(cell))
    for cell in ("A1", "B2"):
        try:
            assert isinstance(sheets.computed("S", cell), float)
        except CannotError:
            continue


@pytest.mark.parametrize("what", ["row", "column"])
def test_hidden_figures_are_read_and_pointed_out(what):
    def hide(book):
        sheet = book["3. Thủ tục hành chính"]
        if what == "row":
            sheet.row_dimensions[12].hidden = True
        else:
            sheet.column_dimensions["E"].hidden = True

    reading = read(changed(FORM, hide))
    assert told(reading) == CLEAN
    hidden = [o for o in reading.observations if o.sheet == "3. Thủ tục hành chính" and o.raw and not o.computed]
    wanted = [(Kind.HIDDEN_CELL, o.cell, o.indicator) for o in hidden if what == "column" or o.cell == "E12"]
    assert [(i.kind, i.cell, i.indicator) for i in reading.issues] == wanted
    assert wanted


@pytest.mark.parametrize("column", ["A", "D", "F", "H"])
def test_other_hidden_columns_are_no_matter(column):
    def hide(book):
        book["3. Thủ tục hành chính"].column_dimensions[column].hidden = True

    assert read(changed(FORM, hide)).issues == ()


def test_limits_are_numbers():
    assert 50 < limit("name_least") <= 100
