-- How many units reached the whole of something, and how many told both figures; in all and by tier.
-- The offices of the authority speak together and are one unit.
-- grain: one row per tier, tier null for the whole; parameters :authority, :period, :as_of, :part, :whole
WITH told AS (
    SELECT
        CASE WHEN c.form LIKE 'office:%' THEN CAST(:authority AS text) ELSE c.unit_code END AS unit_code,
        split_part(c.form, ':', 1) AS tier,
        max(f.value) FILTER (WHERE f.indicator = :part) AS part,
        max(f.value) FILTER (WHERE f.indicator = :whole) AS whole
    FROM counting_submission(:authority, :period, :as_of) AS c
    INNER JOIN fct_observation AS f
        ON f.submission_id = c.submission_id AND f.period_code = :period AND f.indicator IN (:part, :whole)
    GROUP BY 1, 2
)
SELECT tier, count(*) FILTER (WHERE part = whole) AS in_full, count(*) AS told
FROM told
WHERE part IS NOT NULL AND whole IS NOT NULL
GROUP BY GROUPING SETS ((tier), ())
