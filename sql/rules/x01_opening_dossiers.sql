-- Dossiers carried over (3.4.4) equal those pending (3.4.9) when the window that opens this one closed.
-- :period this period, :opening the period whose closing stock opens it
SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(before.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN current_submission AS o ON o.unit_code = s.unit_code AND o.period_code = :opening
INNER JOIN fct_observation AS before ON before.submission_id = o.submission_id AND before.period_code = :opening
WHERE
    now.period_code = :period
    AND now.indicator = '3.4.4'
    AND before.indicator = '3.4.9'
    AND now.value <> before.value
ORDER BY now.submission_id
