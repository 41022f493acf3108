-- A figure moved by more than half, and by 20 or more, against the comparable period. Like is compared with like:
-- a stock with the preceding report; a flow with the same report a year earlier, else a third quarter with half of
-- the first half-year.
-- :period this period, :previous the report before it
WITH before AS (
    SELECT
        o.unit_code,
        f.indicator,
        CASE
            WHEN i.time_basis = 'stock' AND f.period_code = :previous THEN f.value
            WHEN i.time_basis <> 'stock' AND p.kind = this.kind THEN f.value
            WHEN i.time_basis = 'flow' AND this.kind = 'Q3' AND p.kind = 'H1' AND p.year = this.year THEN f.value / 2
        END AS value,
        p.year
    FROM fct_observation AS f
    INNER JOIN current_submission AS o ON o.submission_id = f.submission_id
    INNER JOIN dim_indicator AS i ON i.code = f.indicator
    INNER JOIN dim_period AS this ON this.code = :period
    INNER JOIN dim_period AS p
        ON p.code = f.period_code
        AND p.code <> this.code
        AND (p.code = :previous OR (p.kind = this.kind AND p.year = this.year - 1))
    WHERE
        i.kind IN ('count', 'amount')
        AND i.time_basis <> 'opening'
),

base AS (
    -- the earlier year is the same report, hence preferred
    SELECT DISTINCT ON (unit_code, indicator) *
    FROM before
    WHERE value IS NOT NULL
    ORDER BY unit_code, indicator, year
)

SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(base.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id
INNER JOIN base ON base.unit_code = s.unit_code AND base.indicator = now.indicator
WHERE
    now.period_code = :period
    AND ABS(now.value - base.value) >= 20
    AND ABS(now.value - base.value) * 2 > base.value
ORDER BY now.submission_id, now.indicator
