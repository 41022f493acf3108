"""One unit's one cell otherwise: what differs on paper, what its provenance says and what the log names are the same.

Compared are all cells of all sheets and all figures of the document of two editions, apart from what an edition says of
itself: its number, its moment, its own account of the changes.
"""

import random
import re
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cchc import steps
from cchc.catalogue import forms, periods
from cchc.catalogue.indicators import by_code
from cchc.report import edition as writing
from cchc.report.ledger import Ledger
from cchc.report.trace import document
from tests.factories import arrive, reading

Q3 = "2026-Q3"
UNITS = ("10993", "10507", "10525")
FIRST = datetime(2026, 9, 8, 9, 0, tzinfo=periods.ZONE)
OWN_SHEETS = ("_nguon", "Thay đổi", "Bìa")
"""Provenance, account of the changes, and the cover, which holds number and moment of the edition."""
TOLD_OF_A_FILE = ("Tình hình nộp",)
_OF_ITSELF = re.compile(r"số liệu nhận đến .*?; lần tổng hợp \d+")
ABOUT_CHANGES = ("_before", "_difference")


@pytest.fixture(autouse=True)
def no_office(monkeypatch):
    """Conversion has tests of its own."""
    monkeypatch.setattr(writing, "write_pdf", lambda *_: None)


@pytest.fixture
def given(engine):
    """Three communes with random figures in every cell; what each gave, by unit."""
    chance = random.Random(20261121)
    codes = [row.indicator for row in forms.form("commune", "Q3").rows if not row.indicator.computed]
    found = {unit: {item.code: _figure(item, chance) for item in codes} for unit in UNITS}
    for unit, figures in found.items():
        arrive(engine, reading(unit, Q3, figures, salt=unit), FIRST)
    return found


def _figure(item, chance):
    if item.kind == "flag":
        return chance.randint(0, 1)
    return str(Decimal(chance.randint(800, 999)) / 10) if item.uom == "%" else chance.randint(5, 60)


