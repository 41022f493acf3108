-- The cells of a period behind restated figures, one text a unit of then: whoever it reported to.
-- grain: one row per version that counts; parameters :units, :period, :as_of, :codes (null: all)
WITH version AS (
    SELECT
        s.submission_id, s.unit_code, s.form, s.sha256, s.file_name, s.received_at,
        coalesce(s.content_sha256 || s.judged_sha256, s.sha256) AS said,
        lag(coalesce(s.content_sha256 || s.judged_sha256, s.sha256)) OVER before AS said_before
    FROM submission AS s
    WHERE s.period_code = :period AND s.received_at <= :as_of AND s.unit_code = ANY (:units)
        AND s.verdict IN ('accepted', 'accepted_with_warnings')
    WINDOW before AS (PARTITION BY s.unit_code ORDER BY s.received_at, s.sha256)
),
counting AS (
    SELECT DISTINCT ON (v.unit_code) v.*
    FROM version AS v
    WHERE v.said IS DISTINCT FROM v.said_before
    ORDER BY v.unit_code, v.received_at DESC, v.sha256 DESC
)
SELECT
    c.unit_code AS unit,
    coalesce(c.form, '') AS kind,
    c.submission_id,
    c.sha256,
    c.file_name,
    json_agg(
        json_build_array(f.indicator, f.sheet, f.cell, trim_scale(f.value)::text, f.state, f.raw, f.read_as)
        ORDER BY i.position
    )::text AS cells
FROM counting AS c
INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
INNER JOIN dim_indicator AS i ON i.code = f.indicator
WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
    AND (CAST(:codes AS text []) IS NULL OR f.indicator = ANY(CAST(:codes AS text [])))
GROUP BY c.unit_code, c.form, c.submission_id, c.sha256, c.file_name
ORDER BY c.unit_code
