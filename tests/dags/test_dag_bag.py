"""The DAG files as Airflow reads them: which there are, how their tasks hang together, what they show."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cchc.settings import REPOSITORY

DAGS = REPOSITORY / "dags"
EXPECTED = {"collect_submissions", "consolidate_report", "reparse_history"}
GRAPH = {
    "collect_submissions": {
        "fetch_mail": {"collect"},
        "collect": {"split", "data_docs"},
        "split": {"ingest_chunk"},
        "ingest_chunk": {"cross_check", "data_docs"},
        "cross_check": {"send_answers"},
        "data_docs": set(),
        "send_answers": set(),
    },
    "consolidate_report": {
        "choose_period": {"list_authorities", "consolidate"},
        "list_authorities": {"consolidate"},
        "consolidate": set(),
    },
    "reparse_history": {"report_changes": {"apply_changes"}, "apply_changes": set()},
}
HEAVY = {"pandas", "great_expectations", "openpyxl", "python_calamine", "docx"}
VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạầấẩẫậằắẳẵặèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I)

# A process of its own: what the test session has imported already must not hide what a DAG file drags in.
PROBE = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
before = set(sys.modules)
bag = DagBag(sys.argv[1])
heavy = sorted(m for m in set(sys.modules) - before if m in set(json.loads(sys.argv[2])))
def task(t):
    return {"down": sorted(t.downstream_task_ids), "display": t.task_display_name,
            "owner": t.owner, "pool": t.pool,
            "retries": t.retries, "rule": t.trigger_rule.value, "outlets": [o.name for o in t.outlets]}
def dag(d):
    return {"display": d.dag_display_name, "doc": d.doc_md, "tags": sorted(d.tags), "catchup": d.catchup,
            "active": d.max_active_runs, "timetable": type(d.timetable).__name__,
            "cron": getattr(d.timetable, "expression", ""), "zone": str(getattr(d.timetable, "timezone", "")),
            "params": {k: d.params.get_param(k).schema for k in d.params},
            "defaults": {k: d.params.get_param(k).value for k in d.params},
            "tasks": {t.task_id: task(t) for t in d.tasks}}
dags = {k: dag(d) for k, d in bag.dags.items()}
print("PROBE" + json.dumps({"errors": bag.import_errors, "heavy": heavy, "dags": dags}))
"""


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("airflow")
    env = {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/unused.db",
        # Airflow puts the folder of the DAGs on the path by itself where it loads a bundle.
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "include"), str(DAGS)]),
    }
    command = [sys.executable, "-c", PROBE, str(DAGS), json.dumps(sorted(HEAVY))]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("PROBE")]
    assert lines, done.stdout[-2000:] + done.stderr[-4000:]
    return json.loads(lines[0].removeprefix("PROBE"))


def test_exactly_the_expected_dags_load(bag):
    assert bag["errors"] == {}
    assert set(bag["dags"]) == EXPECTED


@pytest.mark.parametrize("dag_id", sorted(EXPECTED))
def test_tasks_hang_together_as_drawn(bag, dag_id):
    tasks = bag["dags"][dag_id]["tasks"]
    assert {name: set(task["down"]) for name, task in tasks.items()} == GRAPH[dag_id]


def test_parsing_imports_nothing_heavy(bag):
    assert bag["heavy"] == []


@pytest.mark.parametrize("dag_id", sorted(EXPECTED))
def test_an_office_reader_finds_vietnamese(bag, dag_id):
    dag = bag["dags"][dag_id]
    shown = [dag["display"], dag["doc"], *(task["display"] for task in dag["tasks"].values())]
    assert all(VIETNAMESE.search(text) for text in shown), shown
    assert "###" in dag["doc"], "the explanation must have been read from its file"


@pytest.mark.parametrize("dag_id", sorted(EXPECTED))
def test_every_task_has_owner_and_retries(bag, dag_id):
    dag = bag["dags"][dag_id]
    assert "cchc" in dag["tags"]
    assert all(task["owner"] == "so-noi-vu" and task["retries"] >= 1 for task in dag["tasks"].values())


@pytest.mark.parametrize("dag_id", sorted(EXPECTED))
def test_one_run_at_a_time_and_no_catch_up(bag, dag_id):
    assert (bag["dags"][dag_id]["active"], bag["dags"][dag_id]["catchup"]) == (1, False)


def test_what_touches_the_warehouse_for_long_waits_in_its_pool(bag):
    pools = {f"{d}.{t}": task["pool"] for d, dag in bag["dags"].items() for t, task in dag["tasks"].items()}
    assert {name for name, pool in pools.items() if pool == "warehouse"} == {
        "collect_submissions.ingest_chunk",
        "collect_submissions.cross_check",
        "consolidate_report.list_authorities",
        "consolidate_report.consolidate",
        "reparse_history.report_changes",
        "reparse_history.apply_changes",
    }


def test_only_the_cross_check_announces_a_period(bag):
    outlets = {t: task["outlets"] for dag in bag["dags"].values() for t, task in dag["tasks"].items()}
    assert {name: names for name, names in outlets.items() if names} == {"cross_check": ["cchc_submissions"]}
    assert bag["dags"]["collect_submissions"]["tasks"]["cross_check"]["rule"] == "none_failed"


def test_mail_that_is_down_or_not_set_up_holds_up_no_other_channel(bag):
    tasks = bag["dags"]["collect_submissions"]["tasks"]
    assert (tasks["collect"]["rule"], tasks["send_answers"]["rule"]) == ("all_done", "none_failed")


def test_timetables_are_those_of_the_readme(bag):
    collect = bag["dags"]["collect_submissions"]
    assert (collect["timetable"], collect["zone"]) == ("CronTriggerTimetable", "Asia/Ho_Chi_Minh")
    assert f"`{collect['cron']}`" in (DAGS / "README.md").read_text(encoding="utf-8")
    assert bag["dags"]["consolidate_report"]["timetable"] == "PartitionedAssetTimetable"


def test_reading_history_again_never_starts_by_itself_and_writes_only_when_asked(bag):
    history = bag["dags"]["reparse_history"]
    assert (history["timetable"], history["cron"]) == ("NullTimetable", "")
    assert history["params"]["apply"] == {"type": "boolean", "title": "Ghi kết quả đọc lại (bỏ trống: chỉ báo cáo)"}
    assert history["defaults"]["apply"] is False


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        *((code, True) for code in ("2026-Q3", "2026-H1", "2026-Y", "2026-AD-bao-cao-nhanh")),
        *((wrong, False) for wrong in ("Q3-2026", "2026-Q3; x", "2026")),
    ],
)
def test_the_period_parameter_takes_period_codes_only(bag, text, fits):
    for dag in bag["dags"].values():
        assert bool(re.search(dag["params"]["period"]["pattern"], text)) is fits


@pytest.mark.parametrize("path", sorted(DAGS.glob("*.py")), ids=lambda path: path.name)
def test_a_dag_file_is_thin(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    imports = re.findall(r"^(?:from|import) (\S+)", text, re.MULTILINE)
    foreign = {name for name in imports if name.split(".")[0] not in sys.stdlib_module_names}
    assert foreign <= {"airflow.sdk", "airflow.sdk.exceptions", "cchc", "side_tasks"}
    assert re.findall(r"^from cchc import (.+)$", text, re.MULTILINE) == ["steps"]


def test_every_dag_has_its_section_in_the_readme():
    readme = (DAGS / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(\w+)`", readme, re.MULTILINE)) == EXPECTED
