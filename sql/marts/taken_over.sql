-- What the offices of an authority gave: each figure comes from the one office that leads it, and is taken over as it is.
-- grain: one row per indicator; parameters :authority, :period, :as_of
SELECT f.indicator AS code, f.value, f.state
FROM counting_submission(:authority, :period, :as_of) AS c
INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
WHERE c.form LIKE 'office:%' AND f.state IN ('reported', 'confirmed_zero', 'not_applicable')
ORDER BY f.indicator
