-- How every judged version of some periods stands.
-- grain: one row per submission; parameter :periods
SELECT
    s.submission_id, s.file_name, s.received_at, coalesce(s.unit_code, '') AS unit,
    coalesce(s.period_code, '') AS period, s.verdict, c.submission_id IS NOT NULL AS counts
FROM submission AS s
LEFT JOIN current_submission AS c ON c.submission_id = s.submission_id
WHERE s.verdict <> 'received' AND (s.period_code = ANY(:periods) OR s.period_code IS NULL)
ORDER BY s.period_code, s.unit_code, s.received_at, s.sha256
