"""What a file name says about its sender and period; a hint, never the authority."""

from __future__ import annotations

import re

from cchc.catalogue import periods, units

_UNIT = re.compile(r"(?<![0-9A-Za-z])(\d{2}-[A-Z]{2,8}|\d{5}|31|75)(?![0-9A-Za-z])")
_PERIOD = re.compile(r"(20\d\d)[-_ ]?(Q[1-4]|H1|Y)(?![0-9A-Za-z])", re.IGNORECASE)


def period_hint(file_name: str) -> str:
    """Period code that the name spells out (``10993_2026-Q3.xlsx``), or empty."""
    match = _PERIOD.search(file_name)
    if not match:
        return ""
    try:
        return periods.parse(f"{match[1]}-{match[2]}").code
    except periods.UnknownPeriodError:
        return ""


def unit_hint(file_name: str) -> str:
    """Code of a catalogued unit that stands in the name, or empty where none or several do."""
    known = {unit.code for unit in units.all_units()}
    found = {code for code in _UNIT.findall(_PERIOD.sub(" ", file_name)) if code in known}
    return found.pop() if len(found) == 1 else ""
