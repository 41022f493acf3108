"""The warehouse: dimensions, what was received, what was read, what was found, what was printed.

Revision ID: 0001
Revises:
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE dim_unit (
        code text NOT NULL, valid_from date NOT NULL, valid_to date, name text NOT NULL, kind text NOT NULL,
        authority text NOT NULL, form text NOT NULL, source text NOT NULL,
        PRIMARY KEY (code, valid_from),
        CHECK (valid_to IS NULL OR valid_to >= valid_from))
    """,
    """
    CREATE TABLE unit_predecessor (
        code text NOT NULL, valid_from date NOT NULL, predecessor_code text NOT NULL, predecessor_name text NOT NULL,
        predecessor_district text NOT NULL, partial boolean NOT NULL, instrument text NOT NULL,
        PRIMARY KEY (code, valid_from, predecessor_code, predecessor_name),
        FOREIGN KEY (code, valid_from) REFERENCES dim_unit)
    """,
    """
    CREATE TABLE dim_indicator (
        code text PRIMARY KEY, position integer NOT NULL, area smallint NOT NULL, name text NOT NULL, uom text NOT NULL,
        kind text NOT NULL, time_basis text NOT NULL, rollup text NOT NULL, levels text NOT NULL,
        numerator text NOT NULL, denominator text NOT NULL, official_ref text NOT NULL,
        valid_from date NOT NULL, valid_to date, note text NOT NULL, source text NOT NULL)
    """,
    """
    CREATE TABLE dim_indicator_term (
        code text NOT NULL REFERENCES dim_indicator, part text NOT NULL CHECK (part IN ('numerator', 'denominator')),
        operand text NOT NULL REFERENCES dim_indicator, sign smallint NOT NULL CHECK (sign IN (-1, 1)),
        PRIMARY KEY (code, part, operand))
    """,
    """
    CREATE TABLE dim_form_row (
        form text NOT NULL, kind text NOT NULL, code text NOT NULL REFERENCES dim_indicator, required text NOT NULL,
        PRIMARY KEY (form, kind, code))
    """,
    """
    CREATE TABLE dim_period (
        code text PRIMARY KEY, kind text NOT NULL, year smallint NOT NULL, window_from date NOT NULL,
        window_to date NOT NULL, basis text NOT NULL CHECK (basis IN ('cumulative', 'period')),
        due_at timestamptz NOT NULL)
    """,
    """
    CREATE TABLE obligation (
        unit_code text NOT NULL, period_code text NOT NULL REFERENCES dim_period, authority text NOT NULL,
        form text NOT NULL, due_at timestamptz NOT NULL, exempt_reason text,
        PRIMARY KEY (unit_code, period_code))
    """,
    """
    CREATE TABLE delivery (
        delivery_id uuid PRIMARY KEY, sha256 text NOT NULL, received_at timestamptz NOT NULL, channel text NOT NULL,
        sender text NOT NULL, file_name text NOT NULL, size bigint NOT NULL)
    """,
    """
    CREATE TABLE submission (
        submission_id uuid PRIMARY KEY, sha256 text NOT NULL UNIQUE, file_name text NOT NULL, size bigint NOT NULL,
        received_at timestamptz NOT NULL, channel text NOT NULL, sender text NOT NULL,
        unit_code text, period_code text, form text, form_version text,
        verdict text NOT NULL DEFAULT 'received' CHECK (verdict IN
            ('received', 'unreadable', 'rejected', 'accepted_with_warnings', 'accepted')),
        figures integer NOT NULL DEFAULT 0, zeros integer NOT NULL DEFAULT 0)
    """,
    "CREATE INDEX submission_by_obligation ON submission (period_code, unit_code, received_at)",
    "CREATE INDEX submission_waiting ON submission (submission_id) WHERE verdict = 'received'",
    """
    CREATE UNLOGGED TABLE stg_observation (
        submission_id uuid NOT NULL, period_code text NOT NULL, unit_code text NOT NULL, indicator text NOT NULL,
        value numeric, state text NOT NULL, sheet text NOT NULL, cell text NOT NULL, raw text NOT NULL,
        read_as text NOT NULL)
    """,
    "CREATE INDEX stg_observation_by_submission ON stg_observation (submission_id)",
    """
    CREATE TABLE fct_observation (
        submission_id uuid NOT NULL REFERENCES submission, period_code text NOT NULL REFERENCES dim_period,
        unit_code text NOT NULL, indicator text NOT NULL REFERENCES dim_indicator, value numeric,
        state text NOT NULL CHECK (state IN ('reported', 'confirmed_zero', 'missing', 'not_applicable')),
        sheet text NOT NULL, cell text NOT NULL, raw text NOT NULL, read_as text NOT NULL,
        PRIMARY KEY (period_code, submission_id, indicator),
        CHECK (state <> 'missing' OR value IS NULL),
        CHECK (state <> 'reported' OR value IS NOT NULL)
    ) PARTITION BY LIST (period_code)
    """,
    """
    CREATE TABLE narrative (
        submission_id uuid NOT NULL REFERENCES submission, section text NOT NULL, text text NOT NULL,
        sheet text NOT NULL, cell text NOT NULL, PRIMARY KEY (submission_id, section))
    """,
    """
    CREATE TABLE finding (
        submission_id uuid NOT NULL REFERENCES submission, scope text NOT NULL CHECK (scope IN ('file', 'cross')),
        seq integer NOT NULL, rule text NOT NULL, severity text NOT NULL CHECK (severity IN ('critical', 'warning')),
        sheet text NOT NULL, cell text NOT NULL, indicator text NOT NULL, found text NOT NULL, expected text NOT NULL,
        message text NOT NULL, fix text NOT NULL, PRIMARY KEY (submission_id, scope, seq))
    """,
    "CREATE TABLE cross_check (period_code text PRIMARY KEY REFERENCES dim_period, inputs text NOT NULL)",
    """
    CREATE TABLE consolidated (
        authority text NOT NULL, period_code text NOT NULL REFERENCES dim_period, content text NOT NULL,
        PRIMARY KEY (authority, period_code))
    """,
    """
    CREATE TABLE edition (
        edition_id uuid PRIMARY KEY, authority text NOT NULL, period_code text NOT NULL REFERENCES dim_period,
        number integer NOT NULL, as_of timestamptz NOT NULL, inputs text NOT NULL,
        status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'approved', 'sent', 'replaced')),
        reported integer NOT NULL, expected integer NOT NULL, figures integer NOT NULL, files jsonb NOT NULL,
        UNIQUE (authority, period_code, number), UNIQUE (authority, period_code, inputs))
    """,
    """
    CREATE TABLE portal_grant (
        username text NOT NULL, authority text NOT NULL, role text NOT NULL, PRIMARY KEY (username, authority))
    """,
    """
    CREATE VIEW current_submission AS
    -- grain: one row per unit and period; the last acceptable version counts (all versions stay in submission)
    SELECT DISTINCT ON (period_code, unit_code) *
    FROM submission
    WHERE verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY period_code, unit_code, received_at DESC, sha256 DESC
    """,
    """
    CREATE FUNCTION counting_submission(p_authority text, p_period text, p_as_of timestamptz)
    RETURNS TABLE (submission_id uuid, unit_code text, form text)
    LANGUAGE sql STABLE ROWS 200 AS $$
        -- grain: one row per unit of the authority; the last acceptable version received up to the moment
        SELECT DISTINCT ON (s.unit_code) s.submission_id, s.unit_code, o.form
        FROM submission AS s
        INNER JOIN obligation AS o ON o.unit_code = s.unit_code AND o.period_code = s.period_code
        WHERE o.authority = p_authority AND s.period_code = p_period AND s.received_at <= p_as_of
            AND s.verdict IN ('accepted', 'accepted_with_warnings')
        ORDER BY s.unit_code, s.received_at DESC, s.sha256 DESC
    $$
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION counting_submission")
    op.execute("DROP VIEW current_submission")
    for table in (
        "portal_grant", "edition", "consolidated", "cross_check", "finding", "narrative", "fct_observation", "stg_observation",
        "submission", "delivery", "obligation", "dim_period", "dim_form_row", "dim_indicator_term", "dim_indicator",
        "unit_predecessor", "dim_unit",
    ):
        op.execute(f"DROP TABLE {table}")
