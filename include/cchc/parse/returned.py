"""Reads a returned workbook that comes back: our marks are no part of the form, the sender's answers are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cchc.catalogue.forms import READINGS_SHEET, RETURN_SHEET
from cchc.catalogue.notify_texts import LIST_COLUMNS, MARKER, text
from cchc.catalogue.rules import rules
from cchc.model.submission import Explanation, Issue
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.words import clean, fold, plain

_LOOKED_AT = 30
_NEEDED = frozenset({"place", "explanation", "rule"})
_OURS = frozenset(map(fold, (RETURN_SHEET, READINGS_SHEET)))
_NOTHING = frozenset({text("found_nothing")})


def without_marks(sheets: Sequence[Grid]) -> tuple[Grid, ...]:
    """The sheets of the form alone; a workbook that never went back is left as it is."""
    kept = tuple(grid for grid in sheets if not _ours(grid))
    return kept if len(kept) == len(sheets) else tuple(_unmarked(grid) for grid in kept)


def explanations(sheets: Sequence[Grid]) -> tuple[Explanation, ...]:
    """What the sender wrote into the column Giải trình, each with the finding it answers."""
    return tuple(said for said in _written(sheets) if said.rule in rules())


def unattached(sheets: Sequence[Grid]) -> tuple[Issue, ...]:
    """Explanations of which the sheet no longer tells what they answer: said to the sender, never dropped."""
    return tuple(
        Issue(Kind.EXPLANATION_UNATTACHED, sheet=RETURN_SHEET, found=said.text)
        for said in _written(sheets)
        if said.rule not in rules()
    )


def _written(sheets: Sequence[Grid]) -> Iterator[Explanation]:
    for grid in sheets:
        if fold(grid.name) == fold(RETURN_SHEET):
            yield from _rows(grid)


def _ours(grid: Grid) -> bool:
    return fold(grid.name) in _OURS


def _unmarked(grid: Grid) -> Grid:
    rows = [["" if _marker(value) else value for value in line] for line in grid.rows]
    return replace(grid, rows=rows)


def _marker(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(MARKER)


def _rows(grid: Grid) -> Iterator[Explanation]:
    head = _heading(grid)
    if head is None:
        return
    start, columns = head
    for row in range(start + 1, len(grid.rows)):
        told = {name: grid.value(row, column) for name, column in columns.items()}
        said, rule = clean(str(told["explanation"])), plain(told["rule"])
        if said:
            yield _explanation(told, said, rule)


def _explanation(told: dict[str, Any], said: str, rule: str) -> Explanation:
    place = clean(str(told["place"])).partition("\n")[0]
    sheet, _, cell = place.rpartition("!")
    found = clean(str(told.get("found", "")))
    return Explanation(
        said,
        indicator=plain(told.get("code", "")),
        rule=rule,
        sheet=sheet or ("" if place == text("place_file") else cell),
        cell=cell if sheet else "",
        found="" if found in _NOTHING else found,
    )


def _heading(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Row of the headings and the column of each."""
    wanted = {fold(text(f"column_{name}")): name for name in LIST_COLUMNS}
    for row, line in enumerate(grid.rows[:_LOOKED_AT]):
        folded = [wanted.get(fold(value)) if isinstance(value, str) else None for value in line]
        columns = {name: column for column, name in enumerate(folded) if name}
        if columns.keys() >= _NEEDED:
            return row, columns
    return None
