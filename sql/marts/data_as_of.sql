-- The latest receipt among the versions that count: the figures are as of then.
-- grain: one row; parameters :authority, :period, :as_of
SELECT max(s.received_at) AS data_as_of
FROM counting_submission(:authority, :period, :as_of) AS c
INNER JOIN submission AS s ON s.submission_id = c.submission_id
