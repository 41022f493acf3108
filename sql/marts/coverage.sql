-- How much the units that gave a figure weigh among all that are asked for it, by what they gave in an earlier report.
-- A unit that was reorganised since weighs the shares it took over of what its former units gave. A unit whose earlier
-- figure is not known in full has no weight: nothing is guessed. The offices of an authority speak together: one unit.
-- grain: one row per indicator; parameters :authority, :period, :as_of, :past (the earlier report), and as arrays of
-- equal length :need_codes, :need_operands (what puts a unit into the total) and :codes, :operands, :signs (what weighs)
WITH need AS (
    SELECT *, count(*) OVER (PARTITION BY code) AS operands
    FROM unnest(CAST(:need_codes AS text []), CAST(:need_operands AS text [])) AS n (code, operand)
),
weigh AS (
    SELECT *, count(*) OVER (PARTITION BY code) AS operands
    FROM unnest(CAST(:codes AS text []), CAST(:operands AS text []), CAST(:signs AS integer [])) AS w (code, operand, sign)
),
origin AS (
    -- the units that each unit has come from since, with the share it took over
    SELECT o.unit_code, l.former_code, l.weight
    FROM obligation AS o
    INNER JOIN dim_period AS p ON p.code = o.period_code
    INNER JOIN dim_period AS q ON q.code = :past
    INNER JOIN unit_on(q.window_to, p.window_to) AS l ON l.code = o.unit_code AND l.weight > 0
    WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
        AND o.form NOT LIKE 'office:%'
),
version AS (
    SELECT DISTINCT ON (s.unit_code) s.submission_id, s.unit_code, s.form
    FROM submission AS s
    WHERE s.period_code = :past AND s.received_at <= :as_of AND s.verdict IN ('accepted', 'accepted_with_warnings')
    ORDER BY s.unit_code, s.received_at DESC, s.sha256 DESC
),
entry AS (
    -- What a unit is asked for counts what it takes; each part that it gave takes one off. All in one pass and one
    -- grouping: joined by unit and indicator, a country's figures would be compared row by row.
    SELECT
        r.code,
        CASE WHEN o.form LIKE 'office:%' THEN o.authority ELSE o.unit_code END AS unit_code,
        true AS asked,
        n.operands AS lacking_now,
        w.operands * CASE WHEN o.form LIKE 'office:%' THEN 1 ELSE k.formers END AS lacking_then,
        NULL::numeric AS weight
    FROM obligation AS o
    INNER JOIN dim_period AS p ON p.code = o.period_code
    INNER JOIN dim_form_row AS r ON r.form = o.form AND r.kind = p.kind
    INNER JOIN (SELECT DISTINCT code, operands FROM need) AS n ON n.code = r.code
    INNER JOIN (SELECT DISTINCT code, operands FROM weigh) AS w ON w.code = r.code
    LEFT JOIN (SELECT unit_code, count(*) AS formers FROM origin GROUP BY unit_code) AS k ON k.unit_code = o.unit_code
    WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
    UNION ALL
    SELECT n.code, CASE WHEN c.form LIKE 'office:%' THEN :authority ELSE c.unit_code END, false, -1, 0, NULL
    FROM counting_submission(:authority, :period, :as_of) AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
    INNER JOIN need AS n ON n.operand = f.indicator
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
    UNION ALL
    SELECT g.code, k.unit_code, false, 0, -1, g.sign * k.weight * f.value
    FROM origin AS k
    INNER JOIN version AS v ON v.unit_code = k.former_code
    INNER JOIN fct_observation AS f ON f.submission_id = v.submission_id AND f.period_code = :past
    INNER JOIN weigh AS g ON g.operand = f.indicator
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
    UNION ALL
    SELECT g.code, :authority, false, 0, -1, g.sign * f.value
    FROM version AS v
    INNER JOIN (SELECT DISTINCT code FROM dim_unit WHERE kind = 'office' AND authority = :authority) AS u
        ON u.code = v.unit_code
    INNER JOIN fct_observation AS f ON f.submission_id = v.submission_id AND f.period_code = :past
    INNER JOIN weigh AS g ON g.operand = f.indicator
    WHERE v.form LIKE 'office:%' AND f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
),
standing AS (
    SELECT
        e.code,
        sum(e.lacking_now) = 0 AS told,
        CASE WHEN sum(e.lacking_then) = 0 THEN sum(e.weight) END AS weight
    FROM entry AS e
    GROUP BY e.code, e.unit_code
    HAVING bool_or(e.asked)
)
SELECT
    s.code,
    count(*) AS expected,
    count(*) FILTER (WHERE s.told) AS reported,
    count(s.weight) AS weighed,
    coalesce(sum(s.weight), 0) AS whole,
    coalesce(sum(s.weight) FILTER (WHERE s.told), 0) AS told,
    coalesce(min(s.weight), 0) AS least
FROM standing AS s
GROUP BY s.code
