"""Reporting periods in every spelling that offices use.

Source: ``period_spellings.csv``, patterns over text without case and diacritics. A date is not a period, and a year
that stands alone says nothing unless the whole text is made of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from cchc.catalogue.spelling import bare
from cchc.catalogue.tables import rows

_DATE = re.compile(
    r"ngay \d{1,2} thang \d{1,2}(?: nam \d{4})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|thang \d{1,2}(?= toi| sau| truoc)"
)
_YEAR_AFTER = re.compile(
    r"(?:[ ,(–—-]*(?:dau |cuoi )?nam (?:bao cao )?|[ ,]*[/._-]?[ ]*)(?:(20\d\d)(?!\d)|(?<=/)(\d\d)(?![\d/]))"
)
_YEAR_BEFORE = re.compile(r"(?<!\d)(20\d\d) ?[-./]? ?$")
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Mention:
    """A period that a text names.

    Attributes:
        kind: ``Q1`` to ``Q4``, ``H1``, ``H2``, ``9M``, ``Y``; ``M`` for a month.
        year: As written beside it, or None.
        words: The spelling, without case and diacritics.
    """

    kind: str
    year: int | None
    words: str


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every period that the text names, in its order; nothing for dates."""
    words = _DATE.sub(" , ", bare(text))
    matches = [(match.start(), kind, match) for kind, spelling in _spellings() for match in spelling.finditer(words)]
    found: list[Mention] = []
    reached = -1
    for start, kind, match in sorted(matches, key=lambda item: item[:2]):
        if start > reached:
            reached, mention = _mention(kind, match, words)
            found.append(mention)
    return tuple(dict.fromkeys(found))


def _mention(kind: str, match: re.Match[str], words: str) -> tuple[int, Mention]:
    """The mention with the year beside it, and the last place that it takes up."""
    after = _YEAR_AFTER.match(words, match.end())
    if after:
        year = int(after[1]) if after[1] else _CENTURY + int(after[2])
        return after.end() - 1, Mention(kind, year, words[match.start() : after.end()].strip())
    before = _YEAR_BEFORE.search(words[: match.start()])
    start = before.start() if before else match.start()
    return match.end() - 1, Mention(kind, int(before[1]) if before else None, words[start : match.end()].strip())


@cache
def _spellings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["kind"], re.compile(rf"(?:(?<![a-z0-9])|(?<=20\d\d))(?:{row['pattern']})"))
        for row in rows("period_spellings")
    )
