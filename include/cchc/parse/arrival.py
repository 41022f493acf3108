"""What the moment of arrival says about a file, and what is said of a file that we could not take in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from cchc.catalogue import periods
from cchc.catalogue.periods import ZONE
from cchc.model.submission import Issue, Reading
from cchc.parse.issue_kinds import Kind


def arrived(reading: Reading, received_at: datetime) -> Reading:
    """The reading, with a remark where it came before the data window of its period began."""
    if not reading.period:
        return reading
    period = periods.parse(reading.period)
    day = received_at.astimezone(ZONE).date()
    if day >= period.window_from:
        return reading
    remark = Issue(Kind.PERIOD_NOT_OPEN, found=f"{day:%d/%m/%Y}", expected=f"{period.window_from:%d/%m/%Y}")
    return replace(reading, issues=(*reading.issues, remark))


def not_processed(data: bytes) -> Reading:
    """What stands for a file on which our own work failed: kept, unread, to be read again."""
    return Reading(hashlib.sha256(data).hexdigest(), readable=False, issues=(Issue(Kind.NOT_PROCESSED),))
