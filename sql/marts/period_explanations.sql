-- What was said to warnings in each period, as one digest: it is printed, so a new word makes a new report.
-- grain: one row per period with at least one explanation
SELECT
    period_code,
    md5(string_agg(DISTINCT concat_ws('|', unit_code, rule, indicator, sheet, cell, found, text), ',')) AS said
FROM explanation
GROUP BY period_code
