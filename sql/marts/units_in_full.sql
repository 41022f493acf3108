-- How many units reached the whole of something, and how many told both figures; in all and by tier.
-- grain: one row per tier, tier null for the whole; parameters :authority, :period, :as_of, :part, :whole
SELECT
    c.form AS tier,
    count(*) FILTER (WHERE p.value = w.value) AS in_full,
    count(*) AS told
FROM counting_submission(:authority, :period, :as_of) AS c
INNER JOIN fct_observation AS p
    ON p.submission_id = c.submission_id AND p.period_code = :period AND p.indicator = :part AND p.value IS NOT NULL
INNER JOIN fct_observation AS w
    ON w.submission_id = c.submission_id AND w.period_code = :period AND w.indicator = :whole AND w.value IS NOT NULL
GROUP BY GROUPING SETS ((c.form), ())
