"""Sheets of comparison: every figure walks back to cells, splits are flagged, nothing incomparable is set off.

Issue 4, To build 4, 5 and 9; Must show: splits flagged. Domain 2.2 consequence 5, 2.6, 4.3 trap 6.
"""

import random
from datetime import datetime
from decimal import Decimal
from itertools import cycle

import docx
import openpyxl
import pytest
from sqlalchemy import text

from cchc import consolidate, load, report
from cchc.catalogue import forms, lineage, periods, units
from cchc.report.ledger import Ledger
from cchc.report.trace import trace, wrong
from cchc.store.tables import obligation
from tests.property.test_lineage import put

LATER = datetime(2026, 12, 31, tzinfo=periods.ZONE)
CODES = (
    "3.4.1", "3.4.4", "3.4.5", "3.4.6", "3.4.7", "3.4.8", "3.4.11", "7.2.1", "7.2.2", "4.2.1", "4.2.2",
    "1.4.3", "1.4.1b", "1.1.1", "1.1.2", "1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "7.4.1a", "1.5.1",
)  # fmt: skip


def _value(code, chance):
    if code == "1.4.3":
        return Decimal(chance.randint(800, 999)) / 10
    return Decimal(chance.randint(0, 1) if code == "1.5.1" else chance.randint(1, 400))


def _now(engine, code, chosen, seed):
    period = periods.parse(code)
    asked = forms.form("commune", period.kind).codes
    when = datetime(period.year, period.window_to.month, 8, tzinfo=periods.ZONE)
    chance = random.Random(f"{seed}{code}")
    wanted = [each for each in CODES if each in asked]
    put(engine, period, {(u, c): _value(c, chance) for u in chosen for c in wanted if chance.random() > 0.05}, when)


def _former(engine, code, chosen, seed):
    """Every former commune owes to one of two provinces in turn; those that became the chosen ones sent."""
    chance, period = random.Random(f"{seed}{code}"), periods.parse(code)
    present = {u.code for u in units.units_of("31", periods.parse("2026-Q3").window_to)}
    steps = [e for e in lineage.edges() if e.effective > period.window_to and e.code in present]
    formers = sorted({e.former_code for e in steps if e.former_code.isdigit() and len(e.former_code) == 5})
    sent = [unit for unit in formers if any(e.former_code == unit and e.code in chosen for e in steps)]
    load.ensure_period(engine, period)
    rows = [
        {"unit_code": unit, "period_code": code, "authority": owner, "form": "commune", "due_at": period.due_at}
        for unit, owner in zip(formers, cycle(("30", "31")), strict=False)
    ]
    with engine.begin() as connection:
        connection.execute(obligation.delete().where(obligation.c.period_code == code))
        connection.execute(obligation.insert(), rows)
    put(engine, period, {(u, c): _value(c, chance) for u in sent for c in CODES if chance.random() > 0.03})


def _communes(authority, number):
    found = [u.code for u in units.units_of(authority, periods.parse("2026-Q3").window_to) if u.form == "commune"]
    return found[:number]


def _written(engine, tmp_path, code, authority="31"):
    with engine.connect() as connection:
        made = consolidate.assemble(connection, authority, periods.parse(code), LATER)
    report.write_xlsx(made, tmp_path / "a.xlsx")
    return made, tmp_path / "a.xlsx"


@pytest.fixture
def history(engine):
    """Hải Phòng: some communes since the reform, and the communes that became them in 2025-H1."""
    chosen = [u for u in _communes("31", 20) if u != "10993"] + ["10993"]
    _former(engine, "2025-H1", chosen, 1)
    for code in ("2025-Q3", "2025-Y", "2026-H1", "2026-Q3"):
        _now(engine, code, chosen if code != "2025-Y" else chosen[:15], 2)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return engine


