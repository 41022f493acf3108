-- Letters of the last weeks whose files nobody judged: somebody's report may be among them.
-- grain: one row per letter; parameters :since, :as_of
SELECT m.received_at, m.sender, m.subject, m.state
FROM mail AS m
WHERE m.state IN ('unregistered', 'too_large', 'failed') AND m.received_at > :since AND m.received_at <= :as_of
ORDER BY m.received_at DESC, m.mail_id
LIMIT 200
