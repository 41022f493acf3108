-- Most flows of an earlier report of the unit stand here again, and so does its text, dates and numbers apart.
-- :period this period, :previous the report before it, :year_before the same report a year earlier
WITH pairs AS (
    SELECT s.submission_id, o.submission_id AS before_id, o.period_code AS before_code
    FROM current_submission AS s
    INNER JOIN current_submission AS o
        ON o.unit_code = s.unit_code AND o.period_code IN (:previous, :year_before)
    WHERE s.period_code = :period
),

figures AS (
    SELECT
        pairs.*,
        COUNT(*) AS compared,
        COUNT(*) FILTER (WHERE now.value = before.value) AS same,
        (ARRAY_AGG(FORMAT('%s = ⟨%s⟩', now.indicator, now.value) ORDER BY now.value DESC, now.indicator)
            FILTER (WHERE now.value = before.value))[1:3] AS examples
    FROM pairs
    INNER JOIN fct_observation AS now ON now.submission_id = pairs.submission_id AND now.period_code = :period
    INNER JOIN fct_observation AS before
        ON before.submission_id = pairs.before_id
        AND before.period_code = pairs.before_code
        AND before.indicator = now.indicator
    INNER JOIN dim_indicator AS i
        ON i.code = now.indicator AND i.time_basis = 'flow' AND i.kind IN ('count', 'amount')
        AND i.rollup NOT IN ('shared', 'distinct')
    WHERE GREATEST(now.value, before.value) >= :small
    GROUP BY pairs.submission_id, pairs.before_id, pairs.before_code
),

words AS (
    SELECT
        submission_id, section,
        REGEXP_REPLACE(LOWER(text), '[0-9]+|quý\s+[ivx]+|quý|tháng|đầu năm|năm|\W+', '', 'g') AS text
    FROM narrative
),

texts AS (
    SELECT
        figures.submission_id, figures.before_id,
        COUNT(*) AS compared, COUNT(*) FILTER (WHERE now.text = before.text) AS same
    FROM figures
    INNER JOIN words AS now ON now.submission_id = figures.submission_id
    INNER JOIN words AS before ON before.submission_id = figures.before_id AND before.section = now.section
    GROUP BY figures.before_id, figures.submission_id
)

SELECT DISTINCT ON (figures.submission_id)
    figures.submission_id, '' AS indicator, '' AS sheet, '' AS cell,
    FORMAT('%s/%s số liệu phát sinh trùng (%s), %s/%s mục thuyết minh trùng', figures.same, figures.compared,
        ARRAY_TO_STRING(figures.examples, '; '), COALESCE(texts.same, 0), COALESCE(texts.compared, 0)) AS found,
    figures.before_code AS expected
FROM figures
LEFT JOIN texts USING (submission_id, before_id)
WHERE
    figures.compared >= :copied_compared
    AND figures.same >= :copied_share * figures.compared
    AND COALESCE(texts.same >= :copied_text_share * texts.compared, TRUE)
ORDER BY figures.submission_id, figures.same DESC, figures.before_code