@pytest.mark.parametrize("code", ["2026-H1", "2026-Q3"])
def test_every_figure_over_time_is_made_anew_from_its_cells(history, tmp_path, code):
    _, path = _written(history, tmp_path, code)
    ledger = Ledger(path)
    sheets = {"So sánh", "So sánh cùng đơn vị", "Chuỗi số liệu"} | (
        {"Lũy kế từ đầu năm"} if code[-2:] == "Q3" else set()
    )
    figures = [row for row in ledger.tables["figure"] if row["sheet"] in sheets]
    assert {row["sheet"] for row in figures} == sheets and len(figures) > 300
    assert not wrong(ledger, figures)


def test_splits_are_flagged_wherever_a_provisional_share_is_in_a_figure(history, tmp_path):
    made, path = _written(history, tmp_path, "2026-H1")
    divided = {e.code for e in lineage.edges() if e.flag == lineage.SPLIT_FLAG}
    names = {row.name: row.unit for row in made.statuses}
    sheet = openpyxl.load_workbook(path)["So sánh cùng đơn vị"]
    named = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.column in (11, 13) and cell.value]
    flagged = {name.partition(" (")[0] for name in named if lineage.SPLIT_FLAG in name}
    plain = {name for name in named if name in names}
    assert flagged and plain
    assert {names[name] for name in flagged} <= divided and not {names[name] for name in plain} & divided
    alike = next(c for c in made.comparisons if (c.indicator, c.against) == ("3.4.5", "same_period")).matched
    notes = [str(row[-1].value) for row in sheet.iter_rows() if row[1].value == "3.4.5"]
    assert alike.split and any("tạm gán" in note for note in notes)


def test_a_restated_figure_names_the_former_units_with_their_names_and_shares(history, tmp_path):
    _, path = _written(history, tmp_path, "2026-H1")
    rows = [r for r in Ledger(path).tables["figure"] if (r["code"], r["scope"]) == ("3.4.5", "series_restated")]
    told = trace(path, f"{rows[0]['sheet']}!{rows[0]['cell']}")
    assert told["check"]["equals"] and told["links"][0]["of"] == "31~/2025-H1"
    formers = {e.former_code: e for e in lineage.edges() if e.code == "10993" and e.weight}
    mine = [c for c in told["contributions"] if c["unit"] in formers]
    assert mine and all(c["name"] == formers[c["unit"]].former_name for c in mine)
    assert sum(c["value"] * c.get("weight", 1) for c in told["contributions"]) == pytest.approx(told["value"])


def test_a_change_is_printed_only_where_the_two_may_be_set_against_each_other(history, tmp_path):
    made, path = _written(history, tmp_path, "2026-Q3")
    known = {(c.indicator, c.against): c for c in made.comparisons}
    changes = [r for r in Ledger(path).tables["figure"] if r["scope"] in ("previous_change", "same_period_change")]
    assert changes and all(known[r["code"], r["scope"].removesuffix("_change")].comparable for r in changes)
    # Q3 is a window of its own, H1 a cumulative one (domain 2.2); a stock has no window
    assert "3.4.5" not in {r["code"] for r in changes} and "4.2.1" in {r["code"] for r in changes}
    sheet = openpyxl.load_workbook(path)["So sánh"]
    note = next(str(row[-1].value) for row in sheet.iter_rows() if row[1].value == "3.4.5")
    assert "độ dài" in note and "thay đổi đơn vị hành chính" in note


@pytest.mark.parametrize("code", ["2026-H1", "2026-Q3"])
def test_the_document_speaks_of_time_and_every_figure_of_it_walks_back(history, tmp_path, code):
    made, _ = _written(history, tmp_path, code)
    report.write_docx(made, tmp_path / "a.docx")
    ledger = Ledger(tmp_path / "a.docx")
    scopes = ("_change", "_relative", "contribution", "ytd")
    figures = [r for r in ledger.tables["figure"] if r["scope"].endswith(scopes)]
    assert {r["scope"] for r in figures} >= {"matched_change", "contribution"} and not wrong(ledger, figures)
    words = "\n".join(p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    assert "So với" in words and "Tính trên" in words
    assert ("Lũy kế từ đầu năm đến hết kỳ" in words) == (code == "2026-Q3")
