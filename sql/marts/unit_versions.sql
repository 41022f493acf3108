-- Every version a unit sent for a period, the newest first; one that a later acceptable one replaced is superseded,
-- one that only repeats an earlier one names its number.
-- grain: one row per submission version; parameters :unit, :period
SELECT
    s.submission_id,
    row_number() OVER (ORDER BY s.received_at, s.sha256) AS version,
    s.received_at,
    s.file_name,
    s.size,
    s.sha256,
    s.verdict,
    s.verdict IN ('accepted', 'accepted_with_warnings') AND c.submission_id IS DISTINCT FROM s.submission_id
        AND r.submission_id IS NULL AS superseded,
    r.earlier_number AS repeats
FROM submission AS s
LEFT JOIN repeated_submission AS r ON r.submission_id = s.submission_id
LEFT JOIN current_submission AS c ON c.unit_code = s.unit_code AND c.period_code = s.period_code
WHERE s.unit_code = :unit AND s.period_code = :period
ORDER BY version DESC
