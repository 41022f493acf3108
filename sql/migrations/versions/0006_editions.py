"""Editions that are never overwritten: what each was made from, who approved it, what was noted after.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = (
    # The same inputs laid out otherwise are another edition, so inputs alone no longer name one.
    """
    ALTER TABLE edition
        DROP CONSTRAINT edition_authority_period_code_inputs_key,
        ADD COLUMN asked_at timestamptz, ADD COLUMN previous integer, ADD COLUMN snapshot bytea
    """,
    "CREATE INDEX edition_by_inputs ON edition (authority, period_code, inputs)",
    """
    CREATE TABLE edition_figure (
        edition_id uuid NOT NULL REFERENCES edition, code text NOT NULL REFERENCES dim_indicator, scope text NOT NULL,
        value numeric, text text NOT NULL, reported integer, expected integer, PRIMARY KEY (edition_id, code, scope))
    """,
    """
    CREATE TABLE edition_unit (
        edition_id uuid NOT NULL REFERENCES edition, unit_code text NOT NULL, state text NOT NULL,
        submission_id uuid REFERENCES submission, PRIMARY KEY (edition_id, unit_code))
    """,
    "CREATE INDEX edition_unit_by_submission ON edition_unit (submission_id)",
    """
    CREATE TABLE edition_event (
        edition_id uuid NOT NULL REFERENCES edition, seq integer NOT NULL,
        status text NOT NULL CHECK (status IN ('approved', 'sent', 'replaced')),
        author text NOT NULL, words text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (edition_id, seq))
    """,
    """
    CREATE TABLE edition_note (
        edition_id uuid NOT NULL REFERENCES edition, seq integer NOT NULL, inputs text NOT NULL,
        as_of timestamptz NOT NULL, note bytea NOT NULL, PRIMARY KEY (edition_id, seq), UNIQUE (edition_id, inputs))
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    for table in ("edition_note", "edition_event", "edition_unit", "edition_figure"):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP INDEX edition_by_inputs")
    op.execute("ALTER TABLE edition DROP COLUMN asked_at, DROP COLUMN previous, DROP COLUMN snapshot")
    # Of several editions with the same inputs only one can stay where inputs name an edition.
    op.execute(
        "DELETE FROM edition AS e USING edition AS f WHERE (e.authority, e.period_code, e.inputs) "
        "= (f.authority, f.period_code, f.inputs) AND e.number > f.number"
    )
    op.execute("ALTER TABLE edition ADD UNIQUE (authority, period_code, inputs)")
