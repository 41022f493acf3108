-- Procedures in force (3.1.1) equal those at the window's start plus those announced (3.1.3) less those abolished (3.1.5).
-- :period this period, :opening the period whose closing stock opens it
WITH moved AS (
    SELECT
        s.unit_code,
        SUM(CASE f.indicator WHEN '3.1.5' THEN -f.value ELSE f.value END) AS value
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id AND s.period_code = f.period_code
    WHERE
        f.value IS NOT NULL
        AND (
            (f.period_code = :opening AND f.indicator = '3.1.1')
            OR (f.period_code = :period AND f.indicator IN ('3.1.3', '3.1.5'))
        )
    GROUP BY s.unit_code
    HAVING COUNT(*) = 3
)

SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(moved.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN moved ON moved.unit_code = s.unit_code
WHERE
    now.period_code = :period
    AND now.indicator = '3.1.1'
    AND now.value <> moved.value
ORDER BY now.submission_id
