"""Data Docs are built where they are asked for."""

import subprocess

from cchc import validate
from cchc.settings import REPOSITORY
from tests.rules.factory import clean_reading, with_issue, with_values


def _changes() -> str:
    command = ["git", "status", "--porcelain", "--", "expectations", "gx"]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False).stdout


def test_pages_show_each_suite_and_nothing_enters_the_repository(tmp_path):
    before = _changes()
    faulty = with_issue(with_values(clean_reading(), {"3.4.2": 61}), "hidden_sheet", sheet="1. Chỉ đạo điều hành")
    index = validate.data_docs([clean_reading(), faulty], tmp_path / "gx")
    assert index.is_relative_to(tmp_path)
    text = index.read_text(encoding="utf-8")
    assert all(name in text for name in ("issue", "observation", "relation", "submission"))
    results = "".join(page.read_text(encoding="utf-8") for page in (index.parent / "validations").rglob("*.html"))
    assert "a01_dossiers_received_by_channel" in results
    assert _changes() == before


def test_building_again_replaces_the_pages(tmp_path):
    first = validate.data_docs([clean_reading()], tmp_path)
    assert validate.data_docs([clean_reading("department")], tmp_path) == first
