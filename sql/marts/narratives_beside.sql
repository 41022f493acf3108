-- The text parts of the versions that count in a period, with who sent them.
-- grain: one row per version and section; parameter :period
SELECT
    s.submission_id, s.unit_code, u.name AS unit_name, d.authority, s.form, n.section, n.text, n.sheet, n.cell
FROM current_submission AS s
INNER JOIN obligation AS d ON d.unit_code = s.unit_code AND d.period_code = s.period_code
INNER JOIN dim_unit AS u ON u.code = s.unit_code
    AND (SELECT window_to FROM dim_period WHERE code = :period) BETWEEN u.valid_from AND COALESCE(u.valid_to, 'infinity')
INNER JOIN narrative AS n ON n.submission_id = s.submission_id
WHERE s.period_code = :period
ORDER BY d.authority, s.form, s.unit_code, n.section
