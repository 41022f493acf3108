"""Editions: never overwritten, each with its change log; replaced or noted; rebuilt to the same bytes."""

import hashlib
import io
import json
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select
from typer.testing import CliRunner

from cchc import report, steps
from cchc.catalogue import forms, periods, units
from cchc.catalogue.indicators import all_indicators, by_code, counted_in_full
from cchc.cli import app
from cchc.report import edition as writing
from cchc.store.tables import edition_figure, edition_unit
from tests.factories import arrive, reading

Q3 = "2026-Q3"
A, B, C = "10993", "10507", "10525"
FIRST = datetime(2026, 9, 8, 9, 0, tzinfo=periods.ZONE)
ASKED = datetime(2026, 9, 20, 8, 0, tzinfo=periods.ZONE)
PLAIN = {"3.4.1": 100, "3.4.5": 1000, "3.4.6": 500, "3.4.7": 470, "1.4.3": "95", "1.4.1b": 200}


@pytest.fixture(autouse=True)
def no_office(monkeypatch):
    """Conversion has tests of its own."""
    monkeypatch.setattr(writing, "write_pdf", lambda *_: None)


@pytest.fixture
def city(engine):
    """Three communes whose reports came in time."""
    for unit in (A, B, C):
        arrive(engine, reading(unit, Q3, PLAIN), FIRST)
    return engine


def correct(engine, unit, days=1, **moved):
    """A further version of a unit's report in which some cells say otherwise."""
    figures = PLAIN | {code.replace("_", "."): value for code, value in moved.items()}
    arrive(engine, reading(unit, Q3, figures), FIRST + timedelta(days=days))


def consolidate(as_of=ASKED, authority="31"):
    return steps.consolidate(authority, Q3, as_of=as_of)


def bytes_of(made):
    return {kind: hashlib.sha256(Path(made["files"][kind]).read_bytes()).hexdigest() for kind in ("xlsx", "docx")}


def log_of(number):
    return steps.edition_show("31", Q3, number)["changes"]


def test_the_same_data_asked_for_a_day_later_are_the_same_edition(city):
    first = consolidate()
    again = consolidate(ASKED + timedelta(days=1))
    assert (again["edition"], again["sha256"], again["edition_id"]) == (1, first["sha256"], first["edition_id"])


def test_an_edition_keeps_its_figures_and_versions_in_the_warehouse(city):
    made = consolidate()
    with city.connect() as connection:
        rows = {(r.code, r.scope): r for r in connection.execute(select(edition_figure))}
        used = {r.unit_code: r.submission_id for r in connection.execute(select(edition_unit))}
    assert (rows["3.4.1", "total"].value, rows["3.4.1", "total"].reported) == (300, 3)
    assert rows["3.4.12", "commune"].value == 97
    assert {unit for unit, identity in used.items() if identity} == {A, B, C} and len(used) > 120
    assert made["edition"] == 1


def test_one_cell_moves_what_depends_on_it_and_the_log_names_the_report(city):
    consolidate()
    correct(city, B, **{"3_4_6": 510})
    made = consolidate()
    log = log_of(2)
    assert (made["edition"], log["previous"], log["reason"], log["replaces"]) == (2, 1, "data", None)
    places = {(move["code"], move["scope"]) for move in log["figures"]}
    assert places == {(code, scope) for code in ("3.4.6", "3.4.12") for scope in ("total", "commune")}
    ratio = next(move for move in log["figures"] if (move["code"], move["scope"]) == ("3.4.12", "total"))
    assert Decimal(ratio["before"]) == 97 and Decimal(ratio["after"]) == Decimal("97.3333333333")
    assert {tuple(move["causes"]) for move in log["figures"]} == {(B,)}
    (cause,) = log["causes"]
    assert (cause["unit"], cause["kind"], cause["version"]) == (B, "version", 2)
    assert cause["received_at"] == (FIRST + timedelta(days=1)).isoformat()
    (cell,) = cause["cells"]
    assert (cell["indicator"], cell["before"], cell["after"]) == ("3.4.6", "500", "510") and cell["cell"]


def dependents(code):
    """Codes of the figures that a cell goes into, by the catalogue."""
    found = {code}
    for item in all_indicators():
        parts = {term.code for term in (*item.numerator, *item.denominator)} if item.computed else set()
        weighed = item.rollup == "weighted" and code == "1.4.1b"
        if code in parts or weighed or counted_in_full().get(item.code) == code:
            found.add(item.code)
    return found


