-- A rate that lies far from those of the other units of its kind: by their own spread around the median, and by much.
-- :period this period
WITH terms AS (
    SELECT code, part, operand, sign, 100 AS scale, COUNT(*) OVER (PARTITION BY code) AS size FROM dim_indicator_term
    UNION ALL  -- dossiers for each official present
    SELECT '3.4.1/4.2.2', v.part, v.operand, 1, 1, 2
    FROM (VALUES ('numerator', '3.4.1'), ('denominator', '4.2.2')) AS v (part, operand)
),

parts AS (
    SELECT
        s.submission_id, d.authority, u.kind = 'department' AS office, t.code, t.scale,
        SUM(t.sign * f.value) FILTER (WHERE t.part = 'numerator') AS top,
        SUM(t.sign * f.value) FILTER (WHERE t.part = 'denominator') AS bottom,
        MIN(t.operand) FILTER (WHERE t.part = 'numerator') AS operand
    FROM current_submission AS s
    INNER JOIN obligation AS d ON d.unit_code = s.unit_code AND d.period_code = s.period_code
    INNER JOIN dim_unit AS u ON u.code = s.unit_code
    AND (SELECT window_to FROM dim_period WHERE code = :period) BETWEEN u.valid_from AND COALESCE(u.valid_to, 'infinity')
        AND u.kind NOT IN ('authority', 'office')
    INNER JOIN fct_observation AS f ON f.submission_id = s.submission_id AND f.period_code = :period
    INNER JOIN terms AS t ON t.operand = f.indicator
    WHERE s.period_code = :period AND f.value IS NOT NULL
    GROUP BY s.submission_id, d.authority, u.kind = 'department', t.code, t.scale, t.size
    HAVING COUNT(*) = t.size
),

peers AS (
    SELECT
        authority, office, code, scale,
        COUNT(*) AS units,
        ARRAY_AGG(ROW_TO_JSON(parts)) AS each,
        ARRAY_AGG(scale * top / bottom) AS rates,
        PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY scale * top / bottom) AS middle
    FROM parts
    WHERE bottom >= :peer_denominator
    GROUP BY authority, office, code, scale
    HAVING COUNT(*) >= :peers
)

SELECT
    f.submission_id, f.indicator, f.sheet, f.cell,
    FORMAT(CASE scale WHEN 100 THEN 'tỷ lệ %s là ⟨%s⟩%%' ELSE '%s là ⟨%s⟩' END, code, ROUND(rate, 1)) AS found,
    FORMAT('trung vị của %s %s là ⟨%s⟩', units, CASE WHEN office THEN 'sở, ban, ngành' ELSE 'xã, phường, đặc khu' END,
        ROUND(CAST(middle AS numeric), 1)) AS expected
FROM peers
CROSS JOIN LATERAL (
    SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ABS(x - middle)) * 1.4826 AS spread FROM UNNEST(rates) AS x
) AS around
CROSS JOIN LATERAL UNNEST(each, rates) AS one (own, rate)
INNER JOIN fct_observation AS f
    ON f.submission_id = CAST(own ->> 'submission_id' AS uuid) AND f.period_code = :period AND f.indicator = own ->> 'operand'
WHERE ABS(rate - middle) > :peer_spreads * spread
    AND CASE scale WHEN 100 THEN ABS(rate - middle) >= :peer_points
        ELSE rate >= :peer_times * middle OR rate * :peer_times <= middle END
ORDER BY f.submission_id, code
