-- A figure far from what the unit itself reported before, measured by the spread of its earlier reports.
-- Cumulative reports are compared by what a quarter of them holds; what each window counts anew with its like only.
-- :period this period
WITH quarters AS (
    SELECT p.*, CASE p.kind WHEN 'Y' THEN 4 WHEN 'H1' THEN 2 ELSE 1 END AS held, t.kind = p.kind AS like_this
    FROM dim_period AS p
    INNER JOIN dim_period AS t
        ON t.code = :period AND p.window_to <= t.window_to AND p.year BETWEEN t.year - 3 AND t.year
),

seen AS (
    SELECT
        s.unit_code, f.period_code, f.indicator, f.value,
        CASE WHEN i.time_basis = 'stock' THEN 1 ELSE q.held END AS held
    FROM current_submission AS s
    INNER JOIN quarters AS q ON q.code = s.period_code
    INNER JOIN fct_observation AS f ON f.submission_id = s.submission_id AND f.period_code = s.period_code
    INNER JOIN dim_indicator AS i
        ON i.code = f.indicator AND i.kind IN ('count', 'amount') AND i.time_basis <> 'opening'
    WHERE f.value IS NOT NULL
        AND (q.like_this OR i.time_basis = 'stock' OR (i.time_basis = 'flow' AND i.rollup NOT IN ('shared', 'distinct')))
),

histories AS (
    SELECT
        unit_code, indicator,
        COUNT(*) FILTER (WHERE period_code <> :period) AS reports,
        ARRAY_AGG(value / held) FILTER (WHERE period_code <> :period) AS rates,
        PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value / held) FILTER (WHERE period_code <> :period) AS middle,
        MAX(value) FILTER (WHERE period_code = :period) AS value,
        MAX(held) FILTER (WHERE period_code = :period) AS held
    FROM seen
    GROUP BY unit_code, indicator
    HAVING COUNT(*) FILTER (WHERE period_code <> :period) >= :history_periods
)

SELECT
    now.submission_id, now.indicator, now.sheet, now.cell,
    CAST(now.value AS text) AS found,
    FORMAT('mức ⟨%s⟩ (trung vị của %s báo cáo trước)', ROUND(CAST(middle * h.held AS numeric), 1), reports) AS expected
FROM histories AS h
CROSS JOIN LATERAL (
    SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ABS(x - middle)) * 1.4826 AS spread FROM UNNEST(rates) AS x
) AS around
INNER JOIN current_submission AS s ON s.unit_code = h.unit_code AND s.period_code = :period
INNER JOIN fct_observation AS now
    ON now.submission_id = s.submission_id AND now.period_code = :period AND now.indicator = h.indicator
WHERE
    ABS(h.value / h.held - middle) > GREATEST(:history_spreads * spread, :history_share * middle)
    AND ABS(h.value / h.held - middle) * h.held >= :history_least
ORDER BY now.submission_id, now.indicator
