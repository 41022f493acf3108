-- How often each answer of a coded question was given.
-- grain: one row per indicator and answer; parameters :authority, :period, :as_of
SELECT f.indicator AS code, f.value::integer AS answer, count(*) AS units
FROM counting_submission(:authority, :period, :as_of) AS c
INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
INNER JOIN dim_indicator AS i ON i.code = f.indicator AND i.rollup = 'distribution'
WHERE f.state = 'reported' AND f.value = trunc(f.value)
GROUP BY f.indicator, f.value
ORDER BY f.indicator, f.value
