"""Brings an installation up and takes it down again, leaving nothing behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import psycopg

from cchc.local import processes
from cchc.local.installation import Installation
from cchc.local.rest import Client, RestError
from cchc.settings import Settings
from cchc.store import server

COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
REPORTS_HEALTH = {"scheduler": "scheduler", "dag-processor": "dag_processor", "triggerer": "triggerer"}
START_SECONDS = 180.0
POOL = ("warehouse", 2, "Số việc được đọc và ghi kho dữ liệu cùng lúc")

Say = Callable[[str], None]


class StartError(Exception):
    """A component did not come up; the message carries the end of its log."""


def prepare(settings: Settings, port: int, say: Say) -> Installation:
    """Start PostgreSQL and bring Airflow's database to the present version."""
    say("embedded PostgreSQL")
    installation = Installation(settings, server.ensure_database(settings, "airflow"), port)
    say("Airflow database (a few seconds the first time)")
    migrate(installation)
    return installation


def migrate(installation: Installation) -> None:
    """Run ``airflow db migrate`` once for each version of Airflow, since asking it takes seconds."""
    stamp = installation.settings.run_dir / "migrated.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == _migrated(installation):
        return
    log = installation.settings.run_dir / "migrate.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        done = subprocess.run(  # noqa: S603 - own command
            airflow("db", "migrate"), env=installation.environment(), stdout=out, stderr=out, check=False
        )
    if done.returncode:
        raise StartError(f"airflow db migrate failed\n{tail(log)}")
    stamp.write_text(_migrated(installation), encoding="utf-8")


def _migrated(installation: Installation) -> str:
    """Airflow's version beside the revision its database is at: neither alone says that nothing is to be done."""
    with psycopg.connect(f"postgresql://{installation.metadata}") as connection:
        known = connection.execute("SELECT to_regclass('alembic_version')").fetchone() != (None,)
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return f"{version('apache-airflow-core')} {revision}"


def start(installation: Installation, say: Say, components: tuple[str, ...] = COMPONENTS) -> None:
    """Start the components and wait until each says that it is healthy."""
    env = installation.environment()
    run_dir = installation.settings.run_dir
    for name in components:
        say(f"starting {name}")
        processes.start(name, airflow(name, *_arguments(name, installation)), env, run_dir)
    (run_dir / "port.txt").write_text(str(installation.port), encoding="utf-8")
    wait_healthy(installation, components)
    admin(installation).ensure_pool(*POOL)


def wait_healthy(installation: Installation, components: tuple[str, ...]) -> None:
    """Ask until all are healthy.

    Raises:
        StartError: A process ended, or the time is over.
    """
    client = Client(installation.base_url)
    wanted = [REPORTS_HEALTH[name] for name in components if name in REPORTS_HEALTH]
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        dead = [s for s in processes.recorded(installation.settings.run_dir) if not s.running]
        if dead:
            raise StartError(f"{dead[0].name} ended\n{tail(Path(dead[0].log))}")
        try:
            health = client.health()
            if all(health.get(name) == "healthy" for name in wanted):
                return
        except RestError:
            pass
        time.sleep(0.5)
    raise StartError(f"not healthy after {START_SECONDS:.0f} s\n{tail(installation.settings.run_dir)}")


def running(settings: Settings) -> Installation | None:
    """The installation of this home if all that was started for it is alive."""
    services = processes.recorded(settings.run_dir)
    port_file = settings.run_dir / "port.txt"
    if not services or not port_file.exists() or not all(service.running for service in services):
        return None
    address = server.ensure_database(settings, "airflow")
    return Installation(settings, address, int(port_file.read_text(encoding="utf-8")))


def stop(settings: Settings, database: bool = True) -> list[int]:
    """Stop Airflow and, unless told otherwise, the embedded PostgreSQL; return what would not go."""
    left = processes.stop(processes.recorded(settings.run_dir), settings.run_dir)
    (settings.run_dir / "port.txt").unlink(missing_ok=True)
    if database:
        server.stop(settings)
    return left


def admin(installation: Installation) -> Client:
    """A client that may do all."""
    return Client(installation.base_url, "quantri", installation.passwords["quantri"])


def airflow(*arguments: str) -> list[str]:
    """The command line of Airflow in this very interpreter."""
    return [sys.executable, "-m", "airflow", *arguments]


def tail(path: Path, lines: int = 40) -> str:
    """The end of a log, or of the youngest log of a directory."""
    if path.is_dir():
        logs = sorted(path.glob("*.log"), key=lambda log: log.stat().st_mtime)
        path = logs[-1] if logs else path
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join([f"--- {path}", *text[-lines:]])


def _arguments(name: str, installation: Installation) -> list[str]:
    """Logs lie on this disk: serving them would only hold ports that a second installation needs."""
    if name == "api-server":
        return ["--host", "127.0.0.1", "--port", str(installation.port), "--workers", "1"]
    return ["--skip-serve-logs"] if name in ("scheduler", "triggerer") else []
