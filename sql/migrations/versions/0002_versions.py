"""Versions: what a file says and how it was judged, what was said to its warnings, every judgement it ever had.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_SAID = "coalesce(s.content_sha256 || s.judged_sha256, s.sha256)"
_ACCEPTABLE = "s.verdict IN ('accepted', 'accepted_with_warnings')"

COUNTING = (
    f"""
    CREATE VIEW current_submission AS
    -- grain: one row per unit and period; the last acceptable version counts (all versions stay in submission).
    -- A version that only repeats the acceptable one before it replaces nothing: of such a row the first counts.
    SELECT DISTINCT ON (v.period_code, v.unit_code) v.*
    FROM (
        SELECT s.*, {_SAID} AS said, lag({_SAID}) OVER before AS said_before
        FROM submission AS s
        WHERE {_ACCEPTABLE}
        WINDOW before AS (PARTITION BY s.period_code, s.unit_code ORDER BY s.received_at, s.sha256)
    ) AS v
    WHERE v.said IS DISTINCT FROM v.said_before
    ORDER BY v.period_code, v.unit_code, v.received_at DESC, v.sha256 DESC
    """,
    f"""
    CREATE FUNCTION counting_submission(p_authority text, p_period text, p_as_of timestamptz)
    RETURNS TABLE (submission_id uuid, unit_code text, form text)
    LANGUAGE sql STABLE ROWS 200 AS $$
        -- grain: one row per unit of the authority; the version that counts among those received up to the moment
        SELECT DISTINCT ON (v.unit_code) v.submission_id, v.unit_code, v.form
        FROM (
            SELECT
                s.submission_id, s.unit_code, s.received_at, s.sha256, o.form,
                {_SAID} AS said, lag({_SAID}) OVER before AS said_before
            FROM submission AS s
            INNER JOIN obligation AS o ON o.unit_code = s.unit_code AND o.period_code = s.period_code
            WHERE o.authority = p_authority AND s.period_code = p_period AND s.received_at <= p_as_of
                AND {_ACCEPTABLE}
            WINDOW before AS (PARTITION BY s.unit_code ORDER BY s.received_at, s.sha256)
        ) AS v
        WHERE v.said IS DISTINCT FROM v.said_before
        ORDER BY v.unit_code, v.received_at DESC, v.sha256 DESC
    $$
    """,
)

TABLES = (
    # What it says, what was found in it and said to that, and all that was loaded of it.
    """
    ALTER TABLE submission
        ADD COLUMN content_sha256 text, ADD COLUMN judged_sha256 text, ADD COLUMN loaded_sha256 text
    """,
    """
    ALTER TABLE cross_check
        ADD COLUMN ruleset text NOT NULL DEFAULT '', ADD COLUMN findings_sha256 text NOT NULL DEFAULT ''
    """,
    """
    CREATE TABLE judgement (
        submission_id uuid NOT NULL REFERENCES submission, seq integer NOT NULL, ruleset text NOT NULL,
        verdict text NOT NULL CHECK (verdict IN ('unreadable', 'rejected', 'accepted_with_warnings', 'accepted')),
        unit_code text, period_code text, findings integer NOT NULL, content_sha256 text, loaded_sha256 text NOT NULL,
        replaced jsonb,
        PRIMARY KEY (submission_id, seq))
    """,
    """
    CREATE TABLE explanation (
        explanation_id uuid PRIMARY KEY, submission_id uuid NOT NULL REFERENCES submission,
        unit_code text NOT NULL, period_code text NOT NULL, rule text NOT NULL, indicator text NOT NULL,
        sheet text NOT NULL, cell text NOT NULL, found text NOT NULL, value numeric, state text NOT NULL,
        text text NOT NULL, author text NOT NULL, given_at timestamptz,
        CHECK (length(text) BETWEEN 1 AND 2000))
    """,
    """
    CREATE VIEW repeated_submission AS
    -- grain: one row per version that says what an earlier one of its unit and period said, with the same findings and
    -- explanations; the earlier one is the last such, by the number that a person sees
    SELECT v.*
    FROM (
        SELECT
            n.submission_id, n.period_code, n.unit_code, n.sha256,
            lag(n.submission_id) OVER same AS earlier_id,
            lag(n.number) OVER same AS earlier_number,
            lag(n.received_at) OVER same AS earlier_received_at
        FROM (
            SELECT s.*, row_number() OVER (PARTITION BY s.period_code, s.unit_code ORDER BY s.received_at, s.sha256) AS number
            FROM submission AS s
        ) AS n
        WHERE n.content_sha256 IS NOT NULL
        WINDOW same AS (PARTITION BY n.period_code, n.unit_code, n.content_sha256, n.judged_sha256 ORDER BY n.number)
    ) AS v
    WHERE v.earlier_id IS NOT NULL AND v.unit_code IS NOT NULL AND v.period_code IS NOT NULL
    """,
    "CREATE INDEX explanation_by_obligation ON explanation (period_code, unit_code, indicator)",
    "CREATE INDEX explanation_by_submission ON explanation (submission_id)",
    r"""
    CREATE FUNCTION explained_finding(p_submission uuid, p_as_of timestamptz)
    RETURNS TABLE (
        scope text, seq integer, rule text, severity text, sheet text, cell text, indicator text, found text,
        expected text, message text, fix text, explanation text, explained_by text, explained_at timestamptz)
    LANGUAGE sql STABLE ROWS 5 AS $$
        -- Findings of a version with the last word said to each warning up to the moment.
        -- What was said with one version holds for another while the rule, the figure and its value are the same, and
        -- no acceptable version between the two said otherwise.
        -- grain: one row per finding of the submission
        SELECT
            f.scope, f.seq, f.rule, f.severity, f.sheet, f.cell, f.indicator, f.found, f.expected, f.message, f.fix,
            coalesce(w.text, ''), coalesce(w.author, ''), w.given_at
        FROM finding AS f
        INNER JOIN submission AS s ON s.submission_id = f.submission_id
        LEFT JOIN LATERAL (
            SELECT e.text, e.author, coalesce(e.given_at, origin.received_at) AS given_at
            FROM explanation AS e
            INNER JOIN submission AS origin ON origin.submission_id = e.submission_id
            LEFT JOIN fct_observation AS figure
                ON figure.submission_id = s.submission_id AND figure.period_code = s.period_code
                AND figure.indicator = e.indicator
            WHERE f.severity = 'warning'
                AND e.period_code = s.period_code AND e.unit_code = s.unit_code AND e.indicator = f.indicator
                AND (f.indicator <> '' OR (e.sheet = f.sheet AND e.cell = f.cell))
                AND coalesce(e.given_at, origin.received_at) <= p_as_of
                AND CASE
                    WHEN e.rule = f.rule THEN e.found = btrim(regexp_replace(f.found, '\s+', ' ', 'g'))
                    -- a note beside the figure answers every warning on it
                    WHEN e.rule = '' AND f.indicator <> '' THEN e.submission_id = s.submission_id
                        OR (e.state = figure.state AND e.value IS NOT DISTINCT FROM figure.value)
                    ELSE false
                END
                AND NOT EXISTS (
                    SELECT 1
                    FROM submission AS k
                    INNER JOIN fct_observation AS other
                        ON other.submission_id = k.submission_id AND other.period_code = k.period_code
                        AND other.indicator = e.indicator
                    WHERE k.period_code = s.period_code AND k.unit_code = s.unit_code
                        AND k.submission_id NOT IN (s.submission_id, e.submission_id)
                        AND ((k.received_at, k.sha256) > (origin.received_at, origin.sha256))
                            <> ((k.received_at, k.sha256) > (s.received_at, s.sha256))
                        AND (other.state <> figure.state OR other.value IS DISTINCT FROM figure.value))
            ORDER BY 3 DESC, e.submission_id = s.submission_id DESC, e.rule DESC, e.explanation_id
            LIMIT 1
        ) AS w ON true
        WHERE f.submission_id = p_submission
    $$
    """,
)

FORMER = (
    """
    CREATE VIEW current_submission AS
    SELECT DISTINCT ON (period_code, unit_code) *
    FROM submission
    WHERE verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY period_code, unit_code, received_at DESC, sha256 DESC
    """,
    """
    CREATE FUNCTION counting_submission(p_authority text, p_period text, p_as_of timestamptz)
    RETURNS TABLE (submission_id uuid, unit_code text, form text)
    LANGUAGE sql STABLE ROWS 200 AS $$
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
    _forget_who_counts()
    for statement in (*TABLES, *COUNTING):
        op.execute(statement)


def downgrade() -> None:
    _forget_who_counts()
    op.execute("DROP VIEW repeated_submission")
    op.execute("DROP FUNCTION explained_finding")
    op.execute("DROP TABLE explanation")
    op.execute("DROP TABLE judgement")
    op.execute("ALTER TABLE cross_check DROP COLUMN ruleset, DROP COLUMN findings_sha256")
    op.execute("ALTER TABLE submission DROP COLUMN content_sha256, DROP COLUMN judged_sha256, DROP COLUMN loaded_sha256")
    for statement in FORMER:
        op.execute(statement)


def _forget_who_counts() -> None:
    op.execute("DROP FUNCTION counting_submission")
    op.execute("DROP VIEW current_submission")
