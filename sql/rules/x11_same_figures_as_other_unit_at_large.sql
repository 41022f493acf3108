-- Most figures, of all areas, are those of another unit of the authority; small counts are equal by chance.
-- :period this period
WITH figures AS (
    SELECT
        s.submission_id,
        s.unit_code,
        s.form,
        d.authority,
        f.indicator,
        f.value,
        COUNT(*) OVER (PARTITION BY s.submission_id) AS size
    FROM fct_observation AS f
    INNER JOIN current_submission AS s ON s.submission_id = f.submission_id AND s.period_code = f.period_code
    INNER JOIN obligation AS d ON d.unit_code = s.unit_code AND d.period_code = f.period_code
    INNER JOIN dim_indicator AS i ON i.code = f.indicator AND i.rollup <> 'shared' AND i.kind IN ('count', 'amount')
    WHERE f.period_code = :period AND f.value >= :small
),

alike AS (
    SELECT
        mine.submission_id,
        other.unit_code,
        COUNT(*) AS same,
        LEAST(MIN(mine.size), MIN(other.size)) AS compared,
        -- the total of dossiers first, which x08 speaks of as well
        (ARRAY_AGG(mine.indicator ORDER BY mine.indicator = '3.4.1' DESC, mine.value DESC, mine.indicator))[1] AS indicator,
        (ARRAY_AGG(FORMAT('%s = ⟨%s⟩', mine.indicator, mine.value) ORDER BY mine.value DESC, mine.indicator))[1:3]
            AS examples
    FROM figures AS mine
    INNER JOIN figures AS other USING (authority, form, indicator, value)
    WHERE mine.unit_code <> other.unit_code
    GROUP BY mine.submission_id, other.unit_code
    HAVING COUNT(*) >= :alike_compared
)

SELECT DISTINCT ON (alike.submission_id)
    alike.submission_id,
    alike.indicator,
    f.sheet,
    f.cell,
    FORMAT('%s/%s số liệu trùng: %s', alike.same, alike.compared, ARRAY_TO_STRING(alike.examples, '; ')) AS found,
    FORMAT('%s (mã %s)', u.name, u.code) AS expected
FROM alike
INNER JOIN fct_observation AS f
    ON f.submission_id = alike.submission_id AND f.period_code = :period AND f.indicator = alike.indicator
INNER JOIN dim_unit AS u ON u.code = alike.unit_code
    AND (SELECT window_to FROM dim_period WHERE code = :period) BETWEEN u.valid_from AND COALESCE(u.valid_to, 'infinity')
WHERE alike.same >= :alike_share * alike.compared
ORDER BY alike.submission_id, alike.same DESC, alike.unit_code
