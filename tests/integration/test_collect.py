"""Nothing received is lost, edited or counted twice."""

from __future__ import annotations

import hashlib
import os
import tracemalloc
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from cchc import collect, steps
from cchc.catalogue.periods import ZONE
from cchc.store import raw
from cchc.store.raw import raw_store

FIRST = datetime(2026, 9, 8, 9, 0, tzinfo=ZONE)
SECOND = datetime(2026, 9, 9, 9, 0, tzinfo=ZONE)


def _file(folder, name, data):
    folder.mkdir(exist_ok=True, parents=True)
    (folder / name).write_bytes(data)
    return folder / name


def _rows(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_received_file_is_kept_by_its_hash_and_leaves_the_inbox(installation, engine, tmp_path):
    file = _file(tmp_path, "10993_2026-Q3.xlsx", b"some bytes")
    steps.receive([file], FIRST)
    ids = steps.collect()
    digest = hashlib.sha256(b"some bytes").hexdigest()
    assert raw_store(installation).get(digest) == b"some bytes"
    assert ids == [f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"]
    assert _rows(engine, "SELECT sha256, file_name, unit_code, period_code, verdict FROM submission") == [
        (digest, "10993_2026-Q3.xlsx", "10993", "2026-Q3", "received")
    ]
    assert not list((installation.home / "inbox").iterdir())


def test_the_same_bytes_twice_are_one_version_with_the_first_stamp(installation, engine, tmp_path):
    file = _file(tmp_path, "10993_2026-Q3.xlsx", b"same")
    again = _file(tmp_path / "b", "10993_2026-Q3 (1).xlsx", b"same")
    steps.receive([again], SECOND)
    steps.collect()
    steps.receive([file], FIRST)
    steps.collect()
    assert _rows(engine, "SELECT file_name, received_at FROM submission") == [("10993_2026-Q3.xlsx", FIRST)]
    assert _rows(engine, "SELECT count(*) FROM delivery") == [(2,)]


def test_a_file_dropped_into_the_folder_is_stamped_by_its_arrival(installation, engine):
    inbox = installation.home / "inbox"
    file = _file(inbox, "10993_2026-Q3.xlsx", b"dropped")
    os.utime(file, (FIRST.timestamp(), FIRST.timestamp()))  # as a copy that keeps the sender's time does
    arrived = datetime.fromtimestamp(file.stat().st_ctime, ZONE)
    _file(inbox, "~$10993_2026-Q3.xlsx", b"lock file of an office program")
    _file(inbox, "copying.xlsx.part", b"half")
    assert collect.collect(installation, engine) == 1
    assert _rows(engine, "SELECT file_name, received_at, channel FROM delivery") == [
        ("10993_2026-Q3.xlsx", arrived, "folder")
    ]
    assert {path.name for path in inbox.iterdir()} == {"~$10993_2026-Q3.xlsx", "copying.xlsx.part"}


def test_a_delivery_without_its_slip_is_not_there_yet(installation, engine):
    folder = installation.home / "inbox" / "7b0c7a52-3f0c-4d5e-9f3f-000000000001"
    _file(folder, "10993_2026-Q3.xlsx", b"on its way")
    assert collect.collect(installation, engine) == 0
    assert (folder / "10993_2026-Q3.xlsx").exists()


def test_a_slip_cannot_point_outside_its_delivery(installation, engine, tmp_path):
    secret = _file(tmp_path, "secret.txt", b"not yours")
    folder = installation.home / "inbox" / "7b0c7a52-3f0c-4d5e-9f3f-000000000002"
    _file(folder, "x.xlsx", b"x")
    slip = f'{{"file": "{secret}", "received_at": "{FIRST.isoformat()}", "channel": "folder", "sender": ""}}'
    _file(folder, "delivery.json", slip.encode())
    assert collect.collect(installation, engine) == 0
    assert _rows(engine, "SELECT count(*) FROM submission") == [(0,)]


def test_the_raw_store_never_rewrites(installation):
    store = raw_store(installation)
    digest = store.put(b"once")
    place = installation.home / "storage" / "raw" / digest[:2] / digest
    before = place.stat()
    assert store.put(b"once") == digest
    assert place.stat().st_mtime_ns == before.st_mtime_ns
    assert not place.stat().st_mode & 0o222


def test_a_folder_somebody_dragged_here_is_emptied_too(installation, engine):
    inbox = installation.home / "inbox"
    _file(inbox / "xã An Phú" / "quý III", "10507_2026-Q3.xlsx", b"nested")
    assert collect.collect(installation, engine) == 1
    assert _rows(engine, "SELECT file_name, unit_code FROM submission") == [("10507_2026-Q3.xlsx", "10507")]


def test_what_cannot_be_taken_does_not_hold_up_the_others(installation, engine, tmp_path):
    inbox = installation.home / "inbox"
    secret = _file(tmp_path, "secret.txt", b"not yours")
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / "link.xlsx").symlink_to(secret)
    for number, slip in enumerate((b"{broken", b"[]", b'{"file": "x.xlsx"}'), start=1):
        folder = inbox / f"7b0c7a52-3f0c-4d5e-9f3f-00000000000{number}"
        _file(folder, "x.xlsx", b"x")
        _file(folder, "delivery.json", slip)
    Path(os.fsdecode(os.fsencode(inbox) + b"/B\xe1o c\xe1o.xlsx")).write_bytes(b"a name of the old code page")
    _file(inbox, "10993_2026-Q3.xlsx", b"sound")
    assert collect.collect(installation, engine) == 2
    assert sorted(_rows(engine, "SELECT file_name FROM submission")) == [("10993_2026-Q3.xlsx",), ("B?o c?o.xlsx",)]
    assert (inbox / "7b0c7a52-3f0c-4d5e-9f3f-000000000001" / "x.xlsx").exists()


def test_a_dragged_folder_keeps_what_was_not_taken(installation, engine):
    inbox = installation.home / "inbox"
    _file(inbox / "xã An Phú", "10507_2026-Q3.xlsx", b"whole")
    _file(inbox / "xã An Phú", "10508_2026-Q3.xlsx.part", b"still being copied")
    assert collect.collect(installation, engine) == 1
    assert [path.name for path in (inbox / "xã An Phú").iterdir()] == ["10508_2026-Q3.xlsx.part"]


def test_what_came_into_a_delivery_folder_meanwhile_stays(installation, engine, tmp_path):
    steps.receive([_file(tmp_path, "10993_2026-Q3.xlsx", b"x")], FIRST)
    (folder,) = (installation.home / "inbox").iterdir()
    _file(folder, "put here by hand.xlsx", b"another")
    assert collect.collect(installation, engine) == 1
    assert [path.name for path in folder.iterdir()] == ["put here by hand.xlsx"]


def test_a_file_that_is_still_written_waits_for_the_next_time(installation, engine, monkeypatch):
    file = _file(installation.home / "inbox", "10993_2026-Q3.xlsx", b"first half, ")
    copy = raw._copy

    def copied_while_somebody_writes(source, target):
        done = copy(source, target)
        with file.open("ab") as handle:
            handle.write(b"second half")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(raw, "_copy", copied_while_somebody_writes)
        assert collect.collect(installation, engine) == 0
    assert not [path for path in (installation.home / "storage").rglob("*") if path.is_file()]
    assert collect.collect(installation, engine) == 1
    assert _rows(engine, "SELECT size FROM submission") == [(len(b"first half, second half"),)]


def test_a_very_large_file_is_refused_by_its_size_and_kept(installation, engine, monkeypatch):
    file = _file(installation.home / "inbox", "10993_2026-Q3.xlsx", b"")
    with file.open("wb") as handle:
        handle.truncate(300 * 2**20)
    tracemalloc.start()
    try:
        assert collect.collect(installation, engine) == 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * 2**20
    monkeypatch.delattr("cchc.store.raw.RawStore.get")
    assert steps.ingest()["verdicts"] == {"unreadable": 1}
    assert _rows(engine, "SELECT rule, found, expected FROM finding") == [("s03_file_too_large", "300 MB", "20 MB")]
    ((digest, size),) = _rows(engine, "SELECT sha256, size FROM submission")
    assert (installation.home / "storage" / "raw" / digest[:2] / digest).stat().st_size == size == 300 * 2**20
