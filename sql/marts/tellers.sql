-- Who gave every operand of a ratio, told as one word: where two periods have the same word, the same units spoke.
-- grain: one row per ratio; parameters :authority, :period, :as_of, :codes (ratios)
WITH figure AS (
    SELECT DISTINCT
        f.indicator,
        CASE WHEN c.form LIKE 'office:%' THEN CAST(:authority AS text) ELSE c.unit_code END AS unit_code
    FROM counting_submission(:authority, :period, :as_of) AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
),
term AS (
    SELECT DISTINCT t.code, t.operand
    FROM dim_indicator_term AS t
    WHERE t.code = ANY(CAST(:codes AS text []))
),
whole AS (
    SELECT t.code, g.unit_code
    FROM (SELECT *, count(*) OVER (PARTITION BY code) AS operands FROM term) AS t
    INNER JOIN figure AS g ON g.indicator = t.operand
    GROUP BY t.code, t.operands, g.unit_code
    HAVING count(*) = t.operands
)
SELECT w.code, md5(string_agg(w.unit_code, ' ' ORDER BY w.unit_code)) AS units
FROM whole AS w
GROUP BY w.code
