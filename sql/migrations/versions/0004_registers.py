"""Registers: each workbook received, with its entries and the cells they stand in.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    """
    CREATE TABLE register_version (
        version_id uuid PRIMARY KEY, sha256 text NOT NULL UNIQUE, file_name text NOT NULL, size bigint NOT NULL,
        received_at timestamptz NOT NULL, authority text NOT NULL, year smallint NOT NULL,
        number integer NOT NULL CHECK (number >= 0), states jsonb NOT NULL, remarks jsonb NOT NULL)
    """,
    "CREATE INDEX register_version_by_year ON register_version (authority, year, received_at)",
    # Accepted versions are counted; a refused one has no number.
    "CREATE UNIQUE INDEX register_version_number ON register_version (authority, year, number) WHERE number > 0",
    """
    CREATE TABLE register_entry (
        version_id uuid REFERENCES register_version, seq integer, register text NOT NULL, unit_code text NOT NULL,
        sheet text NOT NULL, row integer NOT NULL, cells jsonb NOT NULL, PRIMARY KEY (version_id, seq))
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    for table in ("register_entry", "register_version"):
        op.execute(f"DROP TABLE {table}")
