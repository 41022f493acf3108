"""Alembic's entry: runs on the connection handed over by cchc.store.engine.migrate."""

from alembic import context

from cchc import settings
from cchc.store import engine as warehouse
from cchc.store.tables import metadata


def _include(_object, name, kind, _reflected, _compare_to):
    """Partitions are made as periods appear; they are no part of the drawn schema."""
    return not (kind == "table" and name.startswith("fct_observation_"))


def _run(connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, include_object=_include)
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    _run(handed)
else:
    with warehouse.engine(settings.load()).begin() as own:
        _run(own)
