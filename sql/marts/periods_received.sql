-- Which of some periods have an acceptable report of anybody.
-- grain: one row per period; parameters :periods, :as_of
SELECT p.code
FROM dim_period AS p
WHERE p.code = ANY (:periods)
    AND EXISTS (
        SELECT 1 FROM submission AS s
        WHERE s.period_code = p.code AND s.received_at <= :as_of
            AND s.verdict IN ('accepted', 'accepted_with_warnings')
    )
