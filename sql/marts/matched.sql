-- Each figure of two periods over the units that gave it in both, restated onto the units of a day, and who moved it.
-- A ratio's change is split exactly: what a unit's parts make of it beyond the rate of all units then, now less then.
-- grain: one row per indicator (unit_code null: all matched units) and one per unit among the :top that moved it most up
-- or down; parameters :authority, :now, :before, :day, :as_of, :top
WITH contribution AS MATERIALIZED (
    SELECT *
    FROM lineage_contribution(:authority, ARRAY[CAST(:now AS text), CAST(:before AS text)], :day, :as_of)
    WHERE weight > 0
),
unit AS MATERIALIZED (
    SELECT
        c.indicator, c.unit_code, c.period_code = :now AS present, sum(c.weight * c.value) AS value,
        sum(c.weight * c.numerator) AS numerator, sum(c.weight * c.denominator) AS denominator,
        count(*) = max(c.formers) AS complete, bool_or(c.split) AS split
    FROM contribution AS c
    GROUP BY c.indicator, c.unit_code, c.period_code
),
pair AS MATERIALIZED (
    SELECT
        n.indicator, n.unit_code, b.split, coalesce(n.value, n.numerator) AS now_top,
        coalesce(b.value, b.numerator) AS before_top, n.denominator AS now_bottom, b.denominator AS before_bottom
    FROM unit AS n
    INNER JOIN unit AS b ON b.indicator = n.indicator AND b.unit_code = n.unit_code AND NOT b.present
    WHERE n.present AND n.complete AND b.complete
),
whole AS (
    SELECT
        p.indicator, count(*) AS units, bool_or(p.split) AS split, sum(p.now_top) AS now_top,
        sum(p.before_top) AS before_top, sum(p.now_bottom) AS now_bottom, sum(p.before_bottom) AS before_bottom
    FROM pair AS p
    GROUP BY p.indicator
),
known AS (
    SELECT u.indicator, count(DISTINCT u.unit_code) AS units
    FROM unit AS u
    GROUP BY u.indicator
),
change AS (
    SELECT
        p.*,
        CASE
            WHEN p.now_bottom IS NULL THEN p.now_top - p.before_top
            WHEN w.now_bottom <> 0 AND w.before_bottom <> 0
                THEN (p.now_top - w.before_top / w.before_bottom * p.now_bottom) / w.now_bottom
                    - (p.before_top - w.before_top / w.before_bottom * p.before_bottom) / w.before_bottom
        END AS contribution
    FROM pair AS p
    INNER JOIN whole AS w ON w.indicator = p.indicator
),
ranked AS (
    SELECT
        c.*,
        row_number() OVER (PARTITION BY c.indicator ORDER BY c.contribution DESC, c.unit_code) AS up,
        row_number() OVER (PARTITION BY c.indicator ORDER BY c.contribution, c.unit_code) AS down
    FROM change AS c
    WHERE c.contribution <> 0
)
SELECT
    w.indicator, NULL AS unit_code, w.units, k.units - w.units AS left_out, w.split, w.now_top, w.before_top,
    w.now_bottom, w.before_bottom, NULL AS contribution
FROM whole AS w
INNER JOIN known AS k ON k.indicator = w.indicator
UNION ALL
SELECT
    r.indicator, r.unit_code, 1, 0, r.split, r.now_top, r.before_top, r.now_bottom, r.before_bottom, r.contribution
FROM ranked AS r
WHERE (r.up <= :top AND r.contribution > 0) OR (r.down <= :top AND r.contribution < 0)
ORDER BY 1, 10 DESC NULLS FIRST, 2
