"""When the sample's files come in: office hours, most of them before the due moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from cchc.catalogue.periods import Period
from cchc.sample import noise

_OPENS = timedelta(hours=7, minutes=30)
_OFFICE_MINUTES = 600
_EARLIEST = 7
_LATEST = 9


def received_at(seed: int, unit: str, period: Period, late: bool) -> datetime:
    """A moment in the eight days up to the due day, or in the nine days after it."""
    about = (seed, unit, period.code, "received")
    minutes = timedelta(minutes=int(noise.between(Decimal(0), Decimal(_OFFICE_MINUTES), *about, "minute")))
    span = _LATEST if late else _EARLIEST + 1
    days = timedelta(days=int(noise.between(Decimal(0), Decimal(span), *about, "day")))
    last_day = period.due_at - timedelta(days=1)
    day = period.due_at + days if late else last_day - days
    return day + _OPENS + minutes
