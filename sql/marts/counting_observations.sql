-- Every figure of the versions that count for an authority and period, as of a moment.
-- grain: one row per unit and indicator; parameters :authority, :period, :as_of
WITH counting AS (
    SELECT DISTINCT ON (s.unit_code) s.submission_id, s.unit_code
    FROM submission AS s
    INNER JOIN obligation AS o ON o.unit_code = s.unit_code AND o.period_code = s.period_code
    WHERE o.authority = :authority AND s.period_code = :period AND s.received_at <= :as_of
        AND s.verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY s.unit_code, s.received_at DESC, s.sha256 DESC
)
SELECT
    f.indicator, f.unit_code, f.submission_id, f.sheet, f.cell, f.value, f.state, f.raw, f.read_as
FROM counting AS c
INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
INNER JOIN dim_indicator AS i ON i.code = f.indicator
ORDER BY f.unit_code, i.position
