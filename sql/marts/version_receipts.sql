-- When each version of a period came, and the how manieth of its unit it is; repeats do not count (as people are told).
-- grain: one row per submission of the period; parameters :period, :submissions
SELECT submission_id, received_at, number
FROM (
    SELECT
        submission_id, received_at,
        row_number() OVER (PARTITION BY unit_code ORDER BY received_at, sha256)::integer AS number
    FROM submission
    WHERE period_code = :period AND verdict <> 'received'
) AS v
WHERE submission_id = ANY(:submissions)