def test_a_random_cell_changes_exactly_the_figures_that_depend_on_it(city, tmp_path):
    """Of the figures that depend on the cell those that their cells now make otherwise, no other; apart from SQL."""
    chance = random.Random(4)
    codes = [r.indicator.code for r in forms.form("commune", "Q3").rows if not r.indicator.computed]
    given = {code: chance.randint(1, 40) if by_code()[code].kind != "flag" else 0 for code in codes}
    for unit in (A, B, C):
        arrive(city, reading(unit, Q3, given, salt=unit), FIRST + timedelta(hours=1))
    ledgers = {1: ledger(consolidate())}
    for number, code in enumerate(chance.sample(codes, 12), start=2):
        unit = chance.choice((A, B, C))
        value = given[code] + chance.randint(1, 9) if by_code()[code].kind != "flag" else 1
        arrive(city, reading(unit, Q3, given | {code: value}, salt=str(number)), FIRST + timedelta(days=number))
        asked = FIRST + timedelta(days=number + 20)
        ledgers[number] = ledger(consolidate(asked))
        log = log_of(number)
        changed = {(m["code"], m["scope"]) for m in log["figures"]}
        (cause,) = log["causes"]
        assert cause["unit"] == unit
        moved = {cell["indicator"] for cell in cause["cells"]}
        assert code in moved and len(moved) <= 12  # cells that an earlier turn changed in this unit go back
        reachable = {found for cell in moved for found in dependents(cell)}
        assert {place[0] for place in changed} <= reachable
        assert changed == recomputed_otherwise(ledgers[number - 1], ledgers[number]) | worded_otherwise(log, changed)
        for move in log["figures"]:
            assert move["causes"] == [unit]


def ledger(made):
    return report.trace.__globals__["Ledger"](Path(made["files"]["xlsx"]))


def recomputed_otherwise(before, after):
    """Figures of the annexes that the report's own arithmetic makes otherwise from the two files' cells."""
    told = []
    for one in (before, after):
        rows = [r for r in one.tables["figure"] if r["scope"] in ("total", "commune", "department", "authority")]
        told.append({(r["code"], r["scope"]): report.trace.__globals__["document"](one, r)["check"] for r in rows})
    assert all(check["equals"] for side in told for check in side.values())
    return {place for place, check in told[1].items() if check["recomputed"] != told[0][place]["recomputed"]}


def worded_otherwise(log, changed):
    """Figures that are words: which answers were given how often."""
    return {
        (m["code"], m["scope"])
        for m in log["figures"]
        if m["before"] == m["after"] and m["before_text"] != m["after_text"]
    } & changed


def test_a_unit_newly_in_is_named_with_its_cells(city, engine):
    consolidate()
    arrive(engine, reading("11948", Q3, {"3.4.1": 7}), FIRST + timedelta(days=3))
    consolidate()
    log = log_of(2)
    (cause,) = log["causes"]
    assert (cause["unit"], cause["kind"], cause["before_id"]) == ("11948", "in", None)
    given = [cell for cell in cause["cells"] if cell["after"] is not None]
    assert [(cell["indicator"], cell["after"]) for cell in given] == [("3.4.1", "7")]
    assert log["states"] == [["11948", "missing", "reported"]]


def test_other_words_of_the_program_make_another_edition_and_lose_no_file(city, monkeypatch):
    first = consolidate()
    kept = {kind: Path(path).read_bytes() for kind, path in first["files"].items()}
    words = writing.write_docx

    def reworded(c, path):
        from dataclasses import replace

        words(replace(c, narratives=()), path)
        path.write_bytes(path.read_bytes() + b"\0")

    monkeypatch.setattr(writing, "write_docx", reworded)
    second = consolidate()
    log = log_of(2)
    assert (second["edition"], log["reason"], log["figures"], log["causes"]) == (2, "presentation", [], [])
    assert {kind: Path(path).read_bytes() for kind, path in first["files"].items()} == kept
    assert consolidate()["edition"] == 2


def approve(number=1, status="approved"):
    return steps.edition_mark("31", Q3, number, status, "Trần Thị B", ASKED)


def test_small_corrections_are_noted_with_an_approved_edition(city):
    first = consolidate()
    approve()
    correct(city, A, **{"3_4_1": 101})  # 1 of 300: 0,33 %, under half a percent
    again = consolidate()
    assert (again["edition"], again["sha256"]) == (1, first["sha256"])
    assert consolidate(ASKED + timedelta(hours=1))["edition"] == 1
    (note,) = steps.edition_show("31", Q3, 1)["notes"]
    assert {move["code"] for move in note["figures"]} == {"3.4.1"} and note["causes"][0]["unit"] == A
    assert steps.editions("31", Q3)[0]["notes"] == 1


