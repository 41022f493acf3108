"""Versions of one report: the last acceptable counts, all are kept, and one that changes nothing replaces nothing."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import text

from cchc import load, steps
from cchc.catalogue import periods, units
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.steps.base import now
from cchc.store import engine as warehouse
from cchc.template import issue
from tests.rules.warehouse import MORNING, OWN

Q3 = periods.parse("2026-Q3")
CODE = "1.1.4"


@pytest.fixture(scope="module")
def form() -> bytes:
    """The report of a commune without any fault."""
    unit = units.find(OWN, Q3.window_to)
    own = figures(7, unit, Q3)
    return issue(unit, Q3, own, narrative(7, unit, Q3, own))


def resaved(form: bytes, value=None) -> bytes:
    """The same workbook as another program saves it, with another figure where one is given."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if value is not None and cell.value == CODE:
                    sheet[f"E{cell.row}"] = value
    book.properties.creator = str(value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def send(engine, tmp_path):
    """Send a workbook so many minutes after the first."""

    def one(data: bytes, minutes: int, name: str = f"{OWN}_2026-Q3.xlsx") -> None:
        (tmp_path / name).write_bytes(data)
        steps.receive([tmp_path / name], MORNING + timedelta(minutes=minutes))
        steps.ingest()

    return one


def versions():
    return list(reversed(steps.unit_versions("2026-Q3", OWN)))


def status():
    found = steps.status("31", "2026-Q3", MORNING + timedelta(days=30))
    return next(row for row in found["units"] if row["unit"] == OWN)


def test_a_resaved_copy_says_so_and_makes_no_new_edition(send, form, engine):
    send(form, 0)
    first = steps.consolidate("31", "2026-Q3")
    send(resaved(form), 30)
    (one, two) = versions()
    assert [f["rule"] for f in two["findings"]] == ["s59_unchanged_resubmission"]
    assert "lần gửi thứ 1 ngày 08/09/2026" in two["findings"][0]["message"]
    assert (one["superseded"], two["superseded"], two["repeats"]) == (False, False, 1)
    assert (status()["submission_id"], status()["verdict"]) == (one["submission_id"], "accepted")
    assert load.due_for_consolidation(engine, now()) == []
    again = steps.consolidate("31", "2026-Q3")
    assert (again["edition"], again["sha256"]) == (1, first["sha256"])


def test_three_versions_in_an_hour_are_kept_and_the_last_counts(send, form, engine):
    for minutes, value in ((0, None), (20, 71), (50, 72)):
        send(resaved(form, value), minutes)
    found = versions()
    assert [v["version"] for v in found] == [1, 2, 3]
    assert [v["superseded"] for v in found] == [True, True, False]
    assert status()["submission_id"] == found[2]["submission_id"]
    assert status()["received_at"] == MORNING.isoformat(), "the first receipt stays"
    with engine.connect() as connection:
        query = text("SELECT value FROM fct_observation WHERE indicator = :code ORDER BY value DESC")
        assert len(connection.scalars(query, {"code": CODE}).all()) == 3


def test_the_order_of_collecting_does_not_matter(send, form):
    send(resaved(form), 30)
    send(form, 0)
    (one, two) = versions()
    assert ([f["rule"] for f in one["findings"]], one["verdict"]) == ([], "accepted")
    assert [f["rule"] for f in two["findings"]] == ["s59_unchanged_resubmission"]
    assert status()["submission_id"] == one["submission_id"]


def test_a_rejected_version_after_an_accepted_one_does_not_take_it_away(send, form):
    send(form, 0)
    send(resaved(form, "mười"), 30)
    (one, two) = versions()
    assert (one["verdict"], two["verdict"]) == ("accepted", "rejected")
    assert (status()["submission_id"], status()["latest_verdict"]) == (one["submission_id"], "rejected")


def test_a_rejected_file_sent_back_as_it_was_is_told_that_its_fault_is_still_there(send, form):
    send(resaved(form, "mười"), 0)
    send(resaved(resaved(form, "mười")), 30)
    (one, two) = versions()
    assert [v["verdict"] for v in (one, two)] == ["rejected", "rejected"]
    told = next(f for f in two["findings"] if f["rule"] == "s59_unchanged_resubmission")
    assert told["message"].endswith("số lỗi phải sửa vẫn còn nguyên: 1.")


def test_the_same_bytes_twice_are_one_version(send, form):
    send(form, 30)
    send(form, 0)
    (only,) = versions()
    assert (only["findings"], only["received_at"]) == ([], MORNING.isoformat())


def test_going_back_to_former_figures_is_a_change(send, form):
    for minutes, value in ((0, 70), (20, 71), (50, 70)):
        send(resaved(form, value), minutes)
    found = versions()
    assert status()["submission_id"] == found[2]["submission_id"]
    assert found[2]["repeats"] is None or found[2]["repeats"] == 1


def test_the_migration_can_be_taken_back_and_made_again(engine, send, form):
    from alembic import command
    from alembic.config import Config

    from cchc.settings import SQL

    send(form, 0)
    config = Config()
    config.set_main_option("script_location", str(SQL / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    warehouse.migrate(engine)
    assert status()["verdict"] == "accepted", "what was loaded before digests were kept still counts"
    document = steps.reparse(apply=True)
    assert (document["summary"]["read"], document["summary"]["figures"], document["totals"]) == (1, 0, [])
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT ruleset = '' FROM judgement ORDER BY seq")).all() == [True, False]
