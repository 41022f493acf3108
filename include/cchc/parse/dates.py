"""Dates as people write them: day before month, two or four digits of the year, in words, or as a serial number."""

from __future__ import annotations

import re
from datetime import date, timedelta

_WRITTEN = re.compile(
    r"(?<![0-9])(?:"
    r"(?P<d>[0-9]{1,2})\s?(?P<mark>[/.-])\s?(?P<m>[0-9]{1,2})\s?(?P=mark)\s?(?P<y>[0-9]{4}|[0-9]{2})"
    r"|(?P<Y>[0-9]{4})-(?P<M>[0-9]{2})-(?P<D>[0-9]{2})(?:[T ]00:00(?::00)?)?"
    r"|(?:ngày\s)?(?P<dd>[0-9]{1,2})\s+tháng\s(?P<mm>[0-9]{1,2})\s(?:năm\s)?(?P<yy>[0-9]{4})"
    r")(?![0-9])",
    re.IGNORECASE,
)
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST, _LAST = 36526, 73050
"""Serial numbers of 2000 to 2099: a number outside them is no date of a report."""
_CENTURY = 2000


def find(text: str) -> list[date]:
    """Every date that the text names, in its order; days that no calendar has are left out."""
    return [day for match in _WRITTEN.finditer(text) if (day := _date(match))]


def one(text: str) -> date | None:
    """The date that the whole text writes; None where it writes none, or more than a date."""
    match = _WRITTEN.fullmatch(text.strip())
    return _date(match) if match else None


def of_serial(number: float, *, since_1904: bool = False) -> date | None:
    """The day of a spreadsheet's serial number; None where it is no day of this century."""
    day = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=int(number)) if 0 <= number < _LAST else None
    return day if day and _EPOCH + timedelta(days=_FIRST) <= day <= _EPOCH + timedelta(days=_LAST) else None


def _date(match: re.Match[str]) -> date | None:
    year = int(match["y"] or match["Y"] or match["yy"])
    month = int(match["m"] or match["M"] or match["mm"])
    day = int(match["d"] or match["D"] or match["dd"])
    try:
        return date(year if year > 99 else _CENTURY + year, month, day)
    except ValueError:
        return None
