-- Online services with dossiers (7.3.3) are at most those that the authority provides (7.3.1 + 7.3.2).
-- :period this period
WITH provided AS (
    SELECT
        s.unit_code AS authority,
        SUM(f.value) AS value
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id AND s.period_code = f.period_code
    WHERE
        f.period_code = :period
        AND f.indicator IN ('7.3.1', '7.3.2')
        AND f.value IS NOT NULL
    GROUP BY s.unit_code
    HAVING COUNT(*) = 2
)

SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(provided.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN obligation AS d ON d.unit_code = s.unit_code AND d.period_code = now.period_code
INNER JOIN provided ON provided.authority = d.authority
WHERE
    now.period_code = :period
    AND now.indicator = '7.3.3'
    AND now.value > provided.value
ORDER BY now.submission_id
