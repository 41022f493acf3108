"""``make demo``, twice, on the installation that runs: the second time adds nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from cchc import steps
from cchc.local import demo
from cchc.store import engine as warehouse
from tests.fixtures.airflow import AirflowInstallation

AUTHORITY, PERIOD = "75", "2026-Q3"
TABLES = ("submission", "delivery", "fct_observation", "finding", "narrative", "edition")


def _counts(here: AirflowInstallation) -> dict[str, int]:
    with warehouse.engine(here.settings).connect() as connection:
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in TABLES}


@pytest.fixture(scope="module")
def shown(airflow_installation: AirflowInstallation) -> tuple[str, list[str]]:
    lines: list[str] = []
    with airflow_installation.inside():
        return demo.demonstrate(airflow_installation.settings, AUTHORITY, PERIOD, lines.append), lines


def test_the_summary_says_what_the_manifest_planted(airflow_installation, shown):
    manifest = json.loads(
        (airflow_installation.home / "sample" / f"{AUTHORITY}_{PERIOD}" / "manifest.json").read_text(encoding="utf-8")
    )
    refused = [file for file in manifest["files"] if file["expected_verdict"] in ("rejected", "unreadable")]
    taken = [file for file in manifest["files"] if file not in refused]
    said = {name.strip(): int(number) for name, number in re.findall(r"^ +(\D+?) +(\d+)$", shown[0], re.MULTILINE)}
    assert said["Phải nộp"] == len(manifest["files"]) + len(manifest["missing"])
    assert said["Đúng hạn"] == sum(not file["late"] for file in taken)
    assert said["Nộp muộn"] == sum(file["late"] for file in taken)
    # Two faults hide whose file it is, so that its unit counts as one that has not sent.
    assert said["Chưa nộp"] + said["Bị trả lại"] == len(manifest["missing"]) + len(refused)
    assert said["Chưa nộp"] >= len(manifest["missing"])


def test_the_paths_lead_to_files(shown):
    paths = re.findall(r"^ +(?:Bảng tính|Văn bản): +(\S+)$", shown[0], re.MULTILINE)
    assert [Path(path).suffix for path in paths] == [".xlsx", ".docx"]
    assert all(Path(path).stat().st_size > 10_000 for path in paths)


def test_it_used_the_installation_that_runs(airflow_installation, shown):
    assert any(airflow_installation.base_url in line for line in shown[1])
    assert airflow_installation.client().health()["scheduler"] == "healthy"


def test_the_second_time_adds_nothing(airflow_installation, shown):
    before = _counts(airflow_installation)
    lines: list[str] = []
    with airflow_installation.inside():
        again = demo.demonstrate(airflow_installation.settings, AUTHORITY, PERIOD, lines.append)
    assert _counts(airflow_installation) == before
    assert again == shown[0]
    assert "0 workbooks put into the inbox" in lines


def test_history_came_first(airflow_installation, shown):
    with airflow_installation.inside():
        earlier = steps.status(AUTHORITY, "2026-H1")
    assert earlier["missing"] == 0
    assert earlier["on_time"] == earlier["expected"] > 50
