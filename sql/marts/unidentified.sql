-- Files that nobody can be told apart by: no unit or no period could be made out, so no obligation shows them.
-- grain: one row per submission; parameter :as_of
SELECT
    s.file_name,
    s.received_at,
    s.verdict,
    coalesce((
        SELECT f.message
        FROM finding AS f
        WHERE f.submission_id = s.submission_id
        ORDER BY f.severity, f.scope DESC, f.seq
        LIMIT 1
    ), '') AS reason
FROM submission AS s
WHERE (s.unit_code IS NULL OR s.period_code IS NULL) AND s.verdict <> 'received' AND s.received_at <= :as_of
ORDER BY s.received_at DESC, s.sha256
LIMIT 200
