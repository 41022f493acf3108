"""Finds the sheet of each area, by name or by the codes on it, and the sheets that say the same twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from cchc.catalogue.forms import COVER_SHEET, NARRATIVE_SHEET, RETURN_SHEET, SELF_CHECK_SHEET
from cchc.catalogue.indicators import Indicator, all_indicators, by_code
from cchc.parse import tables
from cchc.parse.grid import Grid
from cchc.parse.likeness import key
from cchc.parse.tables import Line
from cchc.parse.words import fold

_NOT_AN_AREA = frozenset(map(fold, (COVER_SHEET, NARRATIVE_SHEET, SELF_CHECK_SHEET, RETURN_SHEET)))
_COPY = re.compile(r"(?:\(\d+\)|[-_ ]*(?:copy|ban sao|saochep|sao chep)(?:\(\d+\)|\d*)?)+$")
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Copy:
    """A second sheet of an area.

    Attributes:
        first: The one that is read.
        other: The one that is not.
        same: True where it holds no figure that the first one does not hold too.
    """

    first: Grid
    other: Grid
    same: bool


def by_name(sheets: Sequence[Grid], wanted: str) -> Grid | None:
    """The sheet of that name, whatever its case, diacritics and spacing."""
    name = _key(wanted)
    return next((grid for grid in sheets if _key(grid.label) == name), None)


def of_areas(sheets: Sequence[Grid], wanted: Mapping[int, str]) -> dict[int, Grid]:
    """Sheet by area: the one of the right name, else an unclaimed one with its codes, else one that serves several."""
    found = {area: grid for area, name in wanted.items() if (grid := by_name(sheets, name)) is not None}
    if len(found) < len(wanted):
        free = sorted(_free(sheets, found), key=lambda grid: grid.hidden)
        counts = [_counts(grid) for grid in (*found.values(), *free)]
        main = {id(grid): _most(own) for grid, own in zip(free, counts[len(found) :], strict=True)}
        tallies = list(zip((*found.values(), *free), counts, strict=True))
        for area in wanted:
            match = next((grid for grid in free if main[id(grid)] == area), None)
            if area not in found and match is not None:
                found[area] = match
                free.remove(match)
        for area in wanted.keys() - found.keys():
            # Where one sheet serves many areas, a single row is all that a small one has.
            shared = next((g for g, own in tallies if own[area] >= _ENOUGH or own[area] and len(own) > _ENOUGH), None)
            if shared is not None:
                found[area] = shared
    return dict(sorted(found.items()))


def copies(sheets: Sequence[Grid], found: Mapping[int, Grid], wanted: Mapping[int, str]) -> Iterator[Copy]:
    """Sheets that are not read because another one of their area is, and hold figures."""
    for grid in _free(sheets, found):
        name = _COPY.sub("", _key(grid.label))
        area = next((area for area, title in wanted.items() if _key(title) == name), None) or main_area(grid)
        first = found.get(area or 0)
        figures = _figures(grid)
        if first is not None and figures:
            own = _figures(first)
            yield Copy(first, grid, all(own.get(code) == value for code, value in figures.items()))


def _free(sheets: Sequence[Grid], found: Mapping[int, Grid]) -> list[Grid]:
    claimed = {grid.name for grid in found.values()}
    return [grid for grid in sheets if grid.name not in claimed and fold(grid.label) not in _NOT_AN_AREA]


def _figures(grid: Grid) -> dict[str, Any]:
    return {
        line.code: line.value for line in tables.lines(grid) if line.code in by_code() and line.value not in ("", None)
    }


def main_area(grid: Grid) -> int | None:
    """The area that most known rows of the sheet's tables belong to; None where it has none."""
    return _most(_counts(grid))


def _most(counts: Counter[int]) -> int | None:
    return counts.most_common(1)[0][0] if counts else None


def _counts(grid: Grid) -> Counter[int]:
    """Known rows by area: by their codes, or by their names where the table has no codes."""
    known = (_indicator(line) for line in tables.lines(grid))
    return Counter(indicator.area for indicator in known if indicator)


def _indicator(line: Line) -> Indicator | None:
    if "code" in line.table.head.columns:
        return by_code().get(line.code)
    return _by_name().get(key(line.text("name")))


@cache
def _by_name() -> dict[str, Indicator]:
    return {key(indicator.name): indicator for indicator in all_indicators()}


def _key(name: str) -> str:
    return fold(name).replace(" ", "").replace(".", "")
