-- The flow of the first half is at least that of its first quarter: both are cumulative from the year's start.
-- :period this period, a half-yearly one; :first the first quarter of its year
SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(before.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN current_submission AS o ON o.unit_code = s.unit_code AND o.period_code = :first
INNER JOIN fct_observation AS before
    ON before.submission_id = o.submission_id
    AND before.period_code = :first
    AND before.indicator = now.indicator
INNER JOIN dim_indicator AS i
    ON i.code = now.indicator AND i.time_basis = 'flow' AND i.kind IN ('count', 'amount')
    -- units of a kind, not events: each window counts its own, so they need not grow
    AND i.rollup NOT IN ('shared', 'distinct')
WHERE
    now.period_code = :period
    AND now.value < before.value
ORDER BY now.submission_id, i.position
