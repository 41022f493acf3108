"""Every number on paper walks back: each numeric cell of each sheet of the workbook, each bookmark of the document.

What is no figure (a running number, hours late …) is named with its reason in ``unwalked_columns.csv``.
"""

import random
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from cchc import steps
from cchc.catalogue import forms, periods, units
from cchc.catalogue.tables import rows as catalogue_rows
from cchc.report import edition as writing
from cchc.report.ledger import Ledger
from cchc.report.provenance import SHEET
from cchc.report.trace import document
from tests.factories import NOTHING_AROSE, arrive, reading

SENDERS = ("31", "31-SNV", "31-SYT", "10507", "10525", "10993", "11948")
BEFORE = ("2025-Q3", "2026-H1")
Q3 = "2026-Q3"


def _figure(item, chance):
    if chance.random() < 0.05:
        return NOTHING_AROSE
    if item.kind == "flag":
        return chance.randint(0, 1)
    if item.kind == "amount" or item.uom == "%":
        return Decimal(chance.randint(0, 999)) / 10
    return chance.randint(0, 900)


def _figures(unit, period, chance):
    owner = units.find(unit, period.window_to)
    items = [row.indicator for row in forms.form(owner.form, period.kind).rows if not row.indicator.computed]
    return {item.code: _figure(item, chance) for item in items if chance.random() > 0.05}


@pytest.fixture(scope="module")
def made(installed):
    """The second edition of a city's quarter, with reports of two earlier periods and stocks carried forward."""
    chance = random.Random(4)
    with installed(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "write_pdf", lambda *_: None)
        warehouse = steps.base.engine()
        for code in (*BEFORE, Q3):
            period = periods.parse(code)
            for unit in SENDERS:
                if (code, unit) != (Q3, "11948"):
                    late = timedelta(hours=3 if unit == "31-SYT" else 0)
                    arrive(warehouse, reading(unit, code, _figures(unit, period, chance)), period.due_at + late)
        due = periods.parse(Q3).due_at
        steps.consolidate("31", Q3, as_of=due, carry_forward=True)
        again = _figures("10507", periods.parse(Q3), chance)
        arrive(warehouse, reading("10507", Q3, again, salt="again"), due + timedelta(hours=5))
        yield steps.consolidate("31", Q3, as_of=due + timedelta(days=1), carry_forward=True)


def _unwalked():
    return {(row["sheet"], row["heading"]) for row in catalogue_rows("unwalked_columns")}


def _heading(sheet, cell):
    """The nearest text above a cell that stands in a heading, printed bold and centred."""
    for row in range(cell.row - 1, 0, -1):
        above = sheet.cell(row, cell.column)
        if isinstance(above.value, str) and above.font.bold and above.alignment.horizontal == "center":
            return above.value
    return ""


def test_every_numeric_cell_of_the_workbook_walks_back(made):
    book, ledger = openpyxl.load_workbook(made["files"]["xlsx"]), Ledger(Path(made["files"]["xlsx"]))
    known = ledger.printed | {(row["sheet"], row["cell"]): row for row in ledger.grid()}
    unwalked, lost, wrong, seen = _unwalked(), {}, [], set()
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if sheet.title != SHEET):
            if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
                continue
            place = (sheet.title, cell.coordinate)
            heading = _heading(sheet, cell)
            if place in known:
                answer = document(ledger, known[place])
                if not answer["check"]["equals"] or answer["value"] != pytest.approx(cell.value, rel=1e-12):
                    wrong.append((place, cell.value, answer["value"], answer["check"]))
            elif (sheet.title, heading) in unwalked or ("", heading) in unwalked:
                seen |= {(sheet.title, heading), ("", heading)} & unwalked
            else:
                lost.setdefault((sheet.title, heading), []).append(cell.coordinate)
    assert not lost, "; ".join(f"{sheet}/{heading}: {cells[0]}" for (sheet, heading), cells in lost.items())
    assert not wrong
    assert seen == unwalked, "a column is named that holds no number any more"


def test_counts_of_the_summary_are_those_of_the_list_of_reports(made):
    """The reason that ``unwalked_columns.csv`` gives for them."""
    book = openpyxl.load_workbook(made["files"]["xlsx"])
    listed = [row for row in book["Tình hình nộp"].iter_rows(values_only=True) if isinstance(row[0], int)]
    told = {row[4]: sum(other[4] == row[4] for other in listed) for row in listed}
    lines = [[v for v in row if v is not None] for row in book["Tổng hợp"].iter_rows(values_only=True)]
    heads, whole = next((head, row) for head, row in pairwise(lines) if "Phải nộp" in head)
    found = dict(zip(heads, whole, strict=False))
    assert found["Phải nộp"] == len(listed) > 100
    for state in ("Đúng hạn", "Nộp muộn", "Chưa nộp"):
        assert found[state] == told.get(state, 0), state


def test_every_bookmark_of_the_document_walks_back(made):
    ledger = Ledger(Path(made["files"]["docx"]))
    rows = ledger.tables["figure"]
    assert len(rows) > 300
    assert not [row for row in rows if not document(ledger, row)["check"]["equals"]]
