"""The text part, section by section; text that belongs to no section is told, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from cchc.catalogue import headings
from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import NARRATIVE_SHEET
from cchc.catalogue.tables import rows
from cchc.model.observation import Narrative
from cchc.model.submission import Issue
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.likeness import key
from cchc.parse.sheets import by_name, main_area
from cchc.parse.words import clean, plain

_LEAST = 2
"""A single sign is a slip of the finger."""
_ROOM = 30
"""By how much a section's own heading may grow before something was written into it."""
_WORKBOOKS = ("xlsx", "xlsm", "xlsb", "xls", "ods")


@dataclass(frozen=True, slots=True)
class Told:
    """The text part.

    Attributes:
        sections: Those that are not empty, in the sheet's order.
        issues: Text that belongs to none of them.
    """

    sections: tuple[Narrative, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    item: int
    words: int
    heading: int | None


def read(sheets: Sequence[Grid], container: str) -> Told:
    """Read the sheet of the text part, the one of that name or the one with its headings."""
    named = by_name(sheets, NARRATIVE_SHEET)
    for grid in (named, *sheets) if named else sheets:
        head = _head(grid)
        if head:
            told = _Sheet(grid, head).told()
            # A sheet that holds everything (a .csv) says much that is no text part.
            return told if grid is named or main_area(grid) is None else Told(told.sections)
    if named is None and container in _WORKBOOKS:
        return Told(issues=(Issue(Kind.NARRATIVE_MISSING, expected=NARRATIVE_SHEET),))
    return Told(issues=tuple(_without_head(named))) if named else Told()


def _without_head(grid: Grid) -> Iterator[Issue]:
    """Nothing can be told apart on a sheet without headings."""
    for row, column, words in grid.texts(len(grid.rows)):
        if len(words) > _ROOM and key(words) not in _printed():
            yield Issue(Kind.TEXT_OUTSIDE, grid.name, grid.cell(row, column), "", clean(words))
            return


class _Sheet:
    def __init__(self, grid: Grid, head: _Head) -> None:
        self._grid, self._at = grid, head
        self._wanted = set(_sections())
        self._found: list[Narrative] = []
        self._issues: list[Issue] = []

    def told(self) -> Told:
        outside: list[tuple[str, str]] = []
        for row in range(self._at.row + 1, len(self._grid.rows)):
            if not self._said(row, self._at.item) and self._is_footer(row):
                break
            stray = [*self._row(row)]
            if outside and not stray:
                self._remark(outside)
                outside = []
            outside += stray
        self._remark(outside)
        return Told(tuple(self._found), tuple(self._issues))

    def _is_footer(self, row: int) -> bool:
        return any(isinstance(value, str) and headings.is_footer(value) for value in self._grid.rows[row])

    def _row(self, row: int) -> Iterator[tuple[str, str]]:
        """Take the row's section; what else the row says, with its cell."""
        section = self._section(row)
        for column in range(len(self._grid.rows[row])):
            said = self._said(row, column)
            cell = self._grid.cell(row, column)
            if column == self._at.words and section in self._wanted and said:
                self._wanted.discard(section)
                self._found.append(Narrative(section, said, self._grid.name, cell))
            elif column != self._at.item and len(said) >= _LEAST and not self._is_printed(row, column, said):
                yield cell, said

    def _section(self, row: int) -> str:
        """By its number, else by its heading."""
        number = self._said(row, self._at.item).replace(" ", "").replace(",", ".").rstrip(".").upper()
        if number in _sections() or self._at.heading is None:
            return number
        return _by_heading().get(key(self._said(row, self._at.heading).partition("\n")[0]), "")

    def _is_printed(self, row: int, column: int, said: str) -> bool:
        """True for the form's own words, beside which there may be a little more."""
        if headings.is_a(said, "words") or headings.is_a(said, "item"):
            return True
        words = key(said)
        if words in _printed():
            return True
        room = _lengths().get(self._said(row, self._at.item).rstrip("."), 0) if column == self._at.heading else 0
        return bool(room) and len(said) <= room + _ROOM

    def _said(self, row: int, column: int) -> str:
        value = self._grid.value(row, column)
        return clean(value) if isinstance(value, str) else plain(value)

    def _remark(self, stray: Sequence[tuple[str, str]]) -> None:
        if stray:
            words = " ".join(words for _, words in stray)
            self._issues.append(Issue(Kind.TEXT_OUTSIDE, self._grid.name, stray[0][0], "", words))


def _head(grid: Grid) -> _Head | None:
    """Row of the headings, columns of the section numbers, of the text and of the sections' own headings."""
    for row, line in enumerate(grid.rows):
        said = {column: value for column, value in enumerate(line) if isinstance(value, str) and value}
        item = next((column for column, value in said.items() if headings.is_a(value, "item")), None)
        words = next((column for column, value in said.items() if headings.is_a(value, "words")), None)
        if item is not None and words is not None:
            between = [column for column in said if column not in (item, words)]
            return _Head(row, item, words, between[0] if between else None)
    return None


@cache
def _sections() -> frozenset[str]:
    return frozenset(row["section"] for row in rows("narrative_sections") if row["required"])


@cache
def _lengths() -> dict[str, int]:
    """Characters of the heading and hint beside each number."""
    return {row["section"]: len(row["heading"]) + len(row["hint"]) for row in rows("narrative_sections")}


@cache
def _by_heading() -> dict[str, str]:
    return {key(row["heading"]): row["section"] for row in rows("narrative_sections") if row["required"]}


@cache
def _printed() -> frozenset[str]:
    """What the form itself prints on the sheet."""
    found = {key(text(name)) for name in ("narrative_title", "narrative_hint", "narrative_item", "narrative_heading")}
    for row in rows("narrative_sections"):
        found |= {key(row["heading"]), key(f"{row['heading']} {row['hint']}"), key(row["section"])}
    return frozenset(found)
