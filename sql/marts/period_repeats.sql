-- The versions of each period that only repeat an earlier one, as one digest: tells whether s59 must be asked anew.
-- grain: one row per period with at least one such version
SELECT
    period_code,
    md5(string_agg(sha256 || earlier_number || extract(EPOCH FROM earlier_received_at), ',' ORDER BY sha256)) AS repeats
FROM repeated_submission
GROUP BY period_code
