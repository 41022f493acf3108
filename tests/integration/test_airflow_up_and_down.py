"""``make up`` and ``make down``: what is started can be used, and nothing of it stays."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from cchc.local import processes
from cchc.local.installation import HOST, free_port, port_taken
from cchc.local.rest import Client
from cchc.settings import REPOSITORY
from tests.fixtures.airflow import home_of, short_home


def _local(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cchc.local", *arguments]
    return subprocess.run(command, env={**os.environ, **extra}, capture_output=True, text=True, check=False)


@pytest.fixture
def home() -> Iterator[Path]:
    with short_home() as path, home_of(path):
        yield path
        _local("down")


def _of_home(home: Path) -> set[int]:
    """Processes that this home has to do with: the services' sessions, and whoever names its directory."""
    named = set()
    for process in psutil.process_iter(["pid", "cmdline"]):
        if any(str(home) in part for part in process.info["cmdline"] or []):
            named.add(process.pid)
    return named | {process.pid for process in processes.members(processes.recorded(home / "run"))}


def test_up_serves_and_down_leaves_nothing(home):
    port = free_port()
    started = _local("up", CCHC_PORT=str(port))
    assert started.returncode == 0, started.stderr
    assert f"http://localhost:{port}" in started.stdout
    passwords = dict(
        line.split()[:2] for line in started.stdout.splitlines() if line.startswith("  ") and len(line) > 50
    )
    for user in ("quantri", "kysu", "noivu", "lanhdao", "lanhdao-dongnai"):
        assert set(Client(f"http://{HOST}:{port}", user, passwords[user]).health().values()) == {"healthy"}

    before = _of_home(home)
    services = {service.name: service for service in processes.recorded(home / "run")}
    assert set(services) == {"api-server", "scheduler", "dag-processor", "triggerer"}
    assert len(before) > len(services) + 1, "workers and PostgreSQL count too"
    assert _local("up", CCHC_PORT=str(port)).stdout == started.stdout
    assert _of_home(home) >= {service.pid for service in services.values()}

    psutil.Process(services["scheduler"].pid).kill()  # its workers and the port must be taken back
    again = _local("up", CCHC_PORT=str(port))
    assert (again.returncode, again.stdout) == (0, started.stdout), again.stderr

    family = before | _of_home(home)
    stopped = _local("down")
    assert stopped.returncode == 0, stopped.stderr
    assert [pid for pid in family if psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie"] == []
    assert _of_home(home) == set()
    assert not port_taken(port)
    assert processes.recorded(home / "run") == []


def test_down_where_nothing_runs_is_no_error(home):
    assert _local("down").returncode == 0


def test_up_says_that_the_port_is_taken_and_starts_nothing(home):
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        refused = _local("up", CCHC_PORT=str(port))
    assert refused.returncode == 1
    assert f"port {port} is taken" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert _of_home(home) == set()


@pytest.mark.parametrize("target", ["demo", "up", "down", "status", "backfill"])
def test_make_calls_this_very_program(target):
    command = ["make", "--no-print-directory", "-n", target]
    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert f"-m cchc.local {target}" in shown
    assert "scripts/setup.sh runtime" in shown
