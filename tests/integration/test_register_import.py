"""Registers in the warehouse: kept as they came, each once, versions by receipt."""

import json
from datetime import date, datetime

import pytest
from typer.testing import CliRunner

from cchc import settings, steps
from cchc.catalogue.periods import ZONE
from cchc.cli import app
from cchc.store import registers as kept
from cchc.store.raw import raw_store
from cchc.template import issue_registers

FIRST = datetime(2026, 4, 10, 9, 0, tzinfo=ZONE)
SECOND = datetime(2026, 4, 20, 9, 0, tzinfo=ZONE)


def _work(*names):
    return {
        "breakthrough": [{"unit_code": "10993", "description": n, "registered_on": date(2026, 4, 9)} for n in names]
    }


@pytest.fixture
def workbook(tmp_path):
    def made(name, entries):
        (tmp_path / name).write_bytes(issue_registers("31", "Sở Nội vụ", 2026, entries))
        return tmp_path / name

    return made


def test_versions_by_receipt_and_the_same_file_once(engine, workbook):
    one, two = workbook("a.xlsx", _work("Việc A", "Việc B")), workbook("b.xlsx", _work("Việc A"))
    assert steps.import_registers(one, FIRST)["number"] == 1
    again = steps.import_registers(one, SECOND)
    assert (again["number"], again["already_imported"], again["received_at"]) == (1, True, FIRST.isoformat())
    later = steps.import_registers(two, SECOND)
    assert later["number"] == 2
    assert any("không còn trong bản này: Công việc đột phá dòng 7" in f["message"] for f in later["findings"])
    with engine.connect() as connection:
        before = kept.in_force(connection, "31", 2026, FIRST)
        after = kept.in_force(connection, "31", 2026, SECOND)
        assert kept.in_force(connection, "31", 2026, datetime(2026, 4, 1, tzinfo=ZONE)) is None
    assert [len(v.of("breakthrough")) for v in (before, after)] == [2, 1]


def test_a_faulty_workbook_is_kept_but_not_taken_over(engine, installation, workbook):
    faulty = workbook("c.xlsx", {"overdue": [{"unit_code": "10993", "task": "Báo cáo", "due": "mai"}]})
    done = steps.import_registers(faulty, FIRST)
    assert (done["verdict"], done["number"], done["entries"]) == ("rejected", 0, 0)
    assert raw_store(settings.load()).get(done["sha256"]) == faulty.read_bytes()
    assert steps.show_registers("31", 2026, SECOND)["number"] == 0


def test_the_command_line(installation, engine, tmp_path):
    runner, out = CliRunner(), tmp_path / "so.xlsx"
    issued = runner.invoke(app, ["register", "template", "--authority", "31", "--year", "2026", "--out", str(out)])
    assert issued.exit_code == 0, issued.output
    out.write_bytes(issue_registers("31", "Sở Nội vụ", 2026, _work("Việc A")))
    taken = runner.invoke(app, ["register", "import", str(out), "--received-at", FIRST.isoformat(), "--json"])
    assert (taken.exit_code, json.loads(taken.stdout)["entries"]) == (0, 1)
    shown = runner.invoke(app, ["register", "show", "--authority", "31", "--year", "2026"])
    assert "Công việc đột phá: 1 dòng." in shown.stdout and "10993 | Việc A | 9/4/2026" in shown.stdout
    out.write_bytes(issue_registers("31", "Sở Nội vụ", 2026, {"overdue": [{"unit_code": "1", "task": "x"}]}))
    refused = runner.invoke(app, ["register", "import", str(out)])
    assert (
        refused.exit_code == 1 and "Nhiệm vụ quá hạn!B6" in refused.stdout and "Nhiệm vụ quá hạn!G6" in refused.stdout
    )
