"""The main job through Airflow's own scheduler: files in the inbox, both DAGs, an edition on disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cchc import steps
from cchc.catalogue import periods
from cchc.local import runs, service
from cchc.local.installation import HOST
from cchc.local.rest import Client, RestError
from tests.fixtures.airflow import AirflowInstallation
from tests.fixtures.mail import ACCOUNT, PASSWORD, a_postman
from tests.letters import SENDER, form, letter

PERIOD = "2026-Q3"


def quietly(_line: str) -> None:
    """Progress is for people who wait."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """Some twenty files of the sample city, sound and faulty ones among them."""
    from cchc import sample as stage

    folder = tmp_path_factory.mktemp("city")
    made = stage.city("31", periods.parse(PERIOD), folder, seed=7, defects=0.1)
    faulty = [file for file in made["files"] if file["faulty"]]
    sound = [file for file in made["files"] if not file["faulty"]]
    assert len(faulty) >= 5
    return folder, [*faulty[:8], *sound[:12]]


@pytest.fixture(scope="module")
def first(airflow_installation: AirflowInstallation, sample: tuple[Path, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The runs that the first collection made."""
    folder, files = sample
    with airflow_installation.inside():
        for file in files:
            steps.receive([folder / file["file"]], datetime.fromisoformat(file["received_at"]))
        return runs.collect_and_consolidate(airflow_installation.inner, PERIOD, quietly)


def _states(here: AirflowInstallation, run: dict[str, Any]) -> dict[str, set[str]]:
    states: dict[str, set[str]] = {}
    for task in here.client().tasks(run["dag_id"], run["dag_run_id"]):
        states.setdefault(task["task_id"], set()).add(task["state"])
    return states


def test_both_dags_ran_by_the_scheduler_and_succeeded(airflow_installation, first):
    ran = [(run["dag_id"], run["state"], run["run_type"], run["partition_key"]) for run in first]
    assert ran[0] == ("collect_submissions", "success", "manual", None)
    # Other tests share the installation: a period that one of them loaded is consolidated by the first run too.
    assert ("consolidate_report", "success", "asset_triggered", PERIOD) in ran[1:]
    assert {(dag, state, kind) for dag, state, kind, _ in ran[1:]} == {
        ("consolidate_report", "success", "asset_triggered")
    }


def test_a_rejected_workbook_leaves_its_task_green(airflow_installation, first, sample):
    states = _states(airflow_installation, first[0])
    mail = {"fetch_mail", "send_answers"}  # skipped: this installation has neither a mailbox nor a server to send by
    assert {name for name, found in states.items() if found == {"skipped"}} == mail
    assert set().union(*(found for name, found in states.items() if name not in mail)) == {"success"}
    with airflow_installation.inside():
        board = steps.status("31", PERIOD)
    rejected = [file for file in sample[1] if file["expected_verdict"] == "rejected"]
    assert rejected
    assert board["rejected"] > 0


def test_the_edition_lies_where_the_registry_says(airflow_installation, first):
    with airflow_installation.inside():
        edition = steps.editions("31", PERIOD)[0]
    for kind in ("xlsx", "docx", "manifest"):
        file = edition["files"][kind]
        assert hashlib.sha256(Path(file["path"]).read_bytes()).hexdigest() == file["sha256"]
        assert Path(file["path"]).is_relative_to(airflow_installation.home)


def test_the_command_line_sees_what_airflow_did(airflow_installation, first):
    board = json.loads(airflow_installation.cchc("status", "--authority", "31", "--period", PERIOD, "--json").stdout)
    assert board["on_time"] + board["late"] >= 12
    assert board["expected"] > 100


def test_doing_it_again_changes_nothing(airflow_installation, first, sample):
    folder, files = sample
    with airflow_installation.inside():
        before = steps.editions("31", PERIOD), steps.status("31", PERIOD)["units"]
        steps.receive([folder / file["file"] for file in files])
        again = runs.collect_and_consolidate(airflow_installation.inner, PERIOD, quietly)
        after = steps.editions("31", PERIOD), steps.status("31", PERIOD)["units"]
    assert [run["state"] for run in again] == ["success", "success"]
    assert after == before


