-- How many units are asked for each indicator; the offices of the authority speak together and are one unit.
-- grain: one row per indicator and tier; parameters :authority, :period
SELECT
    r.code,
    split_part(o.form, ':', 1) AS tier,
    count(DISTINCT CASE WHEN o.form LIKE 'office:%' THEN o.authority ELSE o.unit_code END) AS expected
FROM obligation AS o
INNER JOIN dim_period AS p ON p.code = o.period_code
INNER JOIN dim_form_row AS r ON r.form = o.form AND r.kind = p.kind
WHERE o.authority = :authority AND o.period_code = :period AND o.exempt_reason IS NULL
GROUP BY r.code, split_part(o.form, ':', 1)
