"""Long-running processes of one installation: started apart, remembered by id, stopped to the last child.

Each service leads its own session, so that its workers are found again even after it died itself. A process
id is believed only together with its start time, because ids are reused.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

GRACE_SECONDS = 20.0
SAME_START_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Service:
    """A process that was started for this installation.

    Attributes:
        name: For instance ``scheduler``.
        pid: Process id, which is the session id of all its children too.
        created: Start time as the operating system tells it.
        log: Where its output goes.
    """

    name: str
    pid: int
    created: float
    log: str

    @property
    def running(self) -> bool:
        """True while the very process that was started is alive."""
        with suppress(psutil.Error):
            process = psutil.Process(self.pid)
            return self.is_process(process) and process.status() != psutil.STATUS_ZOMBIE
        return False

    def is_process(self, process: psutil.Process) -> bool:
        """True where ``process`` is the one started, not a later one that was given its id."""
        return abs(process.create_time() - self.created) < SAME_START_SECONDS


def start(name: str, command: Sequence[str], env: Mapping[str, str], run_dir: Path) -> Service:
    """Start ``command`` in a session of its own and write down who it is."""
    run_dir.mkdir(parents=True, exist_ok=True)
    log = run_dir / f"{name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 - the commands are this package's own
            command, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    service = Service(name, process.pid, psutil.Process(process.pid).create_time(), str(log))
    (run_dir / f"{name}.json").write_text(json.dumps(asdict(service)), encoding="utf-8")
    return service


def recorded(run_dir: Path) -> list[Service]:
    """Services written down in ``run_dir``, whether they still live or not."""
    files = sorted(run_dir.glob("*.json")) if run_dir.is_dir() else []
    return [Service(**json.loads(path.read_text(encoding="utf-8"))) for path in files]


def members(services: Iterable[Service]) -> list[psutil.Process]:
    """Every live process of these services: their sessions and whatever descends from them."""
    sessions = {service.pid for service in services if not _reused(service)}
    found = {process.pid: process for process in psutil.process_iter() if _session(process) in sessions}
    for process in list(found.values()):
        with suppress(psutil.Error):
            found.update({child.pid: child for child in process.children(recursive=True)})
    return [process for process in found.values() if process.is_running()]


def stop(services: Iterable[Service], run_dir: Path) -> list[int]:
    """End the services and all their children; return the ids that would not go."""
    known = list(services)
    family = members(known)
    _signal([p for p in family if p.pid in {s.pid for s in known}], signal.SIGTERM)
    _wait(family, GRACE_SECONDS)
    for sent in (signal.SIGTERM, signal.SIGKILL):
        left = _alive([*family, *members(known)])
        _signal(left, sent)
        _wait(left, GRACE_SECONDS / 4)
    left = _alive([*family, *members(known)])
    if not left:
        for service in known:
            (run_dir / f"{service.name}.json").unlink(missing_ok=True)
    return sorted({process.pid for process in left})


def _reused(service: Service) -> bool:
    with suppress(psutil.Error):
        return not service.is_process(psutil.Process(service.pid))
    return False


def _session(process: psutil.Process) -> int:
    with suppress(OSError):
        return os.getsid(process.pid)
    return 0


def _alive(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    alive = []
    for process in processes:
        with suppress(psutil.Error):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                alive.append(process)
    return alive


def _signal(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.Error):
            process.send_signal(number)


def _wait(processes: list[psutil.Process], seconds: float) -> None:
    """Wait for an end; a zombie has ended, though only its parent can bury it."""
    step = 0.1
    for _ in range(int(seconds / step)):
        if not _alive(processes):
            return
        psutil.wait_procs(processes, timeout=step)
