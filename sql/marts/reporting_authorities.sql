-- Authorities that have something to consolidate.
-- grain: one row per authority and period with at least one acceptable version
SELECT DISTINCT o.authority, s.period_code
FROM current_submission AS s
INNER JOIN obligation AS o ON o.unit_code = s.unit_code AND o.period_code = s.period_code
ORDER BY s.period_code, o.authority
