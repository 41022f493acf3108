-- Every judged submission, to be read again; those of which no unit or period is known may turn out to belong here.
-- grain: one row per submission; parameters :period and :authority, empty for all
SELECT
    s.submission_id, s.sha256, s.file_name, s.received_at, s.unit_code, s.period_code, s.loaded_sha256,
    (:period = '' OR s.period_code IS NOT DISTINCT FROM :period)
    AND (
        :authority = ''
        OR EXISTS (
            SELECT 1
            FROM dim_unit AS u
            LEFT JOIN dim_period AS p ON p.code = s.period_code
            WHERE
                u.code = s.unit_code
                AND u.authority = :authority
                AND (p.code IS NULL OR p.window_to BETWEEN u.valid_from AND coalesce(u.valid_to, p.window_to))
        )
    ) AS asked_for
FROM submission AS s
WHERE
    s.verdict <> 'received'
    AND (:period = '' OR s.period_code IS NULL OR s.period_code = :period)
    AND (
        :authority = ''
        OR s.unit_code IS NULL
        OR EXISTS (
            SELECT 1
            FROM dim_unit AS u
            LEFT JOIN dim_period AS p ON p.code = s.period_code
            WHERE
                u.code = s.unit_code
                AND u.authority = :authority
                AND (p.code IS NULL OR p.window_to BETWEEN u.valid_from AND coalesce(u.valid_to, p.window_to))
        )
    )
ORDER BY s.period_code, s.received_at, s.sha256
