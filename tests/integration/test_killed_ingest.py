"""Killing an ingest anywhere and running it again gives the warehouse of an undisturbed run (design 3, law 6)."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import psycopg
import pytest

from cchc import sample
from cchc.catalogue import periods
from cchc.cli import main

KILLS = 20
TABLES = (
    "dim_period",
    "obligation",
    "delivery",
    "submission",
    "stg_observation",
    "fct_observation",
    "narrative",
    "finding",
    "judgement",
    "explanation",
    "cross_check",
)


@pytest.fixture(scope="module")
def inbox() -> Path:
    """An inbox with the deliveries of a small city, faulty ones among them; every trial gets a copy."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-k"))
    made = sample.city("31", periods.parse("2026-Q3"), folder / "city", seed=11, defects=0.3, missing=0.85)
    for number, entry in enumerate(made["files"]):
        place = folder / "inbox" / f"00000000-0000-0000-0000-{number:012d}"
        place.mkdir(parents=True)
        shutil.copy(folder / "city" / entry["file"], place / entry["file"])
        slip = {"file": entry["file"], "received_at": entry["received_at"], "channel": "folder", "sender": ""}
        (place / "delivery.json").write_text(json.dumps(slip), encoding="utf-8")
    assert 10 <= len(made["files"]) <= 30
    yield folder / "inbox"
    shutil.rmtree(folder)


# The command with its imports already made: seconds of importing are no moments worth dying in, and the kills below
# then fall on the work itself.
WARM = get_context("forkserver")
WARM.set_forkserver_preload(["cchc.cli", "cchc.steps", "cchc.validate.across", "great_expectations"])


def ingest(environment: dict[str, str]) -> None:
    """``cchc ingest`` in this process, with an environment of its own."""
    os.environ.update(environment)
    sys.argv = ["cchc", "ingest"]
    with Path(os.devnull).open("w") as nowhere:
        sys.stdout = sys.stderr = nowhere
        main()


class Trial:
    """One warehouse and one inbox of its own."""

    def __init__(self, home: Path, address: str, inbox: Path) -> None:
        self.address = address
        self.inbox = home / "inbox"
        shutil.copytree(inbox, self.inbox)
        self.environment = {"CCHC_HOME": str(home), "CCHC_DATABASE_URL": address}

    def start(self) -> BaseProcess:
        process = WARM.Process(target=ingest, args=(self.environment,))
        process.start()
        return process

    def run(self) -> float:
        started = time.monotonic()
        process = self.start()
        process.join(120)
        assert process.exitcode == 0
        return time.monotonic() - started

    def kill_after(self, seconds: float) -> bool:
        """Kill the process with SIGKILL; False where it was done before."""
        process = self.start()
        process.join(seconds)
        disturbed = process.exitcode is None
        process.kill()
        process.join()
        return disturbed

    def content(self) -> dict[str, list[tuple]]:
        with psycopg.connect(self.address) as connection:
            return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


@pytest.fixture
def trial(server_home, template_database, inbox):
    """Maker of trials; their databases go with the test."""
    from cchc.settings import Settings
    from cchc.store import server

    socket_dir = server.ensure(Settings(server_home, "", "", ""))
    made: list[str] = []

    def make() -> Trial:
        name = f"cchc_kill_{len(made)}"
        with psycopg.connect(host=socket_dir, user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template_database}")
        made.append(name)
        home = Path(tempfile.mkdtemp(prefix="k-", dir=server_home))
        return Trial(home, f"postgresql://postgres@/{name}?host={socket_dir}", inbox)

    yield make
    with psycopg.connect(host=socket_dir, user="postgres", dbname="postgres", autocommit=True) as admin:
        for name in made:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.timeout(900)
def test_a_killed_ingest_is_finished_by_the_next(trial):
    undisturbed = trial()
    undisturbed.run()
    duration = trial().run()  # the first run also pays for what is only made once
    expected = undisturbed.content()
    assert len(expected["submission"]) >= 10 and expected["fct_observation"] and expected["finding"]
    moments = random.Random(20260910)
    kills = 0
    for _ in range(3 * KILLS):
        broken = trial()
        moment = moments.uniform(0.02, 0.98) * duration
        if not broken.kill_after(moment):
            duration = moment  # it was done by then: the machine is quicker now
            continue
        kills += 1
        broken.run()
        assert broken.content() == expected, f"kill {kills}, after {moment:.2f} of {duration:.2f} s"
        assert not list(broken.inbox.iterdir())
        if kills == KILLS:
            break
    assert kills == KILLS


def test_ingesting_twice_equals_once(trial):
    once = trial()
    once.run()
    before = once.content()
    once.run()
    assert once.content() == before
