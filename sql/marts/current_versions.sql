-- The versions that count in a period, of every authority.
-- grain: one row per submission version that counts; parameter :period
SELECT submission_id
FROM current_submission
WHERE period_code = :period
ORDER BY received_at, sha256
