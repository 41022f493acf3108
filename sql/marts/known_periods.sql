-- Periods of which anything was accepted up to a moment, the latest first.
-- grain: one row per period; parameters :periods, :as_of
SELECT p.code
FROM dim_period AS p
WHERE p.code = ANY(:periods)
    AND EXISTS (
        SELECT 1 FROM submission AS s
        WHERE s.period_code = p.code AND s.received_at <= :as_of
            AND s.verdict IN ('accepted', 'accepted_with_warnings')
    )
ORDER BY p.window_to DESC, p.window_from
