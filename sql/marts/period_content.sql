-- The versions that count in each period and what was read of them, as one digest: tells whether anything changed since the last look.
-- grain: one row per period with at least one acceptable version
SELECT period_code, md5(string_agg(sha256 || coalesce(loaded_sha256, ''), ',' ORDER BY sha256)) AS versions
FROM current_submission
GROUP BY period_code
