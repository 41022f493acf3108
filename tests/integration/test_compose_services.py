"""The services of the compose file, each by its very command, on a PostgreSQL that asks for passwords."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import psycopg
import pytest

from cchc.local import processes
from cchc.local.installation import free_port
from cchc.local.rest import Client, RestError
from cchc.settings import REPOSITORY
from tests.fixtures.airflow import short_home
from tests.fixtures.compose import SECRETS, Stand, postgres

ORDER = ("api-server", "scheduler", "dag-processor", "triggerer")


@pytest.fixture(scope="module")
def stand(compose: dict[str, Any]) -> Iterator[Stand]:
    """PostgreSQL is up and the migration has run."""
    with short_home() as home, postgres(home, compose["services"]["postgres"]) as port:
        web = free_port()
        replace = {
            "@postgres:5432": f"@127.0.0.1:{port}",
            "http://api-server:": "http://localhost:",
            ":8080": f":{web}",
            ":8974": f":{free_port()}",
            "/opt/airflow/logs": str(home / "logs"),
            "/opt/airflow": str(REPOSITORY),
            "/var/lib/cchc": str(home / "cchc"),
        }
        made = Stand(compose["services"], home, replace)
        done = made.run("migrate")
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        yield made


@pytest.fixture(scope="module")
def running(stand: Stand) -> Iterator[Stand]:
    """All services were started in the order that the file asks for, and each became healthy by its own check."""
    try:
        for name in ORDER:
            stand.start(name)
            if name == "api-server":
                _until_healthy(stand, name)
        for name in ORDER[1:]:
            _until_healthy(stand, name)
        yield stand
    finally:
        assert processes.stop(processes.recorded(stand.home / "run"), stand.home / "run") == []


def _until_healthy(stand: Stand, name: str) -> None:
    for _ in range(60):
        if stand.healthy(name):
            return
        time.sleep(1)
    log = (stand.home / "run" / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    raise AssertionError(f"{name} is not healthy\n{log[-4000:]}")


def test_the_migration_may_run_at_every_start(stand):
    done = stand.run("migrate")
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_warehouse_belongs_to_a_user_who_cannot_see_airflow(stand):
    url = stand.environment("scheduler")["AIRFLOW_CONN_CCHC_WAREHOUSE"]
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) > 100 FROM dim_indicator").fetchone() == (True,)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(url.removesuffix("/cchc") + "/airflow")


def test_the_database_asks_for_the_password(stand):
    url = stand.environment("scheduler")["AIRFLOW_CONN_CCHC_WAREHOUSE"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace(SECRETS["CCHC_DB_PASSWORD"], "wrong"))


def test_all_services_are_healthy_and_the_dags_are_there(running):
    web = f"http://localhost{running.replace[':8080']}"
    client = Client(web, "quantri", SECRETS["AIRFLOW_ADMIN_PASSWORD"])
    assert set(client.health().values()) == {"healthy"}
    assert {dag["dag_id"] for dag in client.call("GET", "/api/v2/dags")["dags"]} == {
        "collect_submissions",
        "consolidate_report",
        "reparse_history",
    }
    assert "warehouse" in {pool["name"] for pool in client.call("GET", "/api/v2/pools")["pools"]}


def test_a_run_goes_through_the_services(running):
    web = f"http://localhost{running.replace[':8080']}"
    client = Client(web, "quantri", SECRETS["AIRFLOW_ADMIN_PASSWORD"])
    run_id = client.trigger("collect_submissions", {})
    for _ in range(120):
        run = client.run("collect_submissions", run_id)
        if run["state"] in ("success", "failed"):
            break
        time.sleep(0.5)
    states = {task["task_id"]: task["state"] for task in client.tasks("collect_submissions", run_id)}
    assert (run["state"], states) == (
        "success",
        {
            "fetch_mail": "skipped",
            "collect": "success",
            "split": "success",
            "ingest_chunk": "skipped",
            "cross_check": "skipped",
            "data_docs": "skipped",
            "send_answers": "skipped",
        },
    )


def test_a_wrong_password_is_refused(running):
    with pytest.raises(RestError, match="401"):
        Client(f"http://localhost{running.replace[':8080']}", "quantri", "wrong")


def _portal(stand: Stand, token: str = "") -> int:
    """Status of the board of an authority, redirections not followed."""
    connection = HTTPConnection("localhost", int(stand.replace[":8080"][1:]), timeout=60)
    headers = {"Accept": "text/html"} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection.request("GET", "/cchc/31", headers=headers)
    return connection.getresponse().status


def test_the_portal_asks_the_production_login_too(running):
    login = Client(f"http://localhost{running.replace[':8080']}")
    who = {"username": "quantri", "password": SECRETS["AIRFLOW_ADMIN_PASSWORD"]}
    assert _portal(running) in (302, 303, 307, 401)
    assert _portal(running, "wrong") in (302, 303, 307, 401)
    assert _portal(running, login.call("POST", "/auth/token", who)["access_token"]) == 200
