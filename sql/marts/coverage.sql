-- How much the units that gave a figure weigh among all that are asked for it, by what they gave in an earlier report.
-- A unit that was reorganised since weighs the shares it took over of what its former units gave. A unit whose earlier
-- figure is not known in full has no weight: nothing is guessed.
-- grain: one row per indicator; parameters :authority, :period, :as_of, :past (the earlier report), and as arrays of
-- equal length :need_codes, :need_operands (what puts a unit into the total) and :codes, :operands, :signs (what weighs)
WITH need AS (
    SELECT * FROM unnest(CAST(:need_codes AS text []), CAST(:need_operands AS text [])) AS n (code, operand)
),
wanted AS (
    SELECT code, count(*) AS operands FROM need GROUP BY code
),
weigh AS (
    SELECT *, count(*) OVER (PARTITION BY code) AS operands
    FROM unnest(CAST(:codes AS text []), CAST(:operands AS text []), CAST(:signs AS integer [])) AS w (code, operand, sign)
),
asked AS (
    SELECT o.unit_code, r.code
    FROM obligation AS o
    INNER JOIN dim_period AS p ON p.code = o.period_code
    INNER JOIN dim_form_row AS r ON r.form = o.form AND r.kind = p.kind
    INNER JOIN wanted AS w ON w.code = r.code
    WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
),
told AS (
    SELECT n.code, c.unit_code
    FROM counting_submission(:authority, :period, :as_of) AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
    INNER JOIN need AS n ON n.operand = f.indicator
    INNER JOIN wanted AS w ON w.code = n.code
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
    GROUP BY n.code, c.unit_code, w.operands
    HAVING count(*) = w.operands
),
past AS (
    SELECT code, window_to FROM dim_period WHERE code = :past
),
origin AS (
    -- the units that each unit has come from since, with the share it took over
    SELECT o.unit_code, l.former_code AS past_code, l.weight, count(*) OVER (PARTITION BY o.unit_code) AS parts
    FROM obligation AS o
    INNER JOIN dim_period AS p ON p.code = o.period_code
    INNER JOIN dim_period AS q ON q.code = :past
    INNER JOIN unit_on(q.window_to, p.window_to) AS l ON l.code = o.unit_code AND l.weight > 0
    WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
),
version AS (
    SELECT DISTINCT ON (s.unit_code) s.submission_id, s.unit_code
    FROM submission AS s
    WHERE s.period_code = :past AND s.received_at <= :as_of AND s.verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY s.unit_code, s.received_at DESC, s.sha256 DESC
),
weight AS (
    SELECT g.code, k.unit_code, sum(g.sign * k.weight * f.value) AS weight
    FROM origin AS k
    INNER JOIN version AS v ON v.unit_code = k.past_code
    INNER JOIN fct_observation AS f ON f.submission_id = v.submission_id AND f.period_code = :past
    INNER JOIN weigh AS g ON g.operand = f.indicator
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
    GROUP BY g.code, k.unit_code, k.parts, g.operands
    HAVING count(*) = k.parts * g.operands
)
SELECT
    a.code,
    count(*) AS expected,
    count(t.unit_code) AS reported,
    count(k.weight) AS weighed,
    coalesce(sum(k.weight), 0) AS whole,
    coalesce(sum(k.weight) FILTER (WHERE t.unit_code IS NOT NULL), 0) AS told,
    coalesce(min(k.weight), 0) AS least
FROM asked AS a
LEFT JOIN weight AS k ON k.unit_code = a.unit_code AND k.code = a.code
LEFT JOIN told AS t ON t.unit_code = a.unit_code AND t.code = a.code
GROUP BY a.code
