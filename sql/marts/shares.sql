-- Who took over which share of whom between a period and the units that the authority has on a day.
-- grain: one row per former and present unit, for a period before which nothing changed none; parameters :authority,
-- :since, :day
SELECT l.former_code AS former, l.code AS unit, l.weight
FROM unit_on(:since, :day) AS l
INNER JOIN dim_unit AS u ON u.code = l.code
WHERE u.authority = :authority AND u.valid_from <= :day AND (u.valid_to IS NULL OR u.valid_to >= :day)
    AND EXISTS (SELECT 1 FROM unit_lineage AS e WHERE e.effective > :since AND e.effective <= :day)
ORDER BY l.former_code, l.code