def test_files_of_an_approved_edition_that_are_gone_or_others_are_made_again(city, monkeypatch):
    first = consolidate()
    approve()
    correct(city, A, **{"3_4_1": 101})
    kept = {kind: Path(file) for kind, file in first["files"].items()}
    kept["xlsx"].write_bytes(b"another workbook")
    kept["docx"].unlink()
    assert bytes_of(consolidate()) == {kind: first["sha256"][kind] for kind in ("xlsx", "docx")}
    kept["xlsx"].write_bytes(b"another workbook")
    monkeypatch.setattr(writing, "write_xlsx", lambda c, path: path.write_bytes(b"other words") and 1)
    with pytest.raises(ValueError, match="bị mất hoặc khác với SHA-256"):
        consolidate()


def test_a_planted_file_is_never_recorded_as_one_of_the_edition(city, monkeypatch):
    monkeypatch.setattr(writing, "write_pdf", lambda _, path: path.write_bytes(b"%PDF real") and path)
    first = consolidate()
    Path(first["files"]["pdf"]).write_bytes(b"%PDF planted")
    Path(first["files"]["manifest"]).write_bytes(b"{}")
    again = consolidate()
    assert again["sha256"] == first["sha256"]
    assert Path(again["files"]["pdf"]).read_bytes() == b"%PDF real"


def test_a_look_back_does_not_take_the_place_of_an_approved_edition(city):
    consolidate()
    approve()
    with pytest.raises(ValueError, match="cchc edition rebuild"):
        consolidate(FIRST - timedelta(hours=1))
    assert [e["status"] for e in steps.editions("31", Q3)] == ["approved"]


def test_small_corrections_that_add_up_replace(city):
    consolidate()
    approve()
    correct(city, A, 1, **{"3_4_1": 101})
    assert consolidate()["edition"] == 1
    correct(city, B, 2, **{"3_4_1": 101})
    made = consolidate()
    assert made["edition"] == 2 and log_of(2)["replaces"] == 1
    assert [e["status"] for e in steps.editions("31", Q3)] == ["draft", "replaced"]


def test_a_material_correction_replaces_a_sent_edition(city):
    consolidate()
    approve()
    approve(status="sent")
    correct(city, A, **{"3_4_1": 150})
    assert consolidate()["edition"] == 2
    told = steps.edition_show("31", Q3, 1)
    assert [(e["status"], e["author"]) for e in told["events"]] == [
        ("approved", "Trần Thị B"),
        ("sent", "Trần Thị B"),
        ("replaced", ""),
    ]
    correct(city, A, 2, **{"3_4_1": 160})
    assert (consolidate()["edition"], log_of(3)["replaces"]) == (3, 1)  # the draft that replaces is followed


def test_a_correction_that_carries_a_share_over_its_target_is_material(city):
    from cchc.catalogue.indicators import by_code
    from cchc.catalogue.materiality import material

    assert not material(by_code()["3.4.12"], Decimal("95.99"), Decimal("96.00"))
    assert not material(by_code()["3.4.1"], Decimal(1000), Decimal(1004))
    assert material(by_code()["3.4.1"], Decimal(1000), Decimal(1005))
    assert material(by_code()["3.4.1"], None, Decimal(1)) and not material(by_code()["3.4.1"], None, None)


@pytest.mark.parametrize("steps_taken", [["sent"], ["approved", "approved"], ["approved", "sent", "approved"]])
def test_steps_that_are_not_in_order_are_refused(city, steps_taken):
    consolidate()
    *before, last = steps_taken
    for status in before:
        approve(status=status)
    with pytest.raises(ValueError, match="Thứ tự: Dự thảo, Đã duyệt, Đã gửi"):
        approve(status=last)


def test_only_the_newest_edition_is_approved(city):
    consolidate()
    correct(city, A, **{"3_4_1": 150})
    consolidate()
    with pytest.raises(ValueError, match="đã có lần 2"):
        approve(1)
    with pytest.raises(ValueError, match="Không có lần tổng hợp 9"):
        approve(9)


def test_an_edition_is_rebuilt_to_the_same_bytes_after_later_versions_and_editions(city, engine, tmp_path):
    first = consolidate()
    correct(city, B, **{"3_4_6": 510})
    second = consolidate(ASKED)
    correct(city, C, 20, **{"3_4_1": 5})
    arrive(engine, reading("11948", Q3, {"3.4.1": 7}), ASKED + timedelta(days=2))
    consolidate(ASKED + timedelta(days=30))
    for number, made in ((1, first), (2, second)):
        again = steps.edition_rebuild("31", Q3, number, tmp_path / str(number))
        assert again["identical"] == {"xlsx": True, "docx": True}
        assert bytes_of(again) == {kind: made["sha256"][kind] for kind in ("xlsx", "docx")}
    assert again["from"] == "warehouse"
    # As of then the same edition answers, although a third is there.
    assert (consolidate(ASKED)["edition"], consolidate(ASKED)["sha256"]) == (2, second["sha256"])


