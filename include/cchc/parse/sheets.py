"""Finds the sheet of each area, by name or by the codes on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cchc.catalogue.forms import COVER_SHEET, NARRATIVE_SHEET, SELF_CHECK_SHEET
from cchc.catalogue.indicators import by_code
from cchc.parse import tables
from cchc.parse.grid import Grid
from cchc.parse.words import fold

_NOT_AN_AREA = frozenset(map(fold, (COVER_SHEET, NARRATIVE_SHEET, SELF_CHECK_SHEET)))


def by_name(sheets: Sequence[Grid], wanted: str) -> Grid | None:
    """The sheet of that name, whatever its case, diacritics and spacing."""
    name = _key(wanted)
    return next((grid for grid in sheets if _key(grid.label) == name), None)


def of_areas(sheets: Sequence[Grid], wanted: Mapping[int, str]) -> dict[int, Grid]:
    """Sheet by area: the one of the right name, else an unclaimed one that mostly holds codes of the area."""
    found = {area: grid for area, name in wanted.items() if (grid := by_name(sheets, name)) is not None}
    claimed = {grid.name for grid in found.values()}
    for area in wanted:
        if area not in found:
            free = (g for g in sheets if g.name not in claimed and fold(g.label) not in _NOT_AN_AREA)
            match = next((grid for grid in free if main_area(grid) == area), None)
            if match is not None:
                found[area] = match
                claimed.add(match.name)
    return dict(sorted(found.items()))


def main_area(grid: Grid) -> int | None:
    """The area that most known codes of the sheet's table belong to; None where it has none."""
    known = (by_code().get(line.code) for line in tables.lines(grid))
    counts = Counter(indicator.area for indicator in known if indicator)
    return counts.most_common(1)[0][0] if counts else None


def _key(name: str) -> str:
    return fold(name).replace(" ", "").replace(".", "")
