-- Every ratio with a real denominator is 100 %, and there are many of them.
-- :period this period
WITH terms AS (
    SELECT code, part, operand, sign, COUNT(*) OVER (PARTITION BY code) AS size FROM dim_indicator_term
),

ratios AS (
    SELECT
        f.submission_id,
        t.code,
        SUM(t.sign * f.value) FILTER (WHERE t.part = 'numerator') AS top,
        SUM(t.sign * f.value) FILTER (WHERE t.part = 'denominator') AS bottom
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id AND s.period_code = f.period_code
    INNER JOIN terms AS t ON t.operand = f.indicator
    INNER JOIN dim_form_row AS r ON r.code = t.code AND r.form = s.form AND r.kind = SPLIT_PART(s.period_code, '-', 2)
    WHERE f.period_code = :period AND f.value IS NOT NULL
    GROUP BY f.submission_id, t.code, t.size
    HAVING COUNT(*) = t.size
),

told AS (
    SELECT submission_id, code, top = bottom AS hundred, bottom AS size
    FROM ratios
    WHERE bottom >= :hundred_denominator
    UNION ALL
    SELECT f.submission_id, f.indicator, f.value = 100, 0
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id AND s.period_code = f.period_code
    INNER JOIN dim_indicator AS i ON i.code = f.indicator AND i.kind = 'ratio'
    WHERE f.period_code = :period AND f.value IS NOT NULL
)

SELECT
    submission_id,
    '' AS indicator,
    '' AS sheet,
    '' AS cell,
    FORMAT('%s tỷ lệ, trong đó %s', COUNT(*), ARRAY_TO_STRING((ARRAY_AGG(code ORDER BY size DESC, code))[1:5], ', '))
        AS found,
    CAST(COUNT(*) AS text) AS expected
FROM told
GROUP BY submission_id
HAVING BOOL_AND(hundred) AND COUNT(*) >= :hundred_ratios
ORDER BY submission_id
