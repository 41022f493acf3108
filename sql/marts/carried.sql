-- The stocks that units gave in an earlier report and not in this one, to be shown beside the totals (domain 2.6, rule 4).
-- Only units that existed then as now, and only where every part of the figure stands in the earlier report.
-- grain: one row per figure, unit and part; parameters :authority, :period, :as_of, :past, and as arrays of equal length
-- :need_codes, :need_operands (the parts of each figure)
WITH need AS (
    SELECT *, count(*) OVER (PARTITION BY code) AS operands
    FROM unnest(CAST(:need_codes AS text []), CAST(:need_operands AS text [])) AS n (code, operand)
),
told AS (
    SELECT n.code, c.unit_code
    FROM counting_submission(:authority, :period, :as_of) AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
    INNER JOIN need AS n ON n.operand = f.indicator
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
    GROUP BY n.code, c.unit_code, n.operands
    HAVING count(*) = n.operands
),
silent AS (
    SELECT DISTINCT o.unit_code, n.code
    FROM obligation AS o
    INNER JOIN dim_period AS p ON p.code = o.period_code
    INNER JOIN dim_period AS q ON q.code = :past
    INNER JOIN dim_form_row AS r ON r.form = o.form AND r.kind = p.kind
    INNER JOIN need AS n ON n.code = r.code
    LEFT JOIN told AS t ON t.code = n.code AND t.unit_code = o.unit_code
    LEFT JOIN dim_unit AS u
        ON u.code = o.unit_code AND u.valid_from <= p.window_to AND (u.valid_to IS NULL OR u.valid_to >= p.window_to)
    WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
        AND t.unit_code IS NULL AND (u.valid_from IS NULL OR u.valid_from <= q.window_to)
),
version AS (
    SELECT DISTINCT ON (s.unit_code) s.submission_id, s.unit_code, s.sha256, s.file_name
    FROM submission AS s
    WHERE s.period_code = :past AND s.received_at <= :as_of AND s.verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY s.unit_code, s.received_at DESC, s.sha256 DESC
),
found AS (
    SELECT
        k.code AS total, n.operands, v.sha256, v.file_name, f.*,
        count(*) OVER (PARTITION BY k.code, k.unit_code) AS parts
    FROM silent AS k
    INNER JOIN version AS v ON v.unit_code = k.unit_code
    INNER JOIN need AS n ON n.code = k.code
    INNER JOIN fct_observation AS f
        ON f.submission_id = v.submission_id AND f.period_code = :past AND f.indicator = n.operand
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
)
SELECT
    d.total, d.indicator, d.unit_code, d.submission_id, d.sha256, d.file_name, d.sheet, d.cell, d.value, d.state,
    d.raw, d.read_as
FROM found AS d
INNER JOIN dim_indicator AS i ON i.code = d.indicator
INNER JOIN dim_indicator AS j ON j.code = d.total
WHERE d.parts = d.operands
ORDER BY j.position, d.unit_code, i.position
