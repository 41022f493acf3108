-- A figure moved by more than half, and by 20 or more, against the comparable period. Like is compared with like:
-- a stock with the preceding report; a flow with the same report a year earlier, else a third quarter with half of
-- the first half-year.
-- :period this period, :previous the report before it, :year_before the same report a year earlier, :third, :half
WITH before AS (
    SELECT
        o.unit_code,
        f.indicator,
        f.period_code,
        CASE
            WHEN i.time_basis = 'stock' AND f.period_code = :previous THEN f.value
            WHEN i.time_basis <> 'stock' AND f.period_code = :year_before THEN f.value
            -- what each window counts anew (a shared catalogue, distinct procedures) is not halved with the window
            WHEN i.time_basis = 'flow' AND i.rollup NOT IN ('shared', 'distinct')
                AND :period = :third AND f.period_code = :half THEN f.value / 2
        END AS value
    FROM fct_observation AS f
    INNER JOIN current_submission AS o
        ON o.submission_id = f.submission_id AND o.period_code IN (:previous, :year_before)
    INNER JOIN dim_indicator AS i ON i.code = f.indicator
    WHERE
        f.period_code IN (:previous, :year_before)
        AND i.kind IN ('count', 'amount')
        AND i.time_basis <> 'opening'
),

base AS (
    -- the same report of another year is preferred
    SELECT DISTINCT ON (unit_code, indicator) *
    FROM before
    WHERE value IS NOT NULL
    ORDER BY unit_code, indicator, period_code = :year_before DESC
)

SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(base.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN base ON base.unit_code = s.unit_code AND base.indicator = now.indicator
WHERE
    now.period_code = :period
    AND ABS(now.value - base.value) >= 20
    AND ABS(now.value - base.value) * 2 > base.value
    -- with a longer history its own spread is the measure (x16)
    AND (
        SELECT COUNT(e.value)
        FROM fct_observation AS e
        INNER JOIN current_submission AS c ON c.submission_id = e.submission_id AND c.period_code = e.period_code
        INNER JOIN dim_period AS p ON p.code = c.period_code
        INNER JOIN dim_period AS t ON t.code = :period AND p.window_to < t.window_to AND p.year >= t.year - 3
        WHERE c.unit_code = s.unit_code AND e.indicator = now.indicator
    ) < :history_periods
ORDER BY now.submission_id, now.indicator
