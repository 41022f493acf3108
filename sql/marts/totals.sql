-- The sums behind every printed total: per indicator for the authority as a whole and within each tier of senders.
-- A missing figure is in no sum and in no count; a ratio takes only units that gave both its parts (domain 2.6).
-- grain: one row per indicator and tier; tier is null for the whole; parameters :authority, :period, :as_of
WITH counting AS (
    SELECT * FROM counting_submission(:authority, :period, :as_of)
),
figure AS (
    SELECT c.unit_code, c.form, f.indicator, f.value
    FROM counting AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
),
part AS (
    -- one part of one ratio of one unit, whole only where every operand was given
    SELECT t.code, t.part, g.unit_code, g.form, sum(t.sign * g.value) AS value
    FROM dim_indicator_term AS t
    INNER JOIN figure AS g ON g.indicator = t.operand
    GROUP BY t.code, t.part, g.unit_code, g.form
    HAVING count(*) = (
        SELECT count(*) FROM dim_indicator_term AS u WHERE u.code = t.code AND u.part = t.part
    )
),
contribution AS (
    SELECT g.indicator AS code, g.form, g.unit_code, g.value, NULL::numeric AS numerator, NULL::numeric AS denominator
    FROM figure AS g
    INNER JOIN dim_indicator AS i ON i.code = g.indicator
    WHERE i.numerator = '' AND i.rollup <> 'weighted'
    UNION ALL
    SELECT n.code, n.form, n.unit_code, NULL, n.value, d.value
    FROM part AS n
    INNER JOIN part AS d ON d.code = n.code AND d.unit_code = n.unit_code AND d.part = 'denominator'
    WHERE n.part = 'numerator'
    UNION ALL
    SELECT g.indicator, g.form, g.unit_code, NULL, g.value * w.value, w.value
    FROM figure AS g
    INNER JOIN dim_indicator AS i ON i.code = g.indicator AND i.rollup = 'weighted'
    INNER JOIN figure AS w ON w.unit_code = g.unit_code AND w.indicator = '1.4.1b'
)
SELECT
    k.code,
    k.form AS tier,
    sum(k.value) AS value,
    sum(k.numerator) AS numerator,
    sum(k.denominator) AS denominator,
    count(*) FILTER (WHERE k.value = 1) AS yes,
    count(DISTINCT k.unit_code) AS reported,
    mode() WITHIN GROUP (ORDER BY k.value) AS most_common,
    max(k.value) FILTER (WHERE k.form = 'authority') AS own
FROM contribution AS k
GROUP BY GROUPING SETS ((k.code, k.form), (k.code))
