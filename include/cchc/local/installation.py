"""One installation of Airflow under ``CCHC_HOME``: where it keeps its things, how its parts are told."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from cchc.local import credentials
from cchc.settings import REPOSITORY, TIME_ZONE, Settings

HOST = "127.0.0.1"
DEFAULT_PORT = 8080


@dataclass(frozen=True, slots=True)
class Installation:
    """Airflow of one home.

    Attributes:
        settings: Where the installation lives.
        metadata: Address of Airflow's database, without scheme and driver.
        port: Where the web page and the REST interface answer.
    """

    settings: Settings
    metadata: str
    port: int

    @property
    def airflow_home(self) -> Path:
        """Airflow's own directory."""
        return self.settings.home / "airflow"

    @property
    def base_url(self) -> str:
        """Address of the web page."""
        return f"http://localhost:{self.port}"

    @property
    def passwords(self) -> dict[str, str]:
        """Password of each user."""
        return credentials.passwords(self.airflow_home)

    def metadata_url(self, driver: str) -> str:
        """Address of Airflow's database for a driver."""
        return f"postgresql+{driver}://{self.metadata}"

    def environment(self) -> dict[str, str]:
        """Environment of every Airflow process of this installation."""
        return {**os.environ, **self._cchc(), **self._core(), **self._secrets(), **self._pace()}

    def _cchc(self) -> dict[str, str]:
        path = [str(REPOSITORY / "include"), os.environ.get("PYTHONPATH", "")]
        return {
            "CCHC_HOME": str(self.settings.home),
            "PYTHONPATH": os.pathsep.join(filter(None, path)),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        }

    def _core(self) -> dict[str, str]:
        return {
            "AIRFLOW_HOME": str(self.airflow_home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__DEFAULT_TIMEZONE": TIME_ZONE,
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{HOST}:{self.port}/execution/",
            "AIRFLOW__API__HOST": HOST,
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__BASE_URL": self.base_url,
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": self.metadata_url("psycopg2"),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": self.metadata_url("asyncpg"),
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(self.airflow_home / "logs"),
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        }

    def _secrets(self) -> dict[str, str]:
        keys = credentials.keys(self.airflow_home)
        credentials.passwords(self.airflow_home)
        users = ",".join(f"{user.name}:{user.role}" for user in credentials.users())
        return {
            "AIRFLOW__CORE__FERNET_KEY": keys["fernet"],
            "AIRFLOW__API__SECRET_KEY": keys["session"],
            "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt"],
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": users,
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(self.airflow_home / "passwords.json"),
        }

    def _pace(self) -> dict[str, str]:
        """Small machine, one user: few workers, short pauses."""
        return {
            "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
            "AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "2",
            "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        }


def free_port() -> int:
    """A port on the loopback interface that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def port_taken(port: int) -> bool:
    """True where somebody answers on the port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
