-- Who sent, who is late, who is missing, as of a moment.
-- grain: one row per obligation of :authority in :period; parameters :authority, :period, :as_of
WITH version AS (
    SELECT
        *,
        verdict IN ('accepted', 'accepted_with_warnings') AS acceptable,
        coalesce(content_sha256 || judged_sha256, sha256) AS said
    FROM submission
    WHERE period_code = :period AND received_at <= :as_of AND verdict <> 'received'
),
history AS (
    SELECT
        unit_code,
        count(*) AS versions,
        count(DISTINCT said) AS different,
        min(received_at) FILTER (WHERE acceptable) AS first_acceptable,
        min(received_at) AS first_received,
        (array_agg(verdict ORDER BY received_at DESC, sha256 DESC))[1] AS latest_verdict
    FROM version
    GROUP BY unit_code
),
counting AS (
    -- the version that counts speaks for the unit; where none does, the latest
    SELECT DISTINCT ON (v.unit_code) v.*
    FROM version AS v
    LEFT JOIN counting_submission(:authority, :period, :as_of) AS s ON s.submission_id = v.submission_id
    ORDER BY v.unit_code, s.submission_id IS NULL, v.received_at DESC, v.sha256 DESC
)
SELECT
    o.unit_code,
    o.form,
    o.due_at,
    o.exempt_reason,
    coalesce(h.first_acceptable, h.first_received) AS received_at,
    CASE
        WHEN o.exempt_reason IS NOT NULL THEN 'exempt'
        WHEN c.acceptable AND c.figures = 0 AND c.zeros > 0 THEN 'confirmed_zero'
        WHEN c.acceptable THEN 'reported'
        WHEN :as_of <= o.due_at THEN 'not_due'
        ELSE 'missing'
    END AS state,
    greatest(0, ceil(extract(epoch FROM h.first_acceptable - o.due_at) / 3600))::integer AS late_by_hours,
    coalesce(h.versions, 0) AS versions,
    coalesce(h.versions - h.different, 0) AS repeats,
    coalesce(c.verdict, '') AS verdict,
    coalesce(h.latest_verdict, '') AS latest_verdict,
    coalesce(c.acceptable, false) AS acceptable,
    c.submission_id,
    coalesce(c.sha256, '') AS sha256,
    coalesce(c.file_name, '') AS file_name,
    coalesce(f.findings, 0) AS findings,
    coalesce(f.unexplained, 0) AS unexplained
FROM obligation AS o
LEFT JOIN history AS h ON h.unit_code = o.unit_code
LEFT JOIN counting AS c ON c.unit_code = o.unit_code
LEFT JOIN LATERAL (
    SELECT count(*) AS findings, count(*) FILTER (WHERE e.severity = 'warning' AND e.explanation = '') AS unexplained
    FROM explained_finding(c.submission_id, :as_of) AS e
) AS f ON true
WHERE o.authority = :authority AND o.period_code = :period
