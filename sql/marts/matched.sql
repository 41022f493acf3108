-- Each figure of two periods over the units that gave it in both, restated onto the units of a day, and who moved it.
-- A ratio's change is split exactly: what a unit's parts make of it beyond the rate of all units then, now less then.
-- grain: one row per indicator (unit_code null: all matched units) and one per unit among the :top that moved it most up
-- or down; parameters :authority, :now, :before, :day, :as_of, :top
WITH side AS (
    -- both periods of a unit in one row, of one pass: joined by unit, a country's figures would be compared row by row
    SELECT
        c.indicator, c.unit_code,
        bool_or(c.split) FILTER (WHERE c.period_code = :before) AS split,
        coalesce(
            sum(c.weight * c.value) FILTER (WHERE c.period_code = :now),
            sum(c.weight * c.numerator) FILTER (WHERE c.period_code = :now)
        ) AS now_top,
        coalesce(
            sum(c.weight * c.value) FILTER (WHERE c.period_code = :before),
            sum(c.weight * c.numerator) FILTER (WHERE c.period_code = :before)
        ) AS before_top,
        sum(c.weight * c.denominator) FILTER (WHERE c.period_code = :now) AS now_bottom,
        sum(c.weight * c.denominator) FILTER (WHERE c.period_code = :before) AS before_bottom,
        coalesce(
            count(*) FILTER (WHERE c.period_code = :now) = max(c.formers) FILTER (WHERE c.period_code = :now)
            AND count(*) FILTER (WHERE c.period_code = :before) = max(c.formers) FILTER (WHERE c.period_code = :before),
            false
        ) AS paired
    FROM lineage_contribution(:authority, ARRAY[CAST(:now AS text), CAST(:before AS text)], :day, :as_of) AS c
    WHERE c.weight > 0
    GROUP BY c.indicator, c.unit_code
),
pair AS MATERIALIZED (
    SELECT
        s.*, count(*) OVER alike AS units, sum(s.now_top) OVER alike AS now_tops, sum(s.before_top) OVER alike AS before_tops,
        sum(s.now_bottom) OVER alike AS now_bottoms, sum(s.before_bottom) OVER alike AS before_bottoms,
        count(*) OVER (PARTITION BY s.indicator) AS known
    FROM side AS s
    WINDOW alike AS (PARTITION BY s.indicator, s.paired)
),
whole AS (
    SELECT
        p.indicator, max(p.units) AS units, max(p.known) AS known, bool_or(p.split) AS split,
        max(p.now_tops) AS now_top, max(p.before_tops) AS before_top, max(p.now_bottoms) AS now_bottom,
        max(p.before_bottoms) AS before_bottom
    FROM pair AS p
    WHERE p.paired
    GROUP BY p.indicator
),
change AS (
    SELECT
        p.*,
        CASE
            WHEN p.now_bottom IS NULL THEN p.now_top - p.before_top
            WHEN p.now_bottoms <> 0 AND p.before_bottoms <> 0
                THEN (p.now_top - p.before_tops / p.before_bottoms * p.now_bottom) / p.now_bottoms
                    - (p.before_top - p.before_tops / p.before_bottoms * p.before_bottom) / p.before_bottoms
        END AS contribution
    FROM pair AS p
    WHERE p.paired
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
    w.indicator, NULL AS unit_code, w.units, w.known - w.units AS left_out, w.split, w.now_top, w.before_top,
    w.now_bottom, w.before_bottom, NULL AS contribution
FROM whole AS w
UNION ALL
SELECT
    r.indicator, r.unit_code, 1, 0, r.split, r.now_top, r.before_top, r.now_bottom, r.before_bottom, r.contribution
FROM ranked AS r
WHERE (r.up <= :top AND r.contribution > 0) OR (r.down <= :top AND r.contribution < 0)
ORDER BY 1, 10 DESC NULLS FIRST, 2