def _sheets(made):
    book = openpyxl.load_workbook(made["files"]["xlsx"])
    return {
        (sheet.title, cell.coordinate): _OF_ITSELF.sub("", cell.value) if isinstance(cell.value, str) else cell.value
        for sheet in book
        if sheet.title not in OWN_SHEETS
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _figures(ledger):
    """Figures of the ledger by sheet and cell: every one printed, of the grid those of the units that reported."""
    lines = {(row["sheet"], row["row"]) for row in ledger.tables["row"] if row["unit"] in UNITS}
    crossings = ((row["sheet"], row["cell"], row) for row in ledger.grid())
    grid = {(sheet, cell): row for sheet, cell, row in crossings if (sheet, _row(cell)) in lines}
    own = {place: row for place, row in ledger.printed.items() if place[0] not in OWN_SHEETS}
    return grid | own


def _made_anew(ledger):
    return {place: document(ledger, row)["check"] for place, row in _figures(ledger).items()}


def _named(log):
    """Codes and values that the log names, after and before."""
    sides = {}
    for side in ("after", "before"):
        pairs = {(move["code"], move[side]) for move in (*log["figures"], *log["standings"])}
        pairs |= {(move["code"], move[f"{side}_reported"]) for move in log["figures"]}
        pairs |= {(cell["indicator"], cell[side]) for cause in log["causes"] for cell in cause["cells"]}
        sides[side] = {(code, Decimal(str(value))) for code, value in pairs if value is not None}
    return sides


def _worded(log):
    return {move["code"] for move in log["figures"] if move["before_text"] != move["after_text"]} | {
        move["code"] for move in log["standings"] if move["before_text"] != move["after_text"]
    }


@pytest.mark.parametrize("seed", range(5))
def test_what_differs_is_what_depends_on_the_cell_and_what_the_log_names(engine, given, seed):
    chance = random.Random(seed)
    first = steps.consolidate("31", Q3, as_of=FIRST + timedelta(days=1))
    unit, code = chance.choice(UNITS), chance.choice(sorted(given[UNITS[0]]))
    item, old = by_code()[code], given[unit][code]
    new = (
        1 - old
        if item.kind == "flag"
        else Decimal(str(old)) + chance.choice([1, 2, Decimal("-0.5")] if item.uom == "%" else [1, 7])
    )
    arrive(engine, reading(unit, Q3, given[unit] | {code: new}, salt="again"), FIRST + timedelta(hours=2))
    second = steps.consolidate("31", Q3, as_of=FIRST + timedelta(days=1, hours=3))
    log = steps.edition_show("31", Q3, 2)["changes"]
    assert [(c["unit"], [m["indicator"] for m in c["cells"]]) for c in log["causes"]] == [(unit, [code])]
    before, after = _sheets(first), _sheets(second)
    differing = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    ledgers = [Ledger(Path(made["files"]["xlsx"])) for made in (first, second)]
    printed = _figures(ledgers[1])
    _only_words_beside(differing, printed, after, unit)
    _as_provenance_says(differing, ledgers, unit, code)
    _as_the_log_says(differing, printed, log, after)
    _in_the_document(first, second, log)


def _only_words_beside(differing, printed, after, unit):
    """What differs and is no figure: the unit's own line of the list of reports, and words on the line of a figure."""
    rows = {(sheet, _row(cell)) for sheet, cell in differing & printed.keys()}
    for sheet, cell in differing - printed.keys():
        if sheet in TOLD_OF_A_FILE:
            assert unit in {value for (s, c), value in after.items() if s == sheet and _row(c) == _row(cell)}
        else:
            assert isinstance(after[sheet, cell], str), (sheet, cell, after[sheet, cell])
            assert (sheet, _row(cell)) in rows, (sheet, cell, after[sheet, cell])


def _as_provenance_says(differing, ledgers, unit, code):
    was, now = (_made_anew(ledger) for ledger in ledgers)
    assert all(check["equals"] for told in (was, now) for check in told.values())
    then, figures = (_figures(ledger) for ledger in ledgers)
    otherwise = {place for place, check in now.items() if check["recomputed"] != was[place]["recomputed"]}
    # Of a standing the word is printed, which may stay while the distance behind it moves, and the other way about.
    moved = {p for p in otherwise if not (figures[p]["scope"] == "state" and figures[p]["text"] == then[p]["text"])}
    worded = {p for p in differing & figures.keys() if figures[p]["text"] != then[p]["text"] and p not in otherwise}
    assert moved == (differing & figures.keys()) - worded, [
        (figures[p], was[p], now[p]) for p in moved ^ differing if p in figures
    ]
    for place in moved:
        reached = {(c["unit"], c["indicator"]) for c in document(ledgers[1], figures[place])["contributions"]}
        assert (unit, code) in reached, place


def _as_the_log_says(differing, printed, log, after):
    named, worded = _named(log)["after"], _worded(log)
    shown = set()
    for place in differing & printed.keys():
        row, value = printed[place], after.get(place)
        if isinstance(value, str):
            value = value.partition("/")[0] if row["scope"] == "coverage" else row["value"]
            if (row["code"], row["scope"]) not in {("", "")} and row["code"] in worded:
                continue
        exact = Decimal(row["value"]) if row["value"] else Decimal(repr(value))
        shown.add((row["code"], exact))
        assert any(c == row["code"] and abs(v - exact) < Decimal("1e-9") for c, v in named), (place, row)
    for move in log["figures"]:
        if move["after"] is not None and move["after"] != move["before"]:
            assert (move["code"], Decimal(move["after"])) in shown, move


def _in_the_document(first, second, log):
    was, now = (_bookmarks(made) for made in (first, second))
    named, moved = _named(log), {move["code"] for move in log["figures"]}
    for side, told in (("after", now - was), ("before", was - now)):
        for code, scope, value in told:
            assert code in moved, (code, scope)
            if scope in ("total", "coverage", "commune", "department", "authority"):
                assert value == "" or (code, Decimal(value)) in named[side], (code, scope, value)
    assert {code for code, *_ in now - was} == {code for code in moved if any(code == c for c, *_ in now)}


def _bookmarks(made):
    rows = Ledger(Path(made["files"]["docx"])).tables["figure"]
    told = ((row["code"], row["scope"], row["value"] or row["text"]) for row in rows)
    return Counter(found for found in told if not found[1].endswith(ABOUT_CHANGES))


def _row(cell):
    return re.sub(r"\D", "", cell)
