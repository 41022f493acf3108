"""Which row of a sheet is which row of the form: by its code, then by its name; what remains is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cchc.catalogue import headings
from cchc.catalogue.forms import Form, FormRow
from cchc.catalogue.indicators import by_code
from cchc.catalogue.reading_limits import limit
from cchc.model.submission import Issue
from cchc.parse import values
from cchc.parse.issue_kinds import Kind
from cchc.parse.likeness import Hints, Likeness, best_other, key, likest, score
from cchc.parse.tables import Line, is_heading_again

_SAME = 100


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one sheet.

    Attributes:
        kept: By code, those that the form asks for.
        wrong: Codes whose row is named like another one: nobody knows whose figure stands there.
        issues: What was remarked on the way.
    """

    kept: dict[str, Line]
    wrong: frozenset[str]
    issues: tuple[Issue, ...]


def match(lines: Iterable[Line], form: Form, areas: Sequence[int], excused: frozenset[str]) -> Rows:
    """Tell the rows of a sheet apart.

    Args:
        lines: Of the sheet, in its order.
        form: What is asked.
        areas: That the sheet serves.
        excused: Codes of the catalogue that may stand there without remark.
    """
    return _Matching(form, [row for area in areas for row in form.area_rows(area)], excused).of(list(lines))


class _Matching:
    def __init__(self, form: Form, candidates: Sequence[FormRow], excused: frozenset[str]) -> None:
        self._codes = form.codes
        self._rows = candidates
        self._excused = excused
        self._kept: dict[str, Line] = {}
        self._wrong: dict[str, Line] = {}
        self._late: list[tuple[int, Line]] = []
        self._issues: list[Issue] = []

    def of(self, lines: Sequence[Line]) -> Rows:
        for place, line in enumerate(lines):
            self._by_code(place, line)
        for code, line in self._wrong.items():
            self._kept.setdefault(code, line)
        self._without_codes(lines)
        for place, line in self._late:
            self._by_name(place, line, lines)
        wrong = frozenset(code for code, line in self._wrong.items() if self._kept[code] is line)
        return Rows(self._kept, wrong, tuple(self._issues))

    def _by_code(self, place: int, line: Line) -> None:
        if line.code not in self._codes:
            self._late.append((place, line))
        elif not self._is_other_row(place, line):
            if line.code in self._kept:
                self._issues.append(remark(Kind.DUPLICATE_ROW, line, line.code, shown(line)))
            else:
                self._kept[line.code] = line

    def _is_other_row(self, place: int, line: Line) -> bool:
        """True where the name beside the code is plainly that of another indicator."""
        own = by_code()[line.code]
        name = line.other_text("name", own.name)
        if not name or key(name) == key(own.name):
            return False
        likeness, other = score(name, own.name), best_other(name, line.code, self._rows)
        if other.score < limit("name_of_other") or other.score - likeness < limit("name_of_other_margin"):
            if likeness < limit("name_unlike"):
                self._issues.append(remark(Kind.NAME_UNLIKE, line, line.code, name, cell=line.name_cell))
            return False
        if other.code == f"{line.code}0":
            self._late.append((place, line))
            return True
        self._wrong.setdefault(line.code, line)
        named = f"{other.code} – {by_code()[other.code].name.lstrip('– ')}"
        self._issues.append(Issue(Kind.OTHER_ROW, line.grid.name, line.code_cell, line.code, name, named))
        return True

    def _without_codes(self, lines: Sequence[Line]) -> None:
        """One remark where a table has no column of codes at all, instead of one for each row."""
        for line in lines:
            if "code" not in line.table.head.columns:
                head, grid = line.table.head, line.grid
                self._issues.append(Issue(Kind.NO_CODES, grid.name, head.cell(grid, head.columns["name"])))
                return

    def _by_name(self, place: int, line: Line, lines: Sequence[Line]) -> None:
        name = line.text("name")
        if line.code in by_code() and line.code not in self._codes:
            self._not_asked(line)
        elif not is_heading_again(line):
            found = likest(name, self._rows, self._hints(place, line, lines)) if name else None
            if found:
                self._kept[found.code] = line
                self._told(line, found, name)
            else:
                self._unmatched(line, name)

    def _told(self, line: Line, found: Likeness, name: str) -> None:
        if found.score < _SAME or "code" in line.table.head.columns:
            expected = f"{found.score}%"
            self._issues.append(Issue(Kind.ROW_BY_NAME, line.grid.name, line.code_cell, found.code, name, expected))

    def _not_asked(self, line: Line) -> None:
        if line.value != "" and line.code not in self._excused:
            self._issues.append(remark(Kind.ROW_NOT_ASKED, line, line.code, shown(line)))

    def _unmatched(self, line: Line, name: str) -> None:
        """A row that is none of ours: told where it holds a figure, or what looks like a code."""
        if line.looks_like_code or (line.code and is_figure(line)):
            self._issues.append(Issue(Kind.UNKNOWN_CODE, line.grid.name, line.code_cell, "", line.code))
        elif is_figure(line) and not headings.is_footer(name):
            found = f"{name}: {shown(line)}" if name else shown(line)
            self._issues.append(Issue(Kind.ROW_NOT_MATCHED, line.grid.name, line.cell, "", found))

    def _hints(self, place: int, line: Line, lines: Sequence[Line]) -> Hints:
        taken = frozenset(self._kept)
        number = line.text("number").strip(" .)(")
        numbered = frozenset(code for code, ordinal in self._ordinals.items() if str(ordinal) == number)
        before = max((self._positions.get(other.code, -1) for other in lines[:place]), default=-1)
        after = min((p for other in lines[place + 1 :] if (p := self._positions.get(other.code, -1)) >= 0), default=0)
        between = {c for c, p in self._positions.items() if before < p and (p < after or not after)}
        return Hints(line.text("uom"), numbered, frozenset(between), taken)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {row.indicator.code: place for place, row in enumerate(self._rows)}

    @cached_property
    def _ordinals(self) -> dict[str, int]:
        """Running number of each row, as the form prints it."""
        counted: dict[int, int] = {}
        found = {}
        for row in self._rows:
            area = row.indicator.area
            counted[area] = counted.get(area, 0) + 1
            found[row.indicator.code] = counted[area]
        return found


def shown(line: Line) -> str:
    """The figure cell as a person sees it."""
    return values.read(line.value, "count").raw


def is_figure(line: Line) -> bool:
    """True where the figure cell holds something that reads as a number."""
    value = values.read(line.value, "amount")
    return value.value is not None


def remark(kind: Kind, line: Line, code: str, found: str, cell: str = "") -> Issue:
    """A remark on a row."""
    return Issue(kind, line.grid.name, cell or line.cell, code, found)
