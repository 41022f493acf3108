"""What a file name says about its sender and period; a hint, never the authority."""

from __future__ import annotations

import re
from functools import cache

from cchc.catalogue import periods, units
from cchc.catalogue.period_words import mentions
from cchc.catalogue.periods import Period
from cchc.catalogue.spelling import bare
from cchc.catalogue.unit_words import key, spelled

_UNIT = re.compile(r"(?<![0-9A-Za-z])(\d{2}-[A-Z]{2,8}|\d{5}|31|75)(?![0-9A-Za-z])")
_PERIOD = re.compile(r"(20\d\d)[-_ ]?(Q[1-4]|H1|Y)(?![0-9A-Za-z])", re.IGNORECASE)
_BETWEEN = re.compile(r"[^a-z0-9&]+")
_SHORTEST = len("10993")
"""A bare 31 in a file name is a day as easily as a city."""


def period_hint(file_name: str) -> str:
    """Period code that the name spells out (``10993_2026-Q3.xlsx``, ``quy 3 nam 2026.xls``), or empty."""
    named = periods.spoken(_stem(file_name))
    return named[0].code if len(named) == 1 else ""


def unit_hint(file_name: str) -> str:
    """Code of a catalogued unit that the name holds or spells out, or empty where it names none or several."""
    known = {unit.code for unit in units.present_units()}
    found = {code for code in _UNIT.findall(_PERIOD.sub(" ", file_name)) if code in known}
    if found:
        return found.pop() if len(found) == 1 else ""
    spelt = {codes for words in _commune().findall(_plain(file_name)) for codes in [_by_words()[key(words)]]}
    only = spelt.pop() if len(spelt) == 1 else ()
    return only[0] if len(only) == 1 else ""


def other_unit(file_name: str, code: str) -> str:
    """What the name calls another unit than ``code``, or empty."""
    hint = unit_hint(file_name)
    return hint if hint != code and len(hint) >= _SHORTEST else ""


def other_period(file_name: str, period: Period) -> str:
    """What the name calls another period than this one, or empty; a quarter without a year counts too."""
    hint = period_hint(file_name)
    if hint:
        return hint if hint != period.code else ""
    told = mentions(_stem(file_name))
    return told[0].words if told and periods.names_another(_stem(file_name), period) else ""


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name


def _plain(file_name: str) -> str:
    return f" {_BETWEEN.sub(' ', bare(_stem(file_name)))} "


@cache
def _by_words() -> dict[str, tuple[str, ...]]:
    """Codes of the communes of each name that is written with its type and without diacritics."""
    found: dict[str, tuple[str, ...]] = {}
    for unit in units.present_units():
        if unit.form == "commune":
            words = key(f"{bare(unit.kind)} {spelled(unit.name).name}")
            found[words] = (*found.get(words, ()), unit.code)
    return found


@cache
def _commune() -> re.Pattern[str]:
    """The longest name that fits, so that ``xã Tân An Hòa`` is not read as ``xã Tân An``."""
    names = sorted(
        {re.escape(bare(u.name)) for u in units.present_units() if u.form == "commune"}, key=len, reverse=True
    )
    return re.compile(rf"(?<= )({'|'.join(names)})(?= )")
