-- A year's flow is at least that of its first half and third quarter together (both only where reported).
-- :period this period, a yearly one; :half and :third the first half and the third quarter of its year
WITH parts AS (
    SELECT
        o.unit_code,
        f.indicator,
        SUM(f.value) AS value
    FROM fct_observation AS f
    INNER JOIN current_submission AS o ON o.submission_id = f.submission_id AND o.period_code IN (:half, :third)
    WHERE f.period_code IN (:half, :third)
    GROUP BY o.unit_code, f.indicator
)

SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(parts.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN parts ON parts.unit_code = s.unit_code AND parts.indicator = now.indicator
INNER JOIN dim_indicator AS i
    ON i.code = now.indicator AND i.time_basis = 'flow' AND i.kind IN ('count', 'amount')
    -- units of a kind, not events: each window counts its own, so they need not grow
    AND i.rollup NOT IN ('shared', 'distinct')
WHERE
    now.period_code = :period
    AND now.value < parts.value
ORDER BY now.submission_id, i.position
