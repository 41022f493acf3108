-- A figure shared by all units of an authority equals what more than half of them, at least three reporting, say.
-- :period this period
WITH shared AS (
    SELECT
        f.*,
        d.authority,
        s.form
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id AND s.period_code = f.period_code
    INNER JOIN obligation AS d ON d.unit_code = s.unit_code AND d.period_code = f.period_code
    INNER JOIN dim_indicator AS i ON i.code = f.indicator AND i.rollup = 'shared'
    WHERE
        f.period_code = :period
        AND f.value IS NOT NULL
),

most AS (
    SELECT
        authority,
        form,
        indicator,
        MODE() WITHIN GROUP (ORDER BY value) AS value,
        COUNT(*) AS reporting
    FROM shared
    GROUP BY authority, form, indicator
    HAVING COUNT(*) >= 3
),

agreed AS (
    SELECT most.*
    FROM most
    INNER JOIN shared USING (authority, form, indicator)
    GROUP BY most.authority, most.form, most.indicator, most.value, most.reporting
    HAVING COUNT(*) FILTER (WHERE shared.value = most.value) * 2 > most.reporting
)

SELECT
    shared.submission_id,
    shared.indicator,
    shared.sheet,
    shared.cell,
    CAST(shared.value AS text) AS found,
    CAST(agreed.value AS text) AS expected
FROM shared
INNER JOIN agreed USING (authority, form, indicator)
WHERE shared.value <> agreed.value
ORDER BY shared.submission_id, shared.indicator
