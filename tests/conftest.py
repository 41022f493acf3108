"""Fixtures for every layer: one real PostgreSQL a session, one fresh migrated warehouse a test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from cchc import settings as environment
from cchc.settings import Settings

pytest_plugins = [
    "tests.fixtures.airflow",
    "tests.fixtures.compose",
    "tests.fixtures.mail",
    "tests.fixtures.object_store",
    "tests.fixtures.spread",
]

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server_home() -> Iterator[Path]:
    """Home of the session's embedded server; its path is short because a unix socket's must be."""
    home = Path(tempfile.mkdtemp(prefix="cchc-"))
    home.chmod(0o755)  # as root the server runs as another user
    yield home
    from cchc.store import server

    server.stop(_settings(home))
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def template_database(server_home: Path) -> str:
    """Name of a database with the migrations run and the catalogue loaded; tests get copies of it."""
    from cchc import load
    from cchc.store import engine as warehouse
    from cchc.store import server

    here = _settings(server_home)
    address = f"postgresql+psycopg://{server.ensure_database(here, 'cchc_template')}"
    target = warehouse.engine(Settings(server_home, address, "", ""))
    warehouse.migrate(target)
    load.load_catalogue(target)
    target.dispose()
    return "cchc_template"


@pytest.fixture
def installation(server_home: Path, template_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An installation of its own: empty inbox and store, a fresh copy of the migrated warehouse."""
    with fresh_installation(server_home, template_database, monkeypatch) as here:
        yield here


@pytest.fixture(scope="module")
def installed(server_home: Path, template_database: str) -> Callable[[], AbstractContextManager[Settings]]:
    """Opens an installation for as long as a fixture of a whole module needs it."""

    @contextmanager
    def opened() -> Iterator[Settings]:
        with pytest.MonkeyPatch.context() as patch, fresh_installation(server_home, template_database, patch) as here:
            yield here

    return opened


@contextmanager
def fresh_installation(
    server_home: Path, template_database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """A fresh copy of the warehouse and a home of its own, named by the environment; both are removed at the end."""
    from cchc.store import engine as warehouse
    from cchc.store import server

    socket_dir = server.ensure(_settings(server_home))
    name = f"cchc_{next(_NUMBERS)}"
    home = Path(tempfile.mkdtemp(prefix="h-", dir=server_home))
    with psycopg.connect(host=socket_dir, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template_database}")  # type: ignore[arg-type]
    monkeypatch.setenv("CCHC_HOME", str(home))
    monkeypatch.setenv("CCHC_DATABASE_URL", f"postgresql://postgres@/{name}?host={socket_dir}")
    for variable in ("CCHC_STORAGE_URL", "CCHC_INBOX_URL", "CCHC_MAILBOX_URL", "CCHC_SMTP_URL"):
        monkeypatch.delenv(variable, raising=False)
    here = environment.load()
    yield here
    warehouse.engine(here).dispose()
    with psycopg.connect(host=socket_dir, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def engine(installation: Settings):
    """The warehouse of :func:`installation`."""
    from cchc.store import engine as warehouse

    return warehouse.engine(installation)


def _settings(home: Path) -> Settings:
    return Settings(home, "", f"file://{home}/storage", f"file://{home}/inbox")
