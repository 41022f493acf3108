-- Text of the versions that count, by section.
-- grain: one row per unit and section; parameters :authority, :period, :as_of
SELECT c.unit_code, n.section, n.text
FROM counting_submission(:authority, :period, :as_of) AS c
INNER JOIN narrative AS n ON n.submission_id = c.submission_id
ORDER BY n.section, c.unit_code
