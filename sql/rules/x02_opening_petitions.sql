-- Petitions carried over (3.5.1a) equal those left over (3.5.1a + 3.5.1b - 3.5.2) from the window that opens this one.
-- :period this period, :opening the period whose closing stock opens it
WITH left_over AS (
    SELECT
        o.unit_code,
        SUM(CASE f.indicator WHEN '3.5.2' THEN -f.value ELSE f.value END) AS value
    FROM fct_observation AS f
    INNER JOIN current_submission AS o ON o.submission_id = f.submission_id
    WHERE
        f.period_code = :opening
        AND f.indicator IN ('3.5.1a', '3.5.1b', '3.5.2')
        AND f.value IS NOT NULL
    GROUP BY o.unit_code
    HAVING COUNT(*) = 3
)

SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(before.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN left_over AS before ON before.unit_code = s.unit_code
WHERE
    now.period_code = :period
    AND now.indicator = '3.5.1a'
    AND now.value <> before.value
ORDER BY now.submission_id
