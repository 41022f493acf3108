"""One file, whatever it holds, does not hold up the others."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from cchc import steps, template
from cchc.catalogue import forms, periods, units

Q3 = periods.parse("2026-Q3")
IN_TIME = datetime(2026, 9, 8, 9, 0, tzinfo=periods.ZONE)


def _form(code, figures, narrative=None):
    unit = units.find(code, Q3.window_to)
    return template.issue(unit, Q3, figures=figures, narrative=narrative or {})


def _send(folder, name, data):
    (folder / name).write_bytes(data)
    steps.receive([folder / name], IN_TIME)


def _verdicts(engine):
    with engine.connect() as connection:
        return dict(connection.execute(text("SELECT file_name, verdict FROM submission")).all())


def _rules(engine, name):
    query = text("SELECT f.rule FROM finding AS f JOIN submission AS s USING (submission_id) WHERE s.file_name = :name")
    with engine.connect() as connection:
        return set(connection.scalars(query, {"name": name}))


SOUND = {f"3.4.{n}": 0 for n in range(1, 12)} | {f"1.3.{n}": 0 for n in range(1, 6)}


def test_control_characters_are_left_out_and_the_file_taken(installation, engine, tmp_path):
    marked = _form("10507", SOUND, {"I.1": "MARK nội dung"})
    out = BytesIO()
    with ZipFile(BytesIO(marked)) as source, ZipFile(out, "w") as target:
        for part in source.namelist():
            data = source.read(part).replace(b"MARK", b"A_x0000_B_x000B_C")
            target.writestr(part, data)
    _send(tmp_path, "10507_2026-Q3.xlsx", out.getvalue())
    _send(tmp_path, "10993_2026-Q3.xlsx", _form("10993", SOUND))
    steps.ingest()
    assert set(_verdicts(engine).values()) == {"accepted_with_warnings"}
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT text FROM narrative")) == "ABC nội dung"


def test_an_absurd_number_is_a_finding_and_the_others_go_on(installation, engine, tmp_path):
    book = load_workbook(BytesIO(_form("10507", SOUND)))
    sheet, cell = template.address(forms.form("commune", Q3.kind))["1.1.4"]
    book[sheet][cell] = 1e308
    kept = BytesIO()
    book.save(kept)
    _send(tmp_path, "10507_2026-Q3.xlsx", kept.getvalue())
    _send(tmp_path, "10993_2026-Q3.xlsx", _form("10993", SOUND))
    steps.ingest()
    verdicts = _verdicts(engine)
    assert (verdicts["10507_2026-Q3.xlsx"], verdicts["10993_2026-Q3.xlsx"]) == ("rejected", "accepted_with_warnings")
    assert "c14_number_out_of_range" in _rules(engine, "10507_2026-Q3.xlsx")


@pytest.mark.parametrize("culprit", ["10507_2026-Q3.xlsx"])
def test_a_fault_of_ours_is_a_verdict_too(installation, engine, tmp_path, monkeypatch, culprit):
    from cchc import parse

    sound = parse.read_many

    def fails_on_one(items, workers=1):
        if any(name == culprit for _, name in items):
            raise RuntimeError("a fault of ours")
        return sound(items, workers)

    monkeypatch.setattr(parse, "read_many", fails_on_one)
    _send(tmp_path, culprit, _form("10507", SOUND))
    _send(tmp_path, "10993_2026-Q3.xlsx", _form("10993", SOUND))
    steps.ingest()
    assert _verdicts(engine) == {culprit: "unreadable", "10993_2026-Q3.xlsx": "accepted_with_warnings"}
    assert _rules(engine, culprit) == {"s28_not_processed"}


def test_the_citys_own_report_is_not_taken_for_its_form(installation, engine, tmp_path):
    _send(tmp_path, "31_2026-Q3.xlsx", _form("31", {"2.1.1": 3, "2.1.2": 4, "2.1.3": 7, "3.1.1": 5}))
    steps.ingest()
    made = steps.consolidate("31", "2026-Q3", tmp_path / "out")
    _send(tmp_path, "bao-cao.xlsx", Path(made["files"]["xlsx"]).read_bytes())
    steps.ingest()
    assert _verdicts(engine)["bao-cao.xlsx"] == "rejected"
    again = steps.consolidate("31", "2026-Q3", tmp_path / "again")
    figures = [_figure(document["files"]["xlsx"], "2.1.3") for document in (made, again)]
    assert figures == [7, 7]


def _figure(xlsx, code):
    for row in load_workbook(xlsx)["2. Thể chế"].iter_rows(values_only=True):
        if code in row:
            return row[row.index(code) + 3]
    raise AssertionError(code)


def test_a_file_of_nobody_is_shown_with_its_reason(installation, engine, tmp_path):
    _send(tmp_path, "khong ro nguon.xlsx", b"no workbook")
    _send(tmp_path, "10993_2026-Q3.xlsx", b"no workbook either")
    steps.ingest()
    found = steps.status("31", "2026-Q3")
    assert [row["file_name"] for row in found["unidentified"]] == ["khong ro nguon.xlsx"]
    assert found["unidentified"][0]["reason"].endswith(".")
    assert {row["unit"]: row["verdict"] for row in found["units"]}["10993"] == "unreadable"
