-- How many units are asked for each indicator; the offices of the authority speak together and are one unit.
-- grain: one row per indicator and tier; parameters :authority, :period
WITH sender AS (
    -- counted by form first: a country has as many senders as forms have rows
    SELECT o.form, p.kind, split_part(o.form, ':', 1) AS tier, count(*) AS units
    FROM obligation AS o
    INNER JOIN dim_period AS p ON p.code = o.period_code
    WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
    GROUP BY o.form, p.kind
)
SELECT r.code, s.tier, CASE WHEN s.tier = 'office' THEN 1 ELSE sum(s.units)::bigint END AS expected
FROM sender AS s
INNER JOIN dim_form_row AS r ON r.form = s.form AND r.kind = s.kind
GROUP BY r.code, s.tier
