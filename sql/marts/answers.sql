-- How often each answer of a coded question was given.
-- grain: one row per indicator and answer; parameters :authority, :period, :as_of
WITH counting AS (
    SELECT DISTINCT ON (s.unit_code) s.submission_id
    FROM submission AS s
    INNER JOIN obligation AS o ON o.unit_code = s.unit_code AND o.period_code = s.period_code
    WHERE o.authority = :authority AND s.period_code = :period AND s.received_at <= :as_of
        AND s.verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY s.unit_code, s.received_at DESC, s.sha256 DESC
)
SELECT f.indicator AS code, f.value::integer AS answer, count(*) AS units
FROM counting AS c
INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
INNER JOIN dim_indicator AS i ON i.code = f.indicator AND i.rollup = 'distribution'
WHERE f.state = 'reported' AND f.value = trunc(f.value)
GROUP BY f.indicator, f.value
ORDER BY f.indicator, f.value
