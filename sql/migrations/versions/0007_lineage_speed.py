"""Lineage: the two parts of a unit's ratio in one pass, so that a country's figures are not compared row by row.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"

CONTRIBUTION = """
    CREATE OR REPLACE FUNCTION lineage_contribution(p_authority text, p_periods text[], p_day date, p_as_of timestamptz)
    RETURNS TABLE (
        period_code text, former_code text, unit_code text, weight numeric, split boolean, formers bigint,
        submission_id uuid, indicator text, value numeric, numerator numeric, denominator numeric)
    LANGUAGE sql STABLE ROWS 10000 AS $$
        -- What each unit of then gave in each period towards the figures of each unit that the authority has on p_day:
        -- sums by their value, ratios by both parts, satisfaction by value x ballots over ballots. Nothing else is
        -- carried from one unit to another (answers, shared catalogues, scores). A missing figure has no row.
        -- grain: one row per period, former unit, present unit and indicator; weight is the share it takes over
        WITH member AS MATERIALIZED (
            SELECT
                p.code AS period_code, l.former_code, l.code AS unit_code, l.weight,
                bool_or(l.split) OVER present AS split, count(*) FILTER (WHERE l.weight > 0) OVER present AS formers
            FROM dim_period AS p
            CROSS JOIN LATERAL unit_on(p.window_to, p_day) AS l
            INNER JOIN dim_unit AS u ON u.code = l.code
            WHERE p.code = ANY (p_periods) AND u.authority = p_authority
                AND u.valid_from <= p_day AND (u.valid_to IS NULL OR u.valid_to >= p_day)
            WINDOW present AS (PARTITION BY p.code, l.code)
        ),
        counting AS MATERIALIZED (
            SELECT DISTINCT ON (v.period_code, v.unit_code) v.submission_id, v.period_code, v.unit_code
            FROM (
                SELECT
                    s.submission_id, s.period_code, s.unit_code, s.received_at, s.sha256,
                    coalesce(s.content_sha256 || s.judged_sha256, s.sha256) AS said,
                    lag(coalesce(s.content_sha256 || s.judged_sha256, s.sha256)) OVER before AS said_before
                FROM submission AS s
                WHERE s.period_code = ANY (p_periods) AND s.received_at <= p_as_of
                    AND s.verdict IN ('accepted', 'accepted_with_warnings')
                    AND s.unit_code IN (SELECT m.former_code FROM member AS m)
                WINDOW before AS (PARTITION BY s.period_code, s.unit_code ORDER BY s.received_at, s.sha256)
            ) AS v
            WHERE v.said IS DISTINCT FROM v.said_before
            ORDER BY v.period_code, v.unit_code, v.received_at DESC, v.sha256 DESC
        ),
        figure AS MATERIALIZED (
            SELECT c.period_code, c.unit_code, c.submission_id, f.indicator, f.value
            FROM counting AS c
            INNER JOIN fct_observation AS f
                ON f.submission_id = c.submission_id AND f.period_code = c.period_code
            WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
                AND f.period_code = ANY (p_periods)
        ),
        ratio AS (
            -- only where every operand of both parts was given; in one pass, since the planner, who cannot know how many
            -- units are whole, would join the two parts of a country row by row
            SELECT
                t.code, g.period_code, g.unit_code, g.submission_id,
                sum(t.sign * g.value) FILTER (WHERE t.part = 'numerator') AS numerator,
                sum(t.sign * g.value) FILTER (WHERE t.part = 'denominator') AS denominator
            FROM (SELECT *, count(*) OVER (PARTITION BY code) AS operands FROM dim_indicator_term) AS t
            INNER JOIN dim_indicator AS i ON i.code = t.code AND i.rollup = 'ratio'
            INNER JOIN figure AS g ON g.indicator = t.operand
            GROUP BY t.code, t.operands, g.period_code, g.unit_code, g.submission_id
            HAVING count(*) = t.operands
        ),
        ballot AS (
            -- satisfaction beside the valid ballots of the same version, likewise in one pass
            SELECT
                g.period_code, g.unit_code, g.submission_id, g.indicator, g.value, i.rollup,
                max(g.value) FILTER (WHERE g.indicator = '1.4.1b') OVER version AS valid
            FROM figure AS g
            INNER JOIN dim_indicator AS i ON i.code = g.indicator
            WHERE i.rollup = 'weighted' OR i.code = '1.4.1b'
            WINDOW version AS (PARTITION BY g.submission_id)
        ),
        given AS (
            SELECT
                g.period_code, g.unit_code, g.submission_id, g.indicator, g.value,
                NULL::numeric AS numerator, NULL::numeric AS denominator
            FROM figure AS g
            INNER JOIN dim_indicator AS i ON i.code = g.indicator AND i.rollup = 'sum'
            UNION ALL
            SELECT r.period_code, r.unit_code, r.submission_id, r.code, NULL, r.numerator, r.denominator
            FROM ratio AS r
            WHERE r.numerator IS NOT NULL AND r.denominator IS NOT NULL
            UNION ALL
            SELECT b.period_code, b.unit_code, b.submission_id, b.indicator, NULL, b.value * b.valid, b.valid
            FROM ballot AS b
            WHERE b.rollup = 'weighted' AND b.valid IS NOT NULL
        )
        SELECT
            m.period_code, m.former_code, m.unit_code, m.weight, m.split, m.formers,
            g.submission_id, g.indicator, g.value, g.numerator, g.denominator
        FROM member AS m
        INNER JOIN given AS g ON g.period_code = m.period_code AND g.unit_code = m.former_code
    $$
"""


def upgrade() -> None:
    op.execute(CONTRIBUTION)


def downgrade() -> None:
    """Nothing: the figures are the same as before."""
