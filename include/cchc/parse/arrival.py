"""What the moment of arrival says about a file, and what is said of a file that we could not take in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cchc.catalogue import periods
from cchc.catalogue.periods import ZONE
from cchc.model.submission import Issue, Reading
from cchc.parse.issue_kinds import Kind
from cchc.settings import MOST_FILE_BYTES

_MEGABYTE = 2**20


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


def oversized(sha256: str, size: int) -> Reading:
    """What stands for a file that is too large to be opened, told by its size alone."""
    found, most = (f"{count / _MEGABYTE:.0f} MB" for count in (size, MOST_FILE_BYTES))
    return Reading(sha256, readable=False, issues=(Issue(Kind.TOO_LARGE, found=found, expected=most),))


def not_processed(sha256: str) -> Reading:
    """What stands for a file on which our own work failed: kept, unread, to be read again."""
    return Reading(sha256, readable=False, issues=(Issue(Kind.NOT_PROCESSED),))
