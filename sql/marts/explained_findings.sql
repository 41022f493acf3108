-- Findings of one version in order of place, with what was said to them so far.
-- grain: one row per finding; parameter :submission
SELECT
    f.rule, f.severity, f.sheet, f.cell, f.indicator, f.found, f.expected, f.message, f.fix, f.explanation,
    f.explained_by
FROM explained_finding(:submission, 'infinity') AS f
ORDER BY f.scope DESC, f.seq