def test_another_process_of_another_place_rebuilds_every_edition_to_the_same_bytes(city, tmp_path):
    """Edition 1 after edition 2, a day later, with another locale, time zone, hash seed and folder."""
    consolidate(FIRST + timedelta(hours=1))
    correct(city, B, **{"3_4_6": 510})
    consolidate()
    program = str(Path(sys.executable).with_name("cchc"))
    place = {"LC_ALL": "C", "TZ": "America/New_York", "PYTHONHASHSEED": "77", "PATH": str(tmp_path)}
    for number in (1, 2):
        asked = ["edition", "rebuild", "--authority", "31", "--period", Q3, "--number", str(number), "--json"]
        done = subprocess.run(
            [program, *asked], capture_output=True, text=True, cwd=tmp_path, env=os.environ | place, check=True
        )
        told = json.loads(done.stdout)
        assert (told["identical"], told["from"]) == ({"xlsx": True, "docx": True}, "warehouse")


def test_an_edition_in_an_own_template_is_rebuilt_in_it_when_the_template_is_another(city, installation):
    folder = installation.templates_dir
    name, plain = report.mould_of(folder, "31", periods.parse(Q3))
    folder.mkdir(parents=True, exist_ok=True)
    own = folder / name
    edited = Document(io.BytesIO(plain))
    edited.add_paragraph("Mẫu riêng của đơn vị")
    edited.save(own)
    first = consolidate()
    assert "Mẫu riêng của đơn vị" in [p.text for p in Document(first["files"]["docx"]).paragraphs]
    own.unlink()
    again = steps.edition_rebuild("31", Q3, 1)
    assert again["identical"] == {"xlsx": True, "docx": True}
    assert consolidate()["sha256"]["docx"] != first["sha256"]["docx"]


def test_what_was_read_again_since_is_rebuilt_from_the_snapshot(city):
    from sqlalchemy import text

    consolidate()
    with city.begin() as connection:
        connection.execute(text("UPDATE fct_observation SET value = 1 WHERE indicator = '3.4.1'"))
    again = steps.edition_rebuild("31", Q3, 1)
    assert again["from"] == "snapshot" and all(again["identical"].values())
    consolidate()
    kinds = {cause["unit"]: (cause["kind"], len(cause["cells"])) for cause in log_of(2)["causes"]}
    assert kinds == dict.fromkeys((A, B, C), ("reread", 1))


def test_the_command_line(city):
    consolidate()
    correct(city, B, **{"3_4_6": 510})
    consolidate()
    asked = ["--authority", "31", "--period", Q3]

    def run(*words):
        done = CliRunner().invoke(app, ["edition", *words])
        assert done.exit_code == 0, done.output
        return done.stdout

    listed = json.loads(run("list", *asked, "--json"))["editions"]
    assert [(e["number"], e["status"]) for e in listed] == [(2, "draft"), (1, "draft")]
    assert "Lần 2" in run("list", *asked).splitlines()[0]
    told = run("diff", *asked, "--number", "2")
    assert f"{B} {units.find(B, FIRST.date()).name}: tính bản gửi lần 2" in told and "500 → 510" in told
    assert json.loads(run("diff", *asked, "--number", "2", "--json"))["against"] == 1
    assert "giống hệt" in run("rebuild", *asked, "--number", "1")
    marked = run(
        "mark", *asked, "--number", "2", "--status", "approved", "--by", "Lê A", "--at", "2026-09-21T08:00", "--json"
    )
    assert json.loads(marked)["events"][0]["at"] == "2026-09-21T08:00:00+07:00"
    assert "Đã duyệt: 08:00 21/09/2026, Lê A" in run("show", *asked, "--number", "2")
    refused = CliRunner().invoke(app, ["edition", "diff", *asked, "--number", "1"])
    assert "không có lần trước" in str(refused.exception)


def test_a_rebuilt_edition_that_is_not_the_kept_one_is_told_by_the_exit_code(city):
    from sqlalchemy import text

    consolidate()
    with city.begin() as connection:
        connection.execute(
            text("UPDATE edition SET files = jsonb_set(files, '{docx,sha256}', to_jsonb(repeat('0', 64)))")
        )
    done = CliRunner().invoke(
        app, ["edition", "rebuild", "--authority", "31", "--period", Q3, "--number", "1", "--json"]
    )
    assert (done.exit_code, json.loads(done.stdout)["identical"]) == (1, {"xlsx": True, "docx": False})
