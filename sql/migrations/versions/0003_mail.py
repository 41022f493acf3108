"""Mail: who may send for which unit, which letters came, which answers go out.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    # For whom the sender spoke is a fact of the arrival: a register changed later does not change it.
    "ALTER TABLE delivery ADD COLUMN message_id text NOT NULL DEFAULT '', ADD COLUMN sender_units text[]",
    "CREATE INDEX delivery_by_file ON delivery (sha256)",
    """
    CREATE TABLE contact (
        address text NOT NULL CHECK (address = lower(address)), unit_code text NOT NULL, PRIMARY KEY (address, unit_code))
    """,
    "CREATE INDEX contact_by_unit ON contact (unit_code)",
    """
    CREATE TABLE mail (
        mail_id uuid PRIMARY KEY, message_id text NOT NULL, received_at timestamptz NOT NULL, sender text NOT NULL,
        subject text NOT NULL, size bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('taken', 'no_file', 'too_large', 'unregistered', 'automatic', 'failed')),
        answerable boolean NOT NULL, files jsonb NOT NULL)
    """,
    """
    CREATE TABLE outgoing (
        outgoing_id uuid PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('receipt', 'no_file', 'too_large')),
        submission_id uuid REFERENCES submission, mail_id uuid REFERENCES mail, recipient text NOT NULL,
        message_id text NOT NULL UNIQUE, in_reply_to text NOT NULL,
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
        attempts integer NOT NULL DEFAULT 0, last_error text NOT NULL DEFAULT '', sent_at timestamptz,
        CHECK ((submission_id IS NULL) <> (mail_id IS NULL)))
    """,
    "CREATE INDEX outgoing_waiting ON outgoing (outgoing_id) WHERE state = 'queued'",
    "CREATE INDEX outgoing_by_submission ON outgoing (submission_id)",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    for table in ("outgoing", "mail", "contact"):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP INDEX delivery_by_file")
    op.execute("ALTER TABLE delivery DROP COLUMN message_id, DROP COLUMN sender_units")
