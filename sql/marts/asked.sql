-- How many units are asked for each indicator.
-- grain: one row per indicator and form; parameters :authority, :period
SELECT r.code, o.form AS tier, count(*) AS expected
FROM obligation AS o
INNER JOIN dim_period AS p ON p.code = o.period_code
INNER JOIN dim_form_row AS r ON r.form = o.form AND r.kind = p.kind
WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
GROUP BY r.code, o.form
