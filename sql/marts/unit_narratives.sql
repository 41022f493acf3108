-- Text of the versions that count, by section.
-- grain: one row per unit and section; parameters :authority, :period, :as_of
WITH counting AS (
    SELECT DISTINCT ON (s.unit_code) s.submission_id, s.unit_code
    FROM submission AS s
    INNER JOIN obligation AS o ON o.unit_code = s.unit_code AND o.period_code = s.period_code
    WHERE o.authority = :authority AND s.period_code = :period AND s.received_at <= :as_of
        AND s.verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY s.unit_code, s.received_at DESC, s.sha256 DESC
)
SELECT c.unit_code, n.section, n.text
FROM counting AS c
INNER JOIN narrative AS n ON n.submission_id = c.submission_id
ORDER BY n.section, c.unit_code