def test_nothing_new_starts_no_consolidation(airflow_installation, first):
    client = airflow_installation.client()
    before = [run["dag_run_id"] for run in client.runs("consolidate_report")]
    run_id = client.trigger("collect_submissions", {})
    run = runs.finished(airflow_installation.inner, client, "collect_submissions", run_id, quietly)
    assert _states(airflow_installation, run)["cross_check"] == {"skipped"}
    assert [run["dag_run_id"] for run in client.runs("consolidate_report")] == before


def test_mail_comes_in_and_goes_out_through_airflows_connections(airflow_installation, first, mail_server, tmp_path):
    mail_server.empty()
    mail_server.deliver(letter(("10993_2026-Q3.xlsx", form())))
    register = tmp_path / "danh-ba.csv"
    register.write_text(f"mã đơn vị,địa chỉ\n10993,{SENDER}\n", encoding="utf-8")
    airflow_installation.cchc("contacts", "import", str(register))
    client = airflow_installation.client()
    inbound = {"conn_type": "imap", "host": HOST, "port": mail_server.port, "login": ACCOUNT, "password": PASSWORD}
    with a_postman() as postman, connections(client, cchc_mailbox=inbound, cchc_smtp=postman.connection):
        run_id = client.trigger("collect_submissions", {})
        run = runs.finished(airflow_installation.inner, client, "collect_submissions", run_id, quietly)
    states = _states(airflow_installation, run)
    assert states["fetch_mail"] == states["send_answers"] == {"success"}
    assert client.result("collect_submissions", run_id, "fetch_mail") == {"taken": 1}
    mine = [answer for answer in postman.letters if answer["To"] == SENDER]
    assert len(mine) >= 1 and any(list(answer.iter_attachments()) for answer in mine)


@contextmanager
def connections(client: Client, **wanted: dict[str, Any]) -> Iterator[None]:
    """Connections of these names, as an engineer makes them in Airflow's page, while they are needed."""
    for name, facts in wanted.items():
        client.call("POST", "/api/v2/connections", {"connection_id": name, **facts})
    try:
        yield
    finally:
        for name in wanted:
            client.call("DELETE", f"/api/v2/connections/{name}")


def test_a_consolidation_by_hand_takes_one_authority(airflow_installation, first):
    client = airflow_installation.client("kysu")
    run_id = client.trigger("consolidate_report", {"authority": "31", "period": PERIOD})
    run = runs.finished(airflow_installation.inner, client, "consolidate_report", run_id, quietly)
    assert run["state"] == "success"
    mapped = [t for t in client.tasks("consolidate_report", run_id) if t["task_id"] == "consolidate"]
    assert [task["rendered_map_index"] for task in mapped] == ["31"]


def test_a_run_by_hand_without_a_period_fails_with_a_reason(airflow_installation):
    client = airflow_installation.client("kysu")
    run_id = client.trigger("consolidate_report", {})
    with pytest.raises(runs.RunError, match="choose_period"):
        runs.finished(airflow_installation.inner, client, "consolidate_report", run_id, quietly)


def test_a_period_that_is_none_is_refused_before_anything_runs(airflow_installation):
    with pytest.raises(RestError, match="40"):
        airflow_installation.client("kysu").trigger("collect_submissions", {"period": "quý 3"})


@pytest.mark.parametrize(
    ("user", "may"),
    [("quantri", True), ("kysu", True), ("noivu", True), ("lanhdao", False), ("lanhdao-dongnai", False)],
)
def test_who_may_start_a_run(airflow_installation, user, may):
    client = airflow_installation.client(user)
    if may:
        run_id = client.trigger("collect_submissions", {})
        runs.finished(airflow_installation.inner, client, "collect_submissions", run_id, quietly)
    else:
        with pytest.raises(RestError, match="403"):
            client.trigger("collect_submissions", {})


def test_who_may_see_what(airflow_installation, first):
    with airflow_installation.inside():
        granted = {user: steps.grants(user) for user in airflow_installation.users}
    assert granted["lanhdao"] == ["31"]
    assert granted["lanhdao-dongnai"] == ["75"]


def test_a_running_installation_is_found_and_used(airflow_installation):
    found = service.running(airflow_installation.settings)
    assert found is not None
    assert found.base_url == airflow_installation.base_url
