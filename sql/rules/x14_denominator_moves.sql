-- What ratios are taken of (plan, units, staff, money assigned for the year) stays as it was earlier in the year.
-- :period this period, :previous the report before it
SELECT
    now.submission_id,
    now.indicator,
    now.sheet,
    now.cell,
    CAST(now.value AS text) AS found,
    CAST(before.value AS text) AS expected
FROM fct_observation AS now
INNER JOIN current_submission AS s ON s.submission_id = now.submission_id AND s.period_code = :period
INNER JOIN current_submission AS o
    ON o.unit_code = s.unit_code
    AND o.period_code = :previous
    -- assigned anew every year
    AND LEFT(o.period_code, 4) = LEFT(s.period_code, 4)
INNER JOIN fct_observation AS before
    ON before.submission_id = o.submission_id
    AND before.period_code = :previous
    AND before.indicator = now.indicator
WHERE
    now.period_code = :period
    AND now.indicator IN ('1.1.1', '1.2.1', '4.2.1', '4.3.1', '5.1.1a', '5.1.2a', '6.1.1', '6.2.1', '7.6.1a')
    AND ABS(now.value - before.value) >= GREATEST(:stock_least, :stock_share * before.value)
ORDER BY now.submission_id, now.indicator
