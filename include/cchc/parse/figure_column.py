"""Which column holds the figures that the report asks for; where that is not plain, nobody chooses for the sender."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc.catalogue.period_words import mentions
from cchc.catalogue.periods import Period
from cchc.parse.heads import FigureColumn
from cchc.parse.tables import Table
from cchc.parse.words import clean

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_EITHER = "Q1"
"""From the year's start and in the period are the same there."""
_OF_A_QUARTER = ("Q1", "Q2", "Q3", "Q4")
_QUARTER = {"Q1": "Q1", "H1": "Q2", "Q3": "Q3", "Y": "Q4"}
_FROM_START = {"Q1": "Q1", "H1": "H1", "Q3": "9M", "Y": "Y"}


def column_of(table: Table, period: Period | None) -> int | None:
    """The column to read, or None where it cannot be told.

    Args:
        table: With one or more columns that may hold the figures.
        period: Of the file; None where that is not known.
    """
    tagged = [(column, _tags(column, period)) for column in table.head.figures]
    own = [(column, tags) for column, tags in tagged if "other" not in tags]
    filled = [(column, tags) for column, tags in own if any(value != "" for value in table.values(column))]
    candidates = filled or own[:1]
    meant = _meant(candidates, period)
    if not meant:
        return None
    first = table.values(meant[0])
    return meant[0].column if all(table.values(column) == first for column in meant[1:]) else None


def described(table: Table) -> str:
    """The columns in question as a person finds them: ``E6 “Trong kỳ”, F6 “Lũy kế”``."""
    return ", ".join(
        f"{table.head.cell(table.grid, column.column)} “{clean(column.words[-1])}”" for column in table.head.figures
    )


def _meant(candidates: Sequence[tuple[FigureColumn, frozenset[str]]], period: Period | None) -> list[FigureColumn]:
    """The columns that the report may mean, the likeliest first; it may mean several only where they say the same."""
    if period is None or period.kind == _EITHER:
        return [column for column, _ in candidates]
    right = [column for column, tags in candidates if period.basis in tags]
    return [*right, *(column for column, tags in candidates if not tags)]


def _tags(column: FigureColumn, period: Period | None) -> frozenset[str]:
    """The column's tags, with what periods its headings name."""
    if period is None:
        return column.tags
    tags = set(column.tags)
    years = {int(year) for words in column.words for year in _YEAR.findall(words)}
    if years and period.year not in years:
        return frozenset({"other"})
    for mention in (mention for words in column.words for mention in mentions(words)):
        if mention.kind not in (_QUARTER[period.kind], _FROM_START[period.kind]):
            return frozenset({"other"})
        tags.add("period" if mention.kind in _OF_A_QUARTER else "cumulative")
    return frozenset(tags)
