"""What the columns of a table may be called.

Source: ``headings.csv``. Words are compared without case, diacritics, brackets and the number of a copy.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cchc.catalogue.spelling import bare
from cchc.catalogue.tables import rows

ROLES = ("number", "code", "name", "uom", "figure", "note")
TAGS = ("period", "cumulative", "other")
_LONGEST = 80
"""A heading is no paragraph."""
_LONGEST_FOOTER = 40
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORD = re.compile(r"[^\w%]+")
_COPY = re.compile(r" \d+$")


@lru_cache(maxsize=4096)
def role(text: str) -> str:
    """What a column under that heading holds, one of ``ROLES``; empty where the text is no heading."""
    if len(text) > _LONGEST:
        return ""
    words = _words(text)
    found = [(len(of), name) for name, of, match in _table() if name in ROLES and _says(words, of, match)]
    return max(found)[1] if found else ""


@lru_cache(maxsize=4096)
def is_a(text: str, role_name: str) -> bool:
    """True where the text may head a column of that role, whatever else it may mean."""
    words = _words(text) if len(text) <= _LONGEST else ""
    return any(name == role_name and _says(words, of, match) for name, of, match in _table())


@lru_cache(maxsize=4096)
def tags(text: str) -> frozenset[str]:
    """Which figures stand there: of the period, from the year's start, or others than the reported ones."""
    if len(text) > _LONGEST:
        return frozenset()
    words = _plain(text)
    found = {name for name, of, match in _table() if name in TAGS and _says(words, of, match)}
    # "Lũy kế đến kỳ báo cáo" is from the year's start.
    return frozenset(found - {"period"} if "cumulative" in found else found)


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str:
    """``triệu đồng`` in ``Đơn vị tính: triệu đồng``; empty where the text names no unit of measure."""
    label, _, unit = text.partition(":")
    if not unit or len(text) > _LONGEST:
        return ""
    # "Đơn vị: UBND xã …" names a sender.
    named = any(name == "uom" and match == "prefix" and _plain(label) == of for name, of, match in _table())
    return unit.strip(" .)") if named else ""


@lru_cache(maxsize=4096)
def is_footer(text: str) -> bool:
    """True for what stands below a table: addressees and signatures."""
    words = _plain(text) if len(text) <= _LONGEST_FOOTER else ""
    return any(name == "footer" and words.startswith(of) for name, of, _ in _table())


def _says(words: str, of: str, match: str) -> bool:
    match match:
        case "exact":
            return words == of
        case "prefix":
            return words == of or words.startswith(f"{of} ")
        case "within":
            return f" {of} " in f" {words} "
    return False


def _words(text: str) -> str:
    return _COPY.sub("", _plain(_ASIDE.sub(" ", text)))


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", bare(text)).strip()


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    return tuple((row["role"], _plain(row["words"]), row["match"]) for row in rows("headings"))
