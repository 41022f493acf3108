-- The figures of a period printed beside those of another, one text a unit: what the hidden sheet needs to walk back.
-- grain: one row per version that counts; parameters :authority, :period, :as_of, :codes (null: all)
SELECT
    c.unit_code AS unit,
    split_part(c.form, ':', 1) AS kind,
    c.submission_id,
    s.sha256,
    s.file_name,
    json_agg(
        json_build_array(f.indicator, f.sheet, f.cell, trim_scale(f.value)::text, f.state, f.raw, f.read_as)
        ORDER BY i.position
    )::text AS cells
FROM counting_submission(:authority, :period, :as_of) AS c
INNER JOIN submission AS s ON s.submission_id = c.submission_id
INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
INNER JOIN dim_indicator AS i ON i.code = f.indicator
WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
    AND (CAST(:codes AS text []) IS NULL OR f.indicator = ANY(CAST(:codes AS text [])))
GROUP BY c.unit_code, c.form, c.submission_id, s.sha256, s.file_name
ORDER BY c.unit_code
