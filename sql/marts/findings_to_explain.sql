-- Findings of a rule on the version that a person means: the one named, or the one that speaks for the unit named.
-- grain: one row per finding; parameters :target (a submission or a unit), :period, :rule (whole or its number),
-- :indicator (empty for any)
WITH version AS (
    SELECT s.*
    FROM submission AS s
    LEFT JOIN current_submission AS c ON c.submission_id = s.submission_id
    WHERE (s.unit_code = :target OR CAST(s.submission_id AS text) = :target)
        AND s.period_code = :period AND s.verdict <> 'received'
    ORDER BY c.submission_id IS NULL, s.received_at DESC, s.sha256 DESC
    LIMIT 1
)
SELECT
    v.submission_id, v.unit_code, f.rule, f.severity, f.sheet, f.cell, f.indicator, f.found, o.value,
    coalesce(o.state, '') AS state
FROM version AS v
INNER JOIN finding AS f ON f.submission_id = v.submission_id
LEFT JOIN fct_observation AS o
    ON o.submission_id = v.submission_id AND o.period_code = v.period_code AND o.indicator = f.indicator
WHERE (f.rule = :rule OR split_part(f.rule, '_', 1) = :rule) AND :indicator IN ('', f.indicator)
ORDER BY f.scope DESC, f.seq
