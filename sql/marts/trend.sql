-- Each figure of some periods restated onto the units that the authority has on a day, over all of them.
-- grain: one row per period and indicator; parameters :authority, :periods, :day, :as_of
SELECT
    c.period_code, c.indicator, sum(c.weight * c.value) AS value, sum(c.weight * c.numerator) AS numerator,
    sum(c.weight * c.denominator) AS denominator
FROM lineage_contribution(:authority, :periods, :day, :as_of) AS c
WHERE c.weight > 0
GROUP BY c.period_code, c.indicator
