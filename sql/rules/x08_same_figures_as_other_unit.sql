-- Dossier figures (3.4.1 to 3.4.11), 50 dossiers or more, are another unit's to the last digit.
-- :period this period
WITH dossiers AS (
    SELECT
        s.submission_id,
        s.unit_code,
        d.authority,
        ARRAY_AGG(f.value ORDER BY f.indicator) AS figures
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id AND s.period_code = f.period_code
    INNER JOIN obligation AS d ON d.unit_code = s.unit_code AND d.period_code = f.period_code
    WHERE
        f.period_code = :period
        AND f.indicator ~ '^3\.4\.([1-9]|10|11)$'
        AND f.value IS NOT NULL
    GROUP BY s.submission_id, s.unit_code, d.authority
    HAVING COUNT(*) = 11
),

alike AS (
    SELECT
        submission_id,
        unit_code,
        MIN(unit_code) OVER same AS first_unit,
        MAX(unit_code) OVER same AS last_unit
    FROM dossiers
    WINDOW same AS (PARTITION BY authority, figures)
)

SELECT
    total.submission_id,
    total.indicator,
    total.sheet,
    total.cell,
    CAST(total.value AS text) AS found,
    u.name AS expected
FROM alike
INNER JOIN fct_observation AS total
    ON total.submission_id = alike.submission_id
    AND total.period_code = :period
    AND total.indicator = '3.4.1'
INNER JOIN dim_unit AS u
    ON u.code = CASE alike.unit_code WHEN alike.first_unit THEN alike.last_unit ELSE alike.first_unit END
    AND (SELECT window_to FROM dim_period WHERE code = :period) BETWEEN u.valid_from AND COALESCE(u.valid_to, 'infinity')
WHERE
    alike.first_unit <> alike.last_unit
    AND total.value >= 50
ORDER BY total.submission_id
