"""Runs the two DAGs through Airflow's scheduler and waits for what they start."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cchc import steps
from cchc.local import credentials, processes, service
from cchc.local.installation import DEFAULT_PORT, Installation, free_port, port_taken
from cchc.local.rest import Client
from cchc.local.service import Say
from cchc.settings import Settings

COLLECT = "collect_submissions"
CONSOLIDATE = "consolidate_report"
FINISHED = ("success", "failed")
RUN_SECONDS = 1800.0
WITHOUT_DEFERRING = tuple(name for name in service.COMPONENTS if name != "triggerer")
"""What a single run needs: no task of these DAGs defers, and the triggerer takes ten seconds to end."""


class RunError(Exception):
    """A run failed or did not end; the message says which task and shows the end of its log."""


def clear(settings: Settings, say: Say) -> None:
    """Stop what is left of an installation that lost a part or was never stopped."""
    if processes.recorded(settings.run_dir):
        say("stopping what an earlier start left behind")
        service.stop(settings, database=False)


def wanted_port() -> int:
    """The port of the web page: ``CCHC_PORT``, else 8080.

    Raises:
        service.StartError: Somebody else answers there.
    """
    port = int(os.environ.get("CCHC_PORT") or DEFAULT_PORT)
    if port_taken(port):
        raise service.StartError(
            f"port {port} is taken by another program: end that one, or choose another, CCHC_PORT=8081"
        )
    return port


def bring_up(settings: Settings, port: int, say: Say, components: tuple[str, ...] = service.COMPONENTS) -> Installation:
    """Start everything; whatever had been started is stopped again when one part fails."""
    try:
        installation = service.prepare(settings, port, say)
        say("warehouse and catalogue")
        steps.db_upgrade()
        for user in credentials.users():
            for authority in user.authorities:
                steps.grant(user.name, authority, user.portal_role)
        service.start(installation, say, components)
    except BaseException:
        service.stop(settings)
        raise
    return installation


@contextmanager
def session(settings: Settings, say: Say) -> Iterator[Installation]:
    """The installation that runs, or one of its own on a free port that is stopped at the end."""
    found = service.running(settings)
    if found:
        say(f"using the installation that runs at {found.base_url}")
        yield found
        return
    clear(settings, say)
    try:
        yield bring_up(settings, free_port(), say, WITHOUT_DEFERRING)
    finally:
        say("stopping what was started")
        left = service.stop(settings)
        if left:
            raise service.StartError(f"processes that would not end: {left}")


def collect_and_consolidate(installation: Installation, period: str, say: Say) -> list[dict[str, Any]]:
    """Collect by hand, wait for each consolidation that this starts; all runs, the collection first."""
    client = service.admin(installation)
    run_id = client.trigger(COLLECT, {"period": period})
    say(f"{COLLECT} started by hand")
    collected = finished(installation, client, COLLECT, run_id, say)
    keys = _announced(client, run_id)
    say(f"{COLLECT} announced {', '.join(keys)}; waiting for {CONSOLIDATE}")
    runs = [_started_by(client, key, collected["run_after"]) for key in keys]
    return [collected, *(finished(installation, client, CONSOLIDATE, run["dag_run_id"], say) for run in runs)]


def _announced(client: Client, run_id: str) -> list[str]:
    """The partitions that the collection emitted."""
    # From the task's result: Airflow's list of asset events answers 500 while a run they started is still queued.
    return sorted(client.result(COLLECT, run_id, "cross_check"))


def _started_by(client: Client, key: str, since: str) -> dict[str, Any]:
    """The consolidation of a partition that the scheduler started after ``since``."""
    deadline = time.monotonic() + RUN_SECONDS
    while time.monotonic() < deadline:
        for run in client.runs(CONSOLIDATE, run_after_gte=since):
            if run["partition_key"] == key:
                return run
        time.sleep(0.5)
    raise RunError(f"{CONSOLIDATE} was not started for {key}")


def finished(installation: Installation, client: Client, dag_id: str, run_id: str, say: Say) -> dict[str, Any]:
    """Wait for the end of a run.

    Raises:
        RunError: It failed, or the time is over.
    """
    deadline = time.monotonic() + RUN_SECONDS
    while (run := client.run(dag_id, run_id))["state"] not in FINISHED:
        if time.monotonic() > deadline:
            raise RunError(f"{dag_id} has not ended after {RUN_SECONDS:.0f} s")
        time.sleep(0.5)
    say(f"{dag_id} {run['partition_key'] or ''}: {run['state']} in {run['duration'] or 0:.0f} s")
    if run["state"] == "failed":
        raise RunError(_why(installation, client, dag_id, run_id))
    return run


def _why(installation: Installation, client: Client, dag_id: str, run_id: str) -> str:
    """The failed tasks and the end of the log of the first."""
    failed = [task for task in client.tasks(dag_id, run_id) if task["state"] == "failed"]
    names = ", ".join(f"{task['task_id']}[{task['map_index']}]" for task in failed)
    logs = installation.airflow_home / "logs" / f"dag_id={dag_id}" / f"run_id={run_id}"
    where = sorted(logs.glob(f"task_id={failed[0]['task_id']}/**/*.log")) if failed else []
    return f"{dag_id} failed in {names}\n{service.tail(where[-1]) if where else ''}"
