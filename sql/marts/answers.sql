-- How often each answer of a coded question was given; who adds up itself says it in companions of its totals.
-- grain: one row per indicator and answer; parameters :authority, :period, :as_of, and as arrays of equal length :of,
-- :answers, :codes (the companion that counts an answer)
WITH figure AS (
    SELECT f.indicator, f.value, f.state
    FROM counting_submission(:authority, :period, :as_of) AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value = trunc(f.value)
),
answered AS (
    SELECT g.indicator AS code, g.value::integer AS answer, 1 AS units
    FROM figure AS g
    INNER JOIN dim_indicator AS i ON i.code = g.indicator AND i.rollup = 'distribution'
    WHERE g.state = 'reported'
    UNION ALL
    SELECT n.code, n.answer, g.value::integer
    FROM unnest(CAST(:of AS text []), CAST(:answers AS integer []), CAST(:codes AS text [])) AS n (code, answer, companion)
    INNER JOIN figure AS g ON g.indicator = n.companion AND g.value > 0
)
SELECT a.code, a.answer, sum(a.units) AS units
FROM answered AS a
GROUP BY a.code, a.answer
ORDER BY a.code, a.answer
