"""Starting and stopping: nothing of what was started may survive, however it behaves."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import psutil
import pytest

from cchc.local import processes

# A service that does what Airflow's do: forks workers, one of which ignores the polite signal and one of which moves
# into a session of its own.
STUBBORN = """
import os, signal, sys, time
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    open(sys.argv[1] + "/deaf", "w").write(str(os.getpid()))
    time.sleep(600)
if os.fork() == 0:
    os.setsid()
    open(sys.argv[1] + "/apart", "w").write(str(os.getpid()))
    time.sleep(600)
open(sys.argv[1] + "/main", "w").write(str(os.getpid()))
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE_SECONDS", 2.0)


def _wait_for(*files: Path) -> list[int]:
    for _ in range(200):
        if all(file.exists() and file.read_text() for file in files):
            return [int(file.read_text()) for file in files]
        time.sleep(0.05)
    raise AssertionError(f"the service did not write {files}")


def _alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_service_goes_with_all_its_children(tmp_path):
    service = processes.start("s", [sys.executable, "-c", STUBBORN, str(tmp_path)], os.environ, tmp_path / "run")
    pids = _wait_for(tmp_path / "deaf", tmp_path / "apart", tmp_path / "main")
    assert {process.pid for process in processes.members([service])} == set(pids)

    assert processes.stop(processes.recorded(tmp_path / "run"), tmp_path / "run") == []

    assert [pid for pid in pids if _alive(pid)] == []
    assert processes.recorded(tmp_path / "run") == []


def test_workers_are_found_after_their_service_was_killed(tmp_path):
    service = processes.start("s", [sys.executable, "-c", STUBBORN, str(tmp_path)], os.environ, tmp_path / "run")
    deaf, _apart, main = _wait_for(tmp_path / "deaf", tmp_path / "apart", tmp_path / "main")
    apart = psutil.Process(_apart)
    psutil.Process(main).kill()
    psutil.Process(main).wait()

    assert deaf in {process.pid for process in processes.members([service])}
    assert processes.stop([service], tmp_path / "run") == []
    assert not _alive(deaf)
    apart.kill()  # nobody can know a worker that left the session and lost its parent; Airflow's never do both


def test_a_number_that_another_process_got_is_left_alone(tmp_path):
    bystander = processes.start("b", [sys.executable, "-c", "import time; time.sleep(600)"], os.environ, tmp_path)
    old = processes.Service("old", bystander.pid, bystander.created - 3600, bystander.log)

    assert not old.running
    assert processes.stop([old], tmp_path / "run") == []
    assert bystander.running
    assert processes.stop([bystander], tmp_path) == []
