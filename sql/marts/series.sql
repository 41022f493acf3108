-- A figure over time, as reported by the units of then and restated onto the units of a day: both series of one query.
-- Restated counts and stocks take each former unit's share, ratios and satisfaction are made anew from restated parts;
-- nothing else is restated. A missing former unit is in no sum: "given" of "formers" says so.
-- grain: one row per series, period, unit and indicator; parameters :authority, :periods, :day, :as_of
WITH contribution AS MATERIALIZED (
    SELECT * FROM lineage_contribution(:authority, :periods, :day, :as_of)
),
line AS (
    SELECT DISTINCT ON (c.period_code, c.former_code, c.indicator)
        'as_reported' AS series, c.period_code, c.former_code AS unit_code, c.indicator,
        c.value, c.numerator, c.denominator, 1::bigint AS given, 1::bigint AS formers, c.split
    FROM contribution AS c
    ORDER BY c.period_code, c.former_code, c.indicator
),
moved AS (
    SELECT
        'restated' AS series, c.period_code, c.unit_code, c.indicator, sum(c.weight * c.value) AS value,
        sum(c.weight * c.numerator) AS numerator, sum(c.weight * c.denominator) AS denominator,
        count(*) AS given, max(c.formers) AS formers, bool_or(c.split) AS split
    FROM contribution AS c
    WHERE c.weight > 0
    GROUP BY c.period_code, c.unit_code, c.indicator
)
SELECT b.* FROM (SELECT * FROM line UNION ALL SELECT * FROM moved) AS b
ORDER BY b.series, b.period_code, b.unit_code, b.indicator
