"""The warehouse's connection, and its migrations."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine

from cchc.settings import SQL, Settings
from cchc.store import server

_OPTIONS = "-c timezone=Asia/Ho_Chi_Minh -c jit=off -c work_mem=32MB"
"""The office's clock; no machine code for queries of a second; sums of a country's figures in memory, not on disk."""


def engine(settings: Settings) -> Engine:
    """Engine of this installation's warehouse; starts the embedded server when no other is named."""
    return _engine(address(settings))


def address(settings: Settings) -> str:
    """SQLAlchemy address of the warehouse."""
    url = settings.database_url
    if not url:
        return f"postgresql+psycopg://{server.ensure_database(settings, 'cchc')}"
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def migrate(target: Engine) -> None:
    """Bring the schema to its newest revision; nothing happens where it is."""
    config = Config()
    config.set_main_option("script_location", str(SQL / "migrations"))
    with target.begin() as connection:
        # Two services may start at once; the second waits and finds nothing to do.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(720041)")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@cache
def _engine(url: str) -> Engine:
    return create_engine(url, pool_pre_ping=True, connect_args={"options": _OPTIONS})
