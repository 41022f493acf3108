"""The unit's own page: its figures, its targets, its peers' median, its past, and nothing of anybody else."""

import hashlib
import json
import statistics
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from typer.testing import CliRunner

from cchc import steps
from cchc.catalogue import periods, units
from cchc.cli import app
from cchc.report.trace import Ledger, document, trace
from tests.factories import NOTHING_AROSE, arrive, reading

Q3 = periods.parse("2026-Q3")
AS_OF = "2026-09-20T08:00:00+07:00"
XA = [unit.code for unit in units.units_of("31", Q3.window_to) if unit.kind == "xã"][:5]
PHUONG = [unit.code for unit in units.units_of("31", Q3.window_to) if unit.kind == "phường"][:3]
ONE = XA[0]


def _figures(received, early, within, done, ballots, satisfied):
    return {"3.4.1": received, "3.4.5": done, "3.4.6": early, "3.4.7": within, "1.4.1b": ballots, "3.6.1": satisfied}


SENT = {
    XA[0]: _figures(100, 50, 30, 100, 10, Decimal("89.95")),
    XA[1]: _figures(300, 90, 0, 100, 10, 95),
    XA[2]: _figures(200, 70, 0, 100, 10, 91),
    XA[3]: _figures(900, 10, 0, 100, 10, 97),
    PHUONG[0]: _figures(7777, 1, 0, 100, 10, 12),
    PHUONG[1]: _figures(6666, 2, 0, 100, 10, 13),
}


@pytest.fixture
def city(engine):
    for unit, figures in SENT.items():
        arrive(engine, reading(unit, "2026-Q3", figures), Q3.due_at)
    past = {"3.4.1": 80, "3.4.5": 40, "3.4.6": 20, "3.4.7": 10}
    arrive(engine, reading(ONE, "2026-H1", {**past, "4.2.1": 21}), periods.parse("2026-H1").due_at)
    arrive(engine, reading(ONE, "2025-Q3", past), periods.parse("2025-Q3").due_at)
    return engine


def _run(out, *options):
    wanted = ["extract", "--authority", "31", "--period", "2026-Q3", "--out", str(out), "--as-of", AS_OF, "--json"]
    done = CliRunner().invoke(app, [*wanted, *options])
    return done, json.loads(done.stdout) if done.exit_code == 0 else {}


def _lines(path):
    sheet = openpyxl.load_workbook(path)["Số liệu của đơn vị"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "Mã số")
    return {row[0]: dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[1]}


def test_a_units_figures_beside_target_peers_and_past(city, tmp_path):
    _, told = _run(tmp_path, "--unit", ONE)
    [file] = told["files"]
    lines = _lines(file["path"])
    satisfied = lines["3.6.1"]
    # 39/QĐ-UBND, II.7: 90% trở lên; 89,95 is 0,05 below and the last of the six that have a figure but two wards.
    assert (satisfied["Số liệu của đơn vị"], satisfied["Mục tiêu"]) == (89.95, "≥ 90")
    assert satisfied["Chênh lệch với mục tiêu"] == pytest.approx(-0.05)
    assert (satisfied["Đánh giá"], satisfied["Hạng"]) == ("Dưới mức tham khảo", "4/6")
    assert (satisfied["Trung vị đơn vị cùng loại"], satisfied["Số đơn vị có số liệu"]) == (95, 3)
    received = lines["3.4.1"]
    assert received["Trung vị đơn vị cùng loại"] == statistics.median([300, 200, 900])
    assert (received["Kỳ trước"], received["Cùng kỳ năm trước"]) == ("Khác độ dài kỳ", "Kỳ thay đổi địa giới")
    on_time = lines["3.4.12"]
    assert (on_time["Số liệu của đơn vị"], on_time["Kỳ trước"]) == (80, 75)  # (20 + 10) of 40 in the half-year
    assert on_time["Trung vị đơn vị cùng loại"] == 70  # of 90, 70 and 10, each made from its parts
    assert lines["4.2.1"]["Kỳ trước"] == 21


def test_a_median_of_too_few_is_hidden(city, tmp_path):
    _, told = _run(tmp_path, "--unit", PHUONG[0])
    [file] = told["files"]
    line = _lines(file["path"])["3.4.1"]
    assert (line["Trung vị đơn vị cùng loại"], line["Số đơn vị có số liệu"]) == ("Ít hơn 3 đơn vị", None)


def test_nothing_of_another_unit_is_in_the_file(city, tmp_path):
    _, told = _run(tmp_path, "--unit", XA[4])
    [file] = told["files"]
    with zipfile.ZipFile(file["path"]) as archive:
        text = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml"))
    names = {unit.code: unit.name for unit in units.units_of("31", Q3.window_to)}
    others = [code for code in SENT if code in text or names[code] in text]
    assert not others and "7777" not in text and "6666" not in text


def test_every_figure_walks_back_to_the_units_own_cells(city, tmp_path):
    _, told = _run(tmp_path, "--unit", ONE)
    [file] = told["files"]
    ledger = Ledger(tmp_path / file["path"])
    answers = [document(ledger, row) for row in ledger.tables["figure"]]
    assert len(answers) > 10 and not [answer for answer in answers if not answer["check"]["equals"]]
    assert {cell["unit"] for answer in answers for cell in answer["contributions"]} == {ONE}
    place = next(
        row["cell"] for row in ledger.tables["figure"] if (row["code"], row["scope"]) == ("3.4.12", "previous")
    )
    walked = trace(tmp_path / file["path"], f"Số liệu của đơn vị!{place}")
    assert [cell["value"] for cell in walked["contributions"]] == [20, 10, 40]


def test_all_units_the_same_bytes_again(city, tmp_path):
    _, first = _run(tmp_path / "a", "--all")
    _, again = _run(tmp_path / "b", "--all")
    owing = [unit.code for unit in units.units_of("31", Q3.window_to) if unit.form != "authority"]
    assert [file["unit"] for file in first["files"]] == owing
    assert [file["sha256"] for file in first["files"]] == [file["sha256"] for file in again["files"]]
    for file in first["files"][:3]:
        assert hashlib.sha256((tmp_path / file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_a_unit_that_owes_nothing_is_named(city, tmp_path):
    done, _ = _run(tmp_path, "--unit", "99999")
    assert done.exit_code != 0 and "99999" in str(done.exception)
    done, _ = _run(tmp_path)
    assert done.exit_code != 0 and "--all" in str(done.exception)


def test_what_did_not_arise_is_said(engine, tmp_path):
    arrive(engine, reading(ONE, "2026-Q3", {"3.4.5": NOTHING_AROSE, "3.4.6": 0, "3.4.7": 0}), Q3.due_at)
    _, told = _run(tmp_path, "--unit", ONE)
    lines = _lines(told["files"][0]["path"])
    assert lines["3.4.12"]["Số liệu của đơn vị"] == "Không phát sinh"
    assert lines["3.4.5"]["Số liệu của đơn vị"] == 0
    assert lines["3.4.1"]["Số liệu của đơn vị"] == "Chưa có số liệu"


def test_extracts_beside_an_edition(city, tmp_path, monkeypatch):
    from cchc.report import edition

    monkeypatch.setattr(edition, "write_pdf", lambda *_: None)
    done = steps.consolidate("31", "2026-Q3", tmp_path, Q3.due_at, extracts=True)
    with zipfile.ZipFile(done["files"]["extracts"]) as packed:
        assert f"trich-xuat_{ONE}_2026-Q3.xlsx" in packed.namelist()
        assert {item.date_time for item in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "extracts" not in steps.consolidate("31", "2026-Q3", tmp_path, Q3.due_at)["files"]
