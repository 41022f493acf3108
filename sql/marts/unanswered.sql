-- Answers that are owed and not yet made: to whoever sent a file by mail, else to the addresses of its unit; and to
-- letters that held no report; and to a letter that brings the same file once more, or its sender would take silence
-- for consent. Each file is told so three times at most: two programs must not go on for ever. Only to addresses that are registered, never to one that a file names.
-- grain: one row per submission or letter and recipient; parameter :since
WITH by_mail AS (
    SELECT DISTINCT ON (s.submission_id, d.sender)
        s.submission_id, d.sender, d.message_id
    FROM submission AS s
    INNER JOIN delivery AS d ON d.sha256 = s.sha256
    WHERE s.verdict <> 'received' AND d.channel = 'mail' AND d.received_at >= :since
    ORDER BY s.submission_id, d.sender, d.received_at, d.delivery_id
),
repeats AS (
    SELECT
        m.mail_id, m.sender, m.message_id, m.received_at, m.answerable,
        row_number() OVER (PARTITION BY s.submission_id, m.sender ORDER BY m.received_at, m.mail_id) AS place
    FROM mail AS m
    CROSS JOIN LATERAL jsonb_to_recordset(m.files) AS f (sha256 text, taken boolean)
    INNER JOIN submission AS s ON s.sha256 = f.sha256
    INNER JOIN outgoing AS g ON g.submission_id = s.submission_id AND g.recipient = m.sender AND g.kind = 'receipt'
    WHERE m.state = 'taken' AND f.taken AND s.verdict <> 'received' AND g.in_reply_to <> m.message_id
),
owed AS (
    SELECT 'receipt' AS kind, submission_id, NULL::uuid AS mail_id, sender AS recipient, message_id AS in_reply_to
    FROM by_mail
    WHERE sender IN (SELECT address FROM contact)
    UNION ALL
    SELECT 'receipt', s.submission_id, NULL, c.address, ''
    FROM submission AS s
    INNER JOIN contact AS c ON c.unit_code = s.unit_code
    WHERE s.verdict <> 'received' AND s.received_at >= :since
        AND NOT EXISTS (SELECT 1 FROM delivery AS d WHERE d.sha256 = s.sha256 AND d.channel = 'mail')
    UNION ALL
    SELECT m.state, NULL, m.mail_id, m.sender, m.message_id
    FROM mail AS m
    WHERE m.answerable AND m.state <> 'taken' AND m.received_at >= :since
        AND m.sender IN (SELECT address FROM contact)
    UNION
    SELECT 'receipt', NULL, r.mail_id, r.sender, r.message_id
    FROM repeats AS r
    WHERE r.answerable AND r.place <= 3 AND r.received_at >= :since AND r.sender IN (SELECT address FROM contact)
)
SELECT o.kind, o.submission_id, o.mail_id, o.recipient, o.in_reply_to
FROM owed AS o
WHERE NOT EXISTS (
    SELECT 1
    FROM outgoing AS g
    WHERE g.recipient = o.recipient AND g.kind = o.kind
        AND coalesce(g.submission_id, g.mail_id) = coalesce(o.submission_id, o.mail_id)
)
ORDER BY o.kind, coalesce(o.submission_id, o.mail_id), o.recipient
