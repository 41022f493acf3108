"""Editions on disk."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from cchc import report
from cchc.model.changes import Changes
from cchc.report import edition, pdf
from cchc.report.changes import summary
from cchc.report.facts import Facts
from tests.consolidations import consolidation

FEW = ("31", "31-SNV", "10507", "10993")


@pytest.fixture(scope="module")
def small():
    return consolidation(of=FEW, absent=("10993",))


@pytest.fixture(autouse=True)
def no_office(monkeypatch):
    """Conversion has tests of its own; here it takes no part."""
    monkeypatch.setattr(edition, "write_pdf", lambda *_: None)


def test_files_hashes_and_manifest(small, tmp_path):
    written = report.write_edition(small, tmp_path / "e")
    assert set(written.files) == {"xlsx", "docx", "manifest"}
    for file in written.files.values():
        assert hashlib.sha256(Path(file["path"]).read_bytes()).hexdigest() == file["sha256"]
    told = json.loads(Path(written.files["manifest"]["path"]).read_text(encoding="utf-8"))
    assert told["coverage"] == {"reported": 3, "expected": 4}
    assert told["files"]["xlsx"]["sha256"] == written.files["xlsx"]["sha256"]
    assert [row["unit"] for row in told["submissions"]] == ["31", "31-SNV", "10507"]
    assert told["figures"] == written.figures


def test_an_edition_after_which_no_total_moved_says_so_and_counts_no_noughts(small):
    *_, told = summary(Facts(small), Changes(previous=1, reason="data", replaces=None, figures=(), causes=()))
    assert told.startswith("Báo cáo được tính và số tổng hợp của kỳ này không đổi") and "0 " not in told


def test_the_same_edition_again_touches_nothing(small, tmp_path):
    report.write_edition(small, tmp_path / "e")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "e").iterdir()}
    again = report.write_edition(small, tmp_path / "e")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "e").iterdir()} == before
    assert set(again.files) == {"xlsx", "docx", "manifest"}


def test_an_edition_that_was_cut_short_is_completed(small, tmp_path):
    whole = report.write_edition(small, tmp_path / "e")
    (tmp_path / "e" / "bao-cao-cchc_31_2026-Q3_lan-01.json").unlink()
    again = report.write_edition(small, tmp_path / "e")
    assert again.files == whole.files


def test_copies_for_the_one_who_asked(small, tmp_path):
    paths = report.write_edition(small, tmp_path / "e").copy_to(tmp_path / "out" / "deep")
    assert sorted(paths) == ["docx", "manifest", "xlsx"]
    assert all(str(tmp_path / "out" / "deep") in path for path in paths.values())


def test_without_libreoffice_there_is_no_pdf(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert pdf.write_pdf(tmp_path / "a.docx", tmp_path / "a.pdf") is None


def test_files_are_told_in_the_same_order_each_time(small, tmp_path, monkeypatch):
    monkeypatch.setattr(edition, "write_pdf", lambda source, out: Path(shutil.copy(source, out)))
    for _ in range(2):
        assert list(report.write_edition(small, tmp_path / "e").files) == ["xlsx", "docx", "pdf", "manifest"]
