-- The sums behind every printed total: per indicator for the authority as a whole and within each tier of senders.
-- The offices of an authority speak together for it: what they give counts as one unit's.
-- Who adds up itself sends companions of its totals (:of, :roles, :codes, arrays of equal length): sums over those of its
-- units that gave both parts, counts of answers. They stand for its ratios; where one is not there, nobody gave both.
-- A missing figure is in no sum and in no count; a ratio takes only units that gave both its parts (domain 2.6).
-- grain: one row per indicator and tier; tier is null for the whole; parameters :authority, :period, :as_of
WITH figure AS (
    SELECT
        CASE WHEN c.form LIKE 'office:%' THEN CAST(:authority AS text) ELSE c.unit_code END AS unit_code,
        split_part(c.form, ':', 1) AS form,
        f.indicator,
        f.value
    FROM counting_submission(:authority, :period, :as_of) AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id AND f.period_code = :period
    WHERE f.state IN ('reported', 'confirmed_zero') AND f.value IS NOT NULL
),
companion AS (
    SELECT * FROM unnest(CAST(:of AS text []), CAST(:roles AS text []), CAST(:codes AS text [])) AS c (code, role, operand)
),
sent AS (
    -- what a lower authority sends beside its total: exact, though not all its units gave every part
    SELECT
        c.code,
        g.unit_code,
        g.form,
        sum(g.value) FILTER (WHERE c.role = 'numerator') AS numerator,
        sum(g.value) FILTER (WHERE c.role = 'denominator') AS denominator,
        sum(g.value) FILTER (WHERE c.role = 'yes') AS yes
    FROM companion AS c
    INNER JOIN figure AS g ON g.indicator = c.operand
    GROUP BY c.code, g.unit_code, g.form
    HAVING count(*) FILTER (WHERE c.role IN ('numerator', 'denominator')) IN (0, 2)
),
adding AS (
    SELECT DISTINCT unit_code FROM sent WHERE numerator IS NOT NULL
),
ratio AS (
    -- a ratio of one unit, only where every operand of both its parts was given; one pass, since the planner, who cannot
    -- know how many units are whole, would join the two parts of a country row by row
    SELECT
        t.code,
        g.unit_code,
        g.form,
        sum(t.sign * g.value) FILTER (WHERE t.part = 'numerator') AS numerator,
        sum(t.sign * g.value) FILTER (WHERE t.part = 'denominator') AS denominator
    FROM (SELECT *, count(*) OVER (PARTITION BY code) AS operands FROM dim_indicator_term) AS t
    INNER JOIN figure AS g ON g.indicator = t.operand
    GROUP BY t.code, t.operands, g.unit_code, g.form
    HAVING count(*) = t.operands
),
contribution AS (
    SELECT
        g.indicator AS code, g.form, g.unit_code, g.value, NULL::numeric AS numerator, NULL::numeric AS denominator,
        CASE WHEN g.value = 1 THEN 1 ELSE 0 END::numeric AS yes
    FROM figure AS g
    INNER JOIN dim_indicator AS i ON i.code = g.indicator
    WHERE i.numerator = '' AND i.rollup <> 'weighted'
    UNION ALL
    SELECT r.code, r.form, r.unit_code, NULL, r.numerator, r.denominator, 0
    FROM ratio AS r
    LEFT JOIN adding AS a ON a.unit_code = r.unit_code
    WHERE r.numerator IS NOT NULL AND r.denominator IS NOT NULL AND a.unit_code IS NULL
    UNION ALL
    SELECT g.indicator, g.form, g.unit_code, NULL, g.value * w.value, w.value, 0
    FROM figure AS g
    INNER JOIN dim_indicator AS i ON i.code = g.indicator AND i.rollup = 'weighted'
    INNER JOIN figure AS w ON w.unit_code = g.unit_code AND w.indicator = '1.4.1b'
    LEFT JOIN adding AS a ON a.unit_code = g.unit_code
    WHERE a.unit_code IS NULL
    UNION ALL
    SELECT c.code, c.form, c.unit_code, NULL, c.numerator, c.denominator, coalesce(c.yes, 0)
    FROM sent AS c
),
tier AS (
    -- a unit stands once in an indicator: its rows are its units
    SELECT
        k.code, k.form, sum(k.value) AS value, sum(k.numerator) AS numerator, sum(k.denominator) AS denominator,
        sum(k.yes) AS yes, count(*) AS reported,
        max(k.value) FILTER (WHERE k.form IN ('authority', 'office')) AS own
    FROM contribution AS k
    GROUP BY k.code, k.form
),
usual AS (
    -- only of shared catalogues is the most frequent value asked for: sorting every figure takes longest of all; equal
    -- values written with more or fewer noughts are one value, whichever the plan meets first
    SELECT g.indicator AS code, g.form, mode() WITHIN GROUP (ORDER BY trim_scale(g.value)) AS most_common
    FROM figure AS g
    INNER JOIN dim_indicator AS i ON i.code = g.indicator AND i.rollup = 'shared'
    GROUP BY GROUPING SETS ((g.indicator, g.form), (g.indicator))
),
summed AS (
    SELECT
        t.code, t.form, sum(t.value) AS value, sum(t.numerator) AS numerator, sum(t.denominator) AS denominator,
        sum(t.yes)::bigint AS yes, sum(t.reported)::bigint AS reported, max(t.own) AS own
    FROM tier AS t
    GROUP BY GROUPING SETS ((t.code, t.form), (t.code))
)
SELECT
    s.code, s.form AS tier, s.value, s.numerator, s.denominator, s.yes, s.reported, u.most_common, s.own
FROM summed AS s
LEFT JOIN usual AS u ON u.code = s.code AND u.form IS NOT DISTINCT FROM s.form
