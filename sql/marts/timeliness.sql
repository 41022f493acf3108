-- How many reports of each period came on time, by the first acceptable version.
-- grain: one row per period; parameters :authority, :periods, :as_of
SELECT
    o.period_code AS period,
    count(*) FILTER (WHERE f.received_at <= o.due_at) AS on_time,
    count(*) AS expected
FROM obligation AS o
LEFT JOIN (
    SELECT s.unit_code, s.period_code, min(s.received_at) AS received_at
    FROM submission AS s
    WHERE s.period_code = ANY (:periods) AND s.received_at <= :as_of
        AND s.verdict IN ('accepted', 'accepted_with_warnings')
    GROUP BY s.unit_code, s.period_code
) AS f ON f.unit_code = o.unit_code AND f.period_code = o.period_code
WHERE o.authority = :authority AND o.period_code = ANY (:periods) AND o.exempt_reason IS NULL
GROUP BY o.period_code
