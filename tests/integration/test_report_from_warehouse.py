"""The report's own arithmetic against the warehouse's: two ways to the same figures."""

import random
from datetime import datetime
from decimal import Decimal

import pytest

from cchc import consolidate, report
from cchc.catalogue import forms, periods, units
from cchc.report.trace import Ledger, document
from tests.factories import NOTHING_AROSE, arrive, reading

PERIODS = ("2026-Q3", "2026-Y")
SENDERS = ("31", "31-SNV", "31-SYT", "10507", "10525", "10993", "11948")
NOW = datetime(2026, 12, 20, tzinfo=periods.ZONE)


def _figures(unit, period, chance):
    owner = units.find(unit, period.window_to)
    rows = [row.indicator for row in forms.form(owner.form, period.kind).rows if not row.indicator.computed]
    return {item.code: _figure(item, chance) for item in rows if chance.random() > 0.05}


def _figure(item, chance):
    if chance.random() < 0.05:
        return NOTHING_AROSE
    if item.kind == "flag":
        return chance.randint(0, 1)
    if item.kind == "amount" or item.uom == "%":
        return Decimal(chance.randint(0, 999)) / 10
    return chance.randint(0, 900)


@pytest.mark.parametrize("code", PERIODS)
def test_every_figure_of_the_report_is_made_anew_from_its_cells(engine, tmp_path, code):
    period, chance = periods.parse(code), random.Random(code)
    for unit in SENDERS:
        arrive(engine, reading(unit, code, _figures(unit, period, chance)), period.due_at)
    with engine.connect() as connection:
        found = consolidate.assemble(connection, "31", period, NOW)
    report.write_xlsx(found, tmp_path / "city.xlsx")
    ledger = Ledger(tmp_path / "city.xlsx")
    answers = [document(ledger, row) for row in (*ledger.tables["figure"], *ledger.grid())]
    assert not [answer for answer in answers if not answer["check"]["equals"]]
    by_code = {answer["indicator"]: answer for answer in answers if answer["scope"] == "total"}
    sums = [
        total for total in found.totals if by_code[total.indicator]["method_id"] == "sum" and total.value is not None
    ]
    assert len(sums) > 80
    for total in sums:
        assert len(by_code[total.indicator]["contributions"]) == total.reported, total.indicator


def test_an_edition_from_the_warehouse(engine, tmp_path, monkeypatch):
    from cchc.report import edition

    monkeypatch.setattr(edition, "write_pdf", lambda *_: None)
    arrive(engine, reading("10993", "2026-Q3", {"3.4.1": 7}), periods.parse("2026-Q3").due_at)
    with engine.connect() as connection:
        found = consolidate.assemble(connection, "31", periods.parse("2026-Q3"), NOW)
    written = report.write_edition(found, tmp_path)
    assert {"xlsx", "docx", "manifest"} == set(written.files)
    rows = Ledger(tmp_path / written.files["xlsx"]["path"]).tables["figure"]
    place = next(row for row in rows if row["code"] == "3.4.1" and row["scope"] == "total" and row["cell"][0] == "E")
    answer = report.trace(tmp_path / written.files["xlsx"]["path"], f"{place['sheet']}!{place['cell']}")
    assert (answer["value"], [c["unit"] for c in answer["contributions"]]) == (7, ["10993"])
