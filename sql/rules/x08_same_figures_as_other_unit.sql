-- Dossier figures (3.4.1 to 3.4.11), 50 dossiers or more, are another unit's to the last digit.
-- :period this period
WITH dossiers AS (
    SELECT
        s.submission_id,
        s.unit_code,
        d.authority,
        ARRAY_AGG(f.value ORDER BY f.indicator) AS figures
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id
    INNER JOIN obligation AS d ON d.unit_code = s.unit_code AND d.period_code = f.period_code
    WHERE
        f.period_code = :period
        AND f.indicator ~ '^3\.4\.([1-9]|10|11)$'
        AND f.value IS NOT NULL
    GROUP BY s.submission_id, s.unit_code, d.authority
    HAVING COUNT(*) = 11
)

SELECT
    total.submission_id,
    total.indicator,
    total.sheet,
    total.cell,
    CAST(total.value AS text) AS found,
    MIN(COALESCE(u.name, other.unit_code)) AS expected
FROM dossiers AS own
INNER JOIN dossiers AS other
    ON other.authority = own.authority
    AND other.unit_code <> own.unit_code
    AND other.figures = own.figures
INNER JOIN fct_observation AS total
    ON total.submission_id = own.submission_id
    AND total.period_code = :period
    AND total.indicator = '3.4.1'
LEFT JOIN dim_unit AS u ON u.code = other.unit_code AND u.valid_to IS NULL
WHERE total.value >= 50
GROUP BY total.submission_id, total.indicator, total.sheet, total.cell, total.value
ORDER BY total.submission_id
