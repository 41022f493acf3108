-- A version says something else than every earlier version of its unit and period: figures, texts, faults, explanations.
-- :period this period
SELECT
    r.submission_id,
    '' AS indicator,
    '' AS sheet,
    '' AS cell,
    CAST(r.earlier_number AS text) AS found,
    TO_CHAR(r.earlier_received_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY') AS expected,
    (
        SELECT CAST(COUNT(*) AS text)
        FROM finding AS f
        WHERE f.submission_id = r.submission_id AND f.severity = 'critical'
    ) AS "right"
FROM repeated_submission AS r
WHERE r.period_code = :period
ORDER BY r.submission_id
