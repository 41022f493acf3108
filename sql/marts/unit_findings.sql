-- Findings on the version that speaks for each unit, with what was said to them.
-- grain: one row per finding; parameters :authority, :period, :as_of
WITH speaking AS (
    SELECT DISTINCT ON (s.unit_code) s.submission_id, s.unit_code
    FROM submission AS s
    INNER JOIN obligation AS o ON o.unit_code = s.unit_code AND o.period_code = s.period_code
    LEFT JOIN counting_submission(:authority, :period, :as_of) AS c ON c.submission_id = s.submission_id
    WHERE o.authority = :authority AND s.period_code = :period AND s.received_at <= :as_of
        AND s.verdict <> 'received'
    ORDER BY s.unit_code, c.submission_id IS NULL, s.received_at DESC, s.sha256 DESC
)
SELECT
    k.unit_code, f.rule, f.severity, f.sheet, f.cell, f.indicator, f.found, f.expected, f.message, f.fix,
    f.explanation
FROM speaking AS k
CROSS JOIN LATERAL explained_finding(k.submission_id, :as_of) AS f
ORDER BY f.severity, k.unit_code, f.scope DESC, f.seq
