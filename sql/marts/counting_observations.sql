-- Every figure of the versions that count for an authority and period, as of a moment.
-- grain: one row per unit and indicator; parameters :authority, :period, :as_of
SELECT
    f.indicator, f.unit_code, f.submission_id, f.sheet, f.cell, f.value, f.state, f.raw, f.read_as
FROM counting_submission(:authority, :period, :as_of) AS c
INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
INNER JOIN dim_indicator AS i ON i.code = f.indicator
ORDER BY f.unit_code, i.position
