"""Lineage: what became of each former unit, and figures of then carried to the units of a day.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLE = """
    CREATE TABLE unit_lineage (
        effective date NOT NULL, former_code text NOT NULL, code text NOT NULL, former_name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'unchanged')),
        weight numeric NOT NULL CHECK (weight BETWEEN 0 AND 1), basis text NOT NULL, flag text NOT NULL,
        instrument text NOT NULL, source text NOT NULL,
        PRIMARY KEY (effective, former_code, code))
"""

UNIT_ON = """
    CREATE FUNCTION unit_on(p_since date, p_day date)
    RETURNS TABLE (former_code text, code text, weight numeric, split boolean)
    LANGUAGE sql STABLE ROWS 1000 AS $$
        -- Which units of p_day the units of p_since have become, over any number of changes between the two days.
        -- grain: one row per unit of p_since and unit of p_day; the weights of a former unit sum to 1
        WITH RECURSIVE edge AS (
            SELECT l.effective, l.former_code, l.code, l.weight, l.kind
            FROM unit_lineage AS l
            WHERE l.effective > p_since AND l.effective <= p_day
        ),
        step AS (
            SELECT f.former_code, f.former_code AS code, 1::numeric AS weight, false AS split, p_since AS since
            FROM (SELECT DISTINCT e.former_code FROM edge AS e) AS f
            UNION ALL
            SELECT s.former_code, e.code, s.weight * e.weight, s.split OR e.kind = 'split', e.effective
            FROM step AS s
            INNER JOIN edge AS e ON e.former_code = s.code
            WHERE e.effective = (
                SELECT min(n.effective) FROM edge AS n WHERE n.former_code = s.code AND n.effective > s.since
            )
        )
        SELECT s.former_code, s.code, sum(s.weight), bool_or(s.split)
        FROM step AS s
        WHERE NOT EXISTS (SELECT 1 FROM edge AS e WHERE e.former_code = s.code AND e.effective > s.since)
        GROUP BY s.former_code, s.code
        UNION ALL
        SELECT u.code, u.code, 1, false
        FROM dim_unit AS u
        WHERE u.valid_from <= least(p_since, p_day)
            AND (u.valid_to IS NULL OR u.valid_to >= greatest(p_since, p_day))
            AND NOT EXISTS (SELECT 1 FROM edge AS e WHERE e.former_code = u.code)
    $$
"""

CONTRIBUTION = """
    CREATE FUNCTION lineage_contribution(p_authority text, p_periods text[], p_day date, p_as_of timestamptz)
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
        part AS (
            SELECT t.code, t.part, g.period_code, g.unit_code, g.submission_id, sum(t.sign * g.value) AS value
            FROM dim_indicator_term AS t
            INNER JOIN figure AS g ON g.indicator = t.operand
            GROUP BY t.code, t.part, g.period_code, g.unit_code, g.submission_id
            HAVING count(*) = (
                SELECT count(*) FROM dim_indicator_term AS u WHERE u.code = t.code AND u.part = t.part
            )
        ),
        given AS (
            SELECT
                g.period_code, g.unit_code, g.submission_id, g.indicator, g.value,
                NULL::numeric AS numerator, NULL::numeric AS denominator
            FROM figure AS g
            INNER JOIN dim_indicator AS i ON i.code = g.indicator AND i.rollup = 'sum'
            UNION ALL
            SELECT n.period_code, n.unit_code, n.submission_id, n.code, NULL, n.value, d.value
            FROM part AS n
            INNER JOIN part AS d
                ON d.code = n.code AND d.period_code = n.period_code AND d.unit_code = n.unit_code
                    AND d.part = 'denominator'
            INNER JOIN dim_indicator AS i ON i.code = n.code AND i.rollup = 'ratio'
            WHERE n.part = 'numerator'
            UNION ALL
            SELECT g.period_code, g.unit_code, g.submission_id, g.indicator, NULL, g.value * w.value, w.value
            FROM figure AS g
            INNER JOIN dim_indicator AS i ON i.code = g.indicator AND i.rollup = 'weighted'
            INNER JOIN figure AS w
                ON w.period_code = g.period_code AND w.unit_code = g.unit_code AND w.indicator = '1.4.1b'
        )
        SELECT
            m.period_code, m.former_code, m.unit_code, m.weight, m.split, m.formers,
            g.submission_id, g.indicator, g.value, g.numerator, g.denominator
        FROM member AS m
        INNER JOIN given AS g ON g.period_code = m.period_code AND g.unit_code = m.former_code
    $$
"""


def upgrade() -> None:
    for statement in (TABLE, UNIT_ON, CONTRIBUTION):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION lineage_contribution")
    op.execute("DROP FUNCTION unit_on")
    op.execute("DROP TABLE unit_lineage")
