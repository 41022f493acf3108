"""Inbox and raw store in an object store, on a real server that speaks S3."""

from __future__ import annotations

import hashlib

from sqlalchemy import text

from cchc import collect, steps, template
from cchc.catalogue import periods, units
from cchc.collect import inbox
from cchc.store import places
from cchc.store.raw import raw_store

PERIOD = periods.parse("2026-Q3")


def _form(code="10993"):
    return template.issue(units.find(code, PERIOD.window_to), PERIOD)


def _names(address):
    folder = places.place(address)
    return sorted(folder.fs.find(folder.path)) if folder.exists() else []


def _rows(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_received_collected_judged_and_kept_by_hash(in_object_store, engine, tmp_path):
    data = _form()
    (tmp_path / "10993_2026-Q3.xlsx").write_bytes(data)
    steps.receive([tmp_path / "10993_2026-Q3.xlsx"])
    assert len(_names(in_object_store.inbox_url)) == 2  # the file and its slip
    assert steps.ingest()["submissions"] == 1
    digest = hashlib.sha256(data).hexdigest()
    assert raw_store(in_object_store).get(digest) == data
    assert _names(in_object_store.storage_url) == [f"cchc-test/storage/raw/{digest[:2]}/{digest}"]
    assert _names(in_object_store.inbox_url) == []
    assert _rows(engine, "SELECT sha256, channel, verdict FROM submission") == [(digest, "folder", "rejected")]


def test_objects_put_there_by_others_are_stamped_by_the_store(in_object_store, engine):
    root = places.place(in_object_store.inbox_url)
    (root / "Báo cáo quý III?.xlsx").write_bytes(b"dropped")
    (root / "xã An Phú" / "10507_2026-Q3.xlsx").write_bytes(b"in a folder")
    (root / "copying.xlsx.part").write_bytes(b"half")
    root.fs.touch(f"{root.path}/empty-folder/")  # as consoles of object stores make one
    stamps = {name: (root / name).stat().st_mtime for name in ("Báo cáo quý III?.xlsx", "xã An Phú/10507_2026-Q3.xlsx")}
    assert collect.collect(in_object_store, engine) == 2
    found = dict(_rows(engine, "SELECT file_name, extract(epoch FROM received_at)::float8 FROM delivery"))
    assert found == {name.rpartition("/")[2]: stamp for name, stamp in stamps.items()}
    left = _names(in_object_store.inbox_url)
    assert "cchc-test/inbox/copying.xlsx.part" in left and not [name for name in left if name.endswith("xlsx")]


def test_the_store_writes_once(in_object_store):
    store = raw_store(in_object_store)
    digest = store.put(b"once")
    place = places.place(in_object_store.storage_url) / "raw" / digest[:2] / digest
    # Were it written again it would be whole again: what lies there stays as it is.
    place.write_bytes(b"marked by the test")
    assert store.put(b"once") == digest
    assert place.read_bytes() == b"marked by the test"


def test_killed_before_the_inbox_was_emptied_and_run_again(in_object_store, engine, tmp_path, monkeypatch):
    (tmp_path / "10993_2026-Q3.xlsx").write_bytes(b"some bytes")
    steps.receive([tmp_path / "10993_2026-Q3.xlsx"])
    with monkeypatch.context() as patch:
        patch.setattr("cchc.collect.registry.remove", lambda _item: None)
        collect.collect(in_object_store, engine)
    before = _rows(engine, "SELECT * FROM delivery"), _rows(engine, "SELECT * FROM submission")
    assert collect.collect(in_object_store, engine) == 1
    assert (_rows(engine, "SELECT * FROM delivery"), _rows(engine, "SELECT * FROM submission")) == before
    assert list(inbox.deliveries(in_object_store)) == []


def test_a_large_object_is_refused_by_its_size_and_kept(in_object_store, engine, monkeypatch):
    data = bytes(31 * 2**20)
    (places.place(in_object_store.inbox_url) / "10993_2026-Q3.xlsx").write_bytes(data)
    monkeypatch.setattr("cchc.store.raw.RawStore.get", _never)
    assert steps.ingest()["verdicts"] == {"unreadable": 1}
    assert _rows(engine, "SELECT rule, found FROM finding") == [("s03_file_too_large", "31 MB")]
    digest = hashlib.sha256(data).hexdigest()
    kept = places.place(in_object_store.storage_url) / "raw" / digest[:2] / digest
    assert kept.stat().st_size == len(data)


def _never(*_arguments):
    raise AssertionError("a file that is too large must not be read into memory")
