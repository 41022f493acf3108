"""The migrations build exactly the tables that the code speaks of."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from cchc.store import engine as warehouse
from cchc.store.tables import metadata


def test_migrations_and_tables_agree(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _o, name, kind, *_: (
                    not (kind == "table" and name.startswith("fct_obs") and name != "fct_observation")
                )
            },
        )
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(engine):
    warehouse.migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_a_missing_figure_cannot_carry_a_value(engine):
    import pytest
    from sqlalchemy.exc import IntegrityError

    from cchc import load
    from cchc.catalogue import periods

    load.ensure_period(engine, periods.parse("2026-Q3"))
    row = (
        "INSERT INTO submission (submission_id, sha256, file_name, size, received_at, channel, sender) "
        "VALUES (gen_random_uuid(), 'x', 'f', 1, now(), 'folder', '')"
    )
    fact = (
        "INSERT INTO fct_observation "
        "SELECT submission_id, '2026-Q3', '10993', '3.4.1', 5, 'missing', 's', 'E1', '', '' FROM submission"
    )
    with pytest.raises(IntegrityError, match="check"), engine.begin() as connection:
        connection.execute(text(row))
        connection.execute(text(fact))
