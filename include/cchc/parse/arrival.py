"""What the moment of arrival says about a file, and what is said of a file that we could not take in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cchc.catalogue import periods, units
from cchc.catalogue.periods import ZONE, Period
from cchc.model.submission import Issue, Reading
from cchc.parse.issue_kinds import Kind
from cchc.settings import MOST_FILE_BYTES

_MEGABYTE = 2**20


def arrived(reading: Reading, received_at: datetime, sender_units: Sequence[str] | None = None) -> Reading:
    """The reading, with remarks on when it came and who sent it.

    Args:
        reading: As read from the bytes alone.
        received_at: When it came.
        sender_units: Units that the sender is registered for; None where the channel does not ask.
    """
    if not reading.period:
        return reading
    period = periods.parse(reading.period)
    remarks = (*_too_early(period, received_at), *_other_sender(reading.unit, period, sender_units))
    return replace(reading, issues=(*reading.issues, *remarks)) if remarks else reading


def _too_early(period: Period, received_at: datetime) -> tuple[Issue, ...]:
    """It came before the data window of its period began."""
    day = received_at.astimezone(ZONE).date()
    if day >= period.window_from:
        return ()
    return (Issue(Kind.PERIOD_NOT_OPEN, found=f"{day:%d/%m/%Y}", expected=f"{period.window_from:%d/%m/%Y}"),)


def _other_sender(code: str, period: Period, sender_units: Sequence[str] | None) -> tuple[Issue, ...]:
    """It came from somebody who is registered for others only; whoever consolidates the unit may send for it."""
    unit = units.find(code, period.window_to)
    if sender_units is None or unit is None or {unit.code, unit.authority} & set(sender_units):
        return ()
    known = [units.find(other, period.window_to) for other in sender_units]
    names = [f"{other.name} ({other.code})" for other in known if other]
    return (Issue(Kind.SENDER_OTHER_UNIT, found=", ".join(names), expected=f"{unit.name} ({unit.code})"),)


def oversized(sha256: str, size: int) -> Reading:
    """What stands for a file that is too large to be opened, told by its size alone."""
    found, most = (f"{count / _MEGABYTE:.0f} MB" for count in (size, MOST_FILE_BYTES))
    return Reading(sha256, readable=False, issues=(Issue(Kind.TOO_LARGE, found=found, expected=most),))


def not_processed(sha256: str) -> Reading:
    """What stands for a file on which our own work failed: kept, unread, to be read again."""
    return Reading(sha256, readable=False, issues=(Issue(Kind.NOT_PROCESSED),))
