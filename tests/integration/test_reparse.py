"""History read again: first a report of what would change and no trace, then what a fresh ingest would have made."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import psycopg
import pytest

from cchc import parse, sample, steps
from cchc.catalogue import periods
from cchc.cli import main
from cchc.model.submission import Explanation, Issue
from cchc.parse.issue_kinds import Kind
from cchc.store import ruleset

KILLS = 5
PERIODS = ("2026-H1", "2026-Q3")
TABLES = (
    "dim_period",
    "obligation",
    "delivery",
    "submission",
    "stg_observation",
    "fct_observation",
    "narrative",
    "finding",
    "explanation",
    "cross_check",
)
HISTORY = ("judgement", "edition", "consolidated")


class Places:
    """Several warehouses beside one raw store; one of them is the installation at hand."""

    def __init__(self, socket_dir: str, home: Path) -> None:
        self.socket_dir, self.home = socket_dir, home
        self.made: list[str] = []

    def make(self, template: str) -> str:
        name = f"cchc_reread_{len(self.made)}"
        if template in self.made:
            # Great Expectations keeps a session open for a while.
            self._admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")
        self._admin(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.made.append(name)
        return name

    def environment(self, name: str) -> dict[str, str]:
        address = f"postgresql://postgres@/{name}?host={self.socket_dir}"
        return {"CCHC_HOME": str(self.home), "CCHC_DATABASE_URL": address}

    def settle(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        for key, value in self.environment(name).items():
            monkeypatch.setenv(key, value)

    def content(self, name: str, tables: tuple[str, ...] = TABLES) -> dict[str, list[tuple]]:
        with psycopg.connect(self.environment(name)["CCHC_DATABASE_URL"]) as connection:
            return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}

    def leave(self, name: str) -> None:
        """Close the connections of this process, so that the database can be copied."""
        from cchc import settings as environment
        from cchc.store import engine as warehouse

        warehouse.engine(environment.load()).dispose()
        assert name in self.made

    def drop(self) -> None:
        for name in self.made:
            self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def _admin(self, sql: str) -> None:
        with psycopg.connect(host=self.socket_dir, user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(sql)


@pytest.fixture(scope="module")
def patched():
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield monkeypatch


@pytest.fixture(scope="module")
def places(server_home, template_database, patched):
    from cchc.settings import Settings
    from cchc.store import server

    home = Path(tempfile.mkdtemp(prefix="r-", dir=server_home))
    made = Places(server.ensure(Settings(server_home, "", "", "")), home)
    yield made
    made.drop()
    shutil.rmtree(home, ignore_errors=True)


def _fill_inbox(home: Path) -> list[str]:
    """A small city with some faults, and its period before; return names of files without fault, communes only.

    The names of the first two say neither unit nor period: what their covers say decides.
    """
    city = home / "city"
    made = sample.city("31", periods.parse("2026-Q3"), city, seed=11, defects=0.06, missing=0.86, history=1)
    senders = {entry["unit"] for entry in made["files"]}
    past = json.loads((city / "history" / "2026-H1" / "manifest.json").read_text(encoding="utf-8"))
    sound = [entry for entry in made["files"] if not entry["faulty"] and len(entry["unit"]) == 5]
    names = {entry["file"]: entry["file"] for entry in sound}
    names |= {entry["file"]: f"bao cao {number}.xlsx" for number, entry in enumerate(sound[:2])}
    deliveries = [(city / e["file"], names.get(e["file"], e["file"]), e) for e in made["files"]]
    deliveries += [(city / "history/2026-H1" / e["file"], e["file"], e) for e in past["files"] if e["unit"] in senders]
    for number, (file, name, entry) in enumerate(deliveries):
        place = home / "inbox" / f"00000000-0000-0000-0000-{number:012d}"
        place.mkdir(parents=True)
        shutil.copy(file, place / name)
        slip = {"file": name, "received_at": entry["received_at"], "channel": "folder", "sender": ""}
        (place / "delivery.json").write_text(json.dumps(slip), encoding="utf-8")
    return [names[entry["file"]] for entry in sound]


class FormerReader:
    """Reads some files otherwise than the present reader does."""

    def __init__(self, names: list[str]) -> None:
        self.present = parse.read_many
        self.other_period, self.nobody, self.more, self.refused, self.noted = names[:5]

    def __call__(self, items, workers=1):
        return [self._former(reading, name) for reading, (_, name) in zip(self.present(items), items, strict=True)]

    def _former(self, reading, name):
        if name == self.more:
            return replace(reading, observations=tuple(_more(o) for o in reading.observations))
        if name == self.refused:
            return replace(reading, issues=(Issue(Kind.ERROR_VALUE, "tờ", "E9", "1.1.1", "#REF!"),))
        if name == self.other_period:
            return replace(reading, period="2026-H1")
        if name == self.nobody:
            return replace(reading, unit="", issues=(Issue(Kind.MISSING_UNIT_CODE, "Bìa", "C3"),))
        if name == self.noted:
            return replace(reading, explanations=(Explanation("Đã rà soát", "1.1.1"),))
        return reading


def _more(observation):
    """1.1.1, the tasks of the plan, ten more: nothing adds up to it."""
    if observation.indicator != "1.1.1":
        return observation
    return replace(observation, value=observation.value + Decimal(10), raw="former")


def _outdate(monkeypatch, kinds):
    """Another fingerprint, as other code or data would give."""
    monkeypatch.setattr(ruleset, "_KINDS", kinds)
    ruleset.fingerprint.cache_clear()


@pytest.fixture(scope="module")
def cities(places, patched):
    """A warehouse ingested by the present reader, and one by a former reader: ``fresh``, ``former`` and the names."""
    names = _fill_inbox(places.home)
    shutil.copytree(places.home / "inbox", places.home / "kept")
    fresh, former = places.make("cchc_template"), places.make("cchc_template")
    places.settle(fresh, patched)
    steps.ingest()
    places.leave(fresh)
    shutil.copytree(places.home / "kept", places.home / "inbox", dirs_exist_ok=True)
    places.settle(former, patched)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(parse, "read_many", FormerReader(names))
        _outdate(monkeypatch, {".py"})
        steps.ingest()
        steps.consolidate("31", "2026-Q3")
    ruleset.fingerprint.cache_clear()
    places.leave(former)
    return {"fresh": fresh, "former": former, "names": names}


@pytest.fixture
def former(places, cities, monkeypatch):
    """A copy of the warehouse that the former reader made, as the installation at hand."""
    name = places.make(cities["former"])
    places.settle(name, monkeypatch)
    yield name
    places.leave(name)


def _of(document, name):
    return next(change for change in document["versions"] if change["file_name"] == name)


def test_a_dry_run_says_what_would_change_and_leaves_no_trace(places, cities, former, tmp_path):
    before = places.content(former, (*TABLES, *HISTORY))
    document = steps.reparse(out=tmp_path / "doc-lai.xlsx")
    assert places.content(former, (*TABLES, *HISTORY)) == before
    assert not document["applied"] and document["summary"]["read"] == len(before["submission"])
    other_period, nobody, more, refused, noted = cities["names"][:5]
    figures = _of(document, more)["figures"]
    assert [f["indicator"] for f in figures] == ["1.1.1"]
    assert int(figures[0]["before"]) == int(figures[0]["after"]) + 10 and figures[0]["cell"]
    mended = _of(document, refused)
    assert (mended["before"]["verdict"], mended["after"]["counts"]) == ("rejected", True)
    assert [f["rule"] for f in mended["removed"] if f["severity"] == "critical"] == ["c04_error_value"]
    assert len(mended["figures"]) > 100
    assert _of(document, other_period)["before"]["period"] == "2026-H1"
    assert _of(document, other_period)["after"]["period"] == "2026-Q3"
    assert (_of(document, nobody)["before"]["unit"], bool(_of(document, nobody)["after"]["unit"])) == ("", True)
    assert not [change for change in document["versions"] if change["file_name"] == noted and change["figures"]]


def test_the_report_names_the_totals_and_editions_that_would_move(cities, former):
    from cchc import consolidate
    from cchc.steps.base import engine, now

    document = steps.reparse()
    assert document["editions"] == [{"authority": "31", "period": "2026-Q3", "number": 1}]
    foretold = {t["indicator"]: (t["before"], t["after"], t["after_reported"]) for t in document["totals"]}

    def totals():
        with engine().connect() as connection:
            return {
                t.indicator: t for t in consolidate.assemble(connection, "31", periods.parse("2026-Q3"), now()).totals
            }

    before = totals()
    steps.reparse(apply=True)
    after = totals()
    moved = {
        code
        for code in after
        if [(t.value, t.text, t.reported) for t in (before[code],)]
        != [(t.value, t.text, t.reported) for t in (after[code],)]
    }
    assert "1.1.1" in moved == set(foretold) if False else moved == set(foretold) and "1.1.1" in moved
    assert Decimal(foretold["1.1.1"][1]) == after["1.1.1"].value
    assert Decimal(foretold["1.1.1"][0]) == before["1.1.1"].value
    assert foretold["1.1.1"][2] == after["1.1.1"].reported == before["1.1.1"].reported + 3


def test_applying_gives_the_warehouse_of_a_fresh_ingest(places, cities, former):
    document = steps.reparse(apply=True)
    assert document["applied"] and document["due"] == ["2026-H1", "2026-Q3"]
    assert places.content(former) == places.content(cities["fresh"])
    again = steps.reparse(apply=True)
    assert again["summary"]["changed"] == 0 and again["versions"] == [] and again["totals"] == []


def test_former_judgements_are_kept_with_what_they_said(places, cities, former):
    before = {row[:2]: row for row in places.content(former, HISTORY)["judgement"]}
    steps.reparse(apply=True)
    after = {row[:2]: row for row in places.content(former, HISTORY)["judgement"]}
    assert len(after) == 2 * len(before), "every file was judged once more"
    assert all(after[key][:-1] == row[:-1] for key, row in before.items())
    replaced = [row[-1] for row in after.values() if row[-1]]
    assert len(replaced) == len(steps_changed(cities))
    assert any(f["raw"] == "former" for kept in replaced for f in kept["figures"])
    assert any(f["rule"] == "c04_error_value" for kept in replaced for f in kept["findings"])
    steps.reparse(apply=True)
    assert {row[:2] for row in places.content(former, HISTORY)["judgement"]} == set(after)


def steps_changed(cities):
    """The files that the former reader read otherwise."""
    return cities["names"][:5]


def test_one_period_alone_can_be_read_again(places, cities, former):
    document = steps.reparse(period="2026-Q3", apply=True)
    names = {change["file_name"] for change in document["versions"]}
    other_period, nobody, more, refused, _ = cities["names"][:5]
    assert {nobody, more, refused} <= names
    assert other_period not in names, "it stands in another period"
    assert steps.reparse(period="2026-Q3")["versions"] == []
    assert {c["file_name"] for c in steps.reparse()["versions"]} >= {other_period}


def test_another_authority_has_nothing_to_read(cities, former):
    document = steps.reparse(authority="75")
    assert (document["summary"]["read"], document["versions"], document["totals"]) == (0, [], [])


def test_other_rules_across_units_are_reported_before_they_are_applied(places, cities, monkeypatch):
    """Nothing is read otherwise, but a query finds more."""
    from sqlalchemy import text

    from cchc.store import sqlfiles
    from cchc.validate import across

    name = places.make(cities["fresh"])
    places.settle(name, monkeypatch)
    everyone = text(
        "SELECT submission_id, indicator, sheet, cell, CAST(value AS text) AS found, '0' AS expected "
        "FROM fct_observation WHERE period_code = :period AND indicator = '1.1.1'"
    )
    present = sqlfiles.statement
    monkeypatch.setattr(across, "statement", lambda n: everyone if n == "rules/x06_jump" else present(n))
    _outdate(monkeypatch, {".csv"})
    before = places.content(name)
    document = steps.reparse(period="2026-Q3")
    assert places.content(name) == before
    added = next(rule["added"] for rule in document["rules"] if rule["rule"] == "x06_jump")
    assert added >= 5 and document["summary"]["figures"] == 0
    assert document["summary"]["verdicts"].get("accepted → accepted_with_warnings")
    steps.reparse(period="2026-Q3", apply=True)
    found = [row for row in places.content(name)["finding"] if row[3] == "x06_jump"]
    assert len(found) == added
    monkeypatch.undo()
    ruleset.fingerprint.cache_clear()


def test_the_report_is_a_workbook_that_people_read(cities, former, tmp_path):
    steps.reparse(out=tmp_path / "doc-lai.xlsx")
    book = openpyxl.load_workbook(tmp_path / "doc-lai.xlsx")
    assert book.sheetnames == ["Tóm tắt", "Bản gửi thay đổi", "Theo quy tắc", "Phát hiện", "Số liệu", "Số tổng hợp"]
    words = {str(cell.value) for sheet in book for row in sheet for cell in row if cell.value}
    assert {"Không đạt", "c04_error_value", cities["names"][2], "Số tệp đã đọc lại"} <= words
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_the_command_says_in_words_and_as_json_what_would_change(cities, former, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["cchc", "reparse", "--period", "2026-Q3", "--json"])
    with pytest.raises(SystemExit) as left:
        main()
    document = json.loads(capsys.readouterr().out)
    assert left.value.code == 0 and document["summary"]["changed"] >= 3 and not document["applied"]
    monkeypatch.setattr(sys, "argv", ["cchc", "reparse", "--period", "2026-Q3"])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr().out
    assert "Chưa ghi gì vào kho dữ liệu" in said and "c04_error_value: thêm 0, bỏ 1" in said
    assert "Báo cáo tổng hợp 31, kỳ 2026-Q3: đã lập đến lần 1, phải lập lại." in said


def test_airflow_gets_numbers_and_a_workbook(places, cities, former):
    found = steps.reparse_summary("2026-Q3", "31")
    assert found["summary"]["changed"] >= 3 and Path(found["report"]).is_file() and not found["applied"]
    applied = steps.reparse_summary("2026-Q3", "31", apply=True)
    assert applied["applied"] and applied["report"] != found["report"]


# The command with its imports already made: seconds of importing are no moments worth dying in.
WARM = get_context("forkserver")
WARM.set_forkserver_preload(["cchc.cli", "cchc.steps", "cchc.validate.across", "great_expectations"])


def apply_all(environment: dict[str, str]) -> None:
    """``cchc reparse --apply`` in this process, with an environment of its own."""
    os.environ.update(environment)
    sys.argv = ["cchc", "reparse", "--apply"]
    with Path(os.devnull).open("w") as nowhere:
        sys.stdout = sys.stderr = nowhere
        main()


def _run(places, name, seconds=120.0):
    """Run the command, kill it after some time; True where it was done before."""
    process = WARM.Process(target=apply_all, args=(places.environment(name),))
    process.start()
    process.join(seconds)
    done = process.exitcode is not None
    process.kill()
    process.join()
    assert not done or process.exitcode == 0
    return done


@pytest.mark.timeout(600)
def test_killed_anywhere_and_run_again_it_ends_the_same(places, cities):
    import time

    undisturbed = places.make(cities["former"])
    assert _run(places, undisturbed)
    expected = places.content(undisturbed, (*TABLES, "judgement"))
    started = time.monotonic()
    assert _run(places, places.make(cities["former"]))
    duration = time.monotonic() - started
    moments, kills = random.Random(20260910), 0
    for _ in range(3 * KILLS):
        broken = places.make(cities["former"])
        if _run(places, broken, moments.uniform(0.3, 1.0) * duration):
            continue
        kills += 1
        assert _run(places, broken)
        assert places.content(broken, (*TABLES, "judgement")) == expected, kills
        if kills == KILLS:
            break
    assert kills == KILLS
