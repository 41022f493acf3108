"""One finding as a row of the list: where it is, what to say of it, which other figures it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from cchc.catalogue.forms import form
from cchc.catalogue.indicators import by_code
from cchc.catalogue.notify_texts import text
from cchc.catalogue.rules import relations
from cchc.model.finding import Finding, Severity
from cchc.model.observation import Observation
from cchc.model.submission import Judged, Reading
from cchc.notify.cells import shown

RATIO_RULES = frozenset({"r01_ratio_differs", "r02_ratio_without_denominator"})
"""Rules whose operands are those of the ratio itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the workbook as it goes back.

    Attributes:
        sheet: Name of the sheet as the workbook has it.
        cell: A1 address, or empty where the whole sheet is meant.
    """

    sheet: str
    cell: str

    @property
    def link(self) -> str:
        """Where a link leads; the sheet's name quoted."""
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!{self.cell or 'A1'}"

    @property
    def words(self) -> str:
        """As a person says it, and as it is read back."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with its number in the list.

    Attributes:
        number: From 1, the critical ones first.
        finding: What was found.
        place: Where, or None where the file as a whole is meant or the sheet is not in it.
        hidden: True where the sheet is not to be seen.
        related: Other cells that the rule compares with this one.
        explanation: What the sender has already said to it.
        after: Code of the row that a missing row belongs behind, or empty.
    """

    number: int
    finding: Finding
    place: Place | None
    hidden: bool
    related: tuple[Place, ...]
    explanation: str
    after: str

    @property
    def link(self) -> str:
        """Where its link leads; empty where it has none, or leads to a hidden sheet."""
        return self.place.link if self.place and not self.hidden else ""

    def words(self) -> dict[str, str]:
        """What the list says, by column."""
        finding = self.finding
        indicator = by_code().get(finding.indicator)
        return {
            "number": str(self.number),
            "severity": text(f"severity_{finding.severity.value}"),
            "place": self._where(),
            "code": finding.indicator,
            "name": indicator.name.lstrip("– ") if indicator else "",
            "message": finding.message,
            "found": finding.found or (text("found_nothing") if finding.cell else ""),
            "expected": finding.expected,
            "fix": f"{finding.fix} {text('place_after', code=self.after)}" if self.after else finding.fix,
            "explanation": self.explanation,
            "rule": finding.rule,
        }

    def _where(self) -> str:
        """The first line is the place alone: it is read back with an explanation."""
        lines = [self.place.words if self.place else self.finding.sheet or text("place_file")]
        if self.hidden:
            lines.append(text("place_hidden"))
        return "\n".join(lines)


def entries(judged: Judged, sheets: Mapping[str, bool]) -> list[Entry]:
    """The findings in the order in which they are listed.

    Args:
        judged: What was found.
        sheets: Whether hidden, by the names of the sheets that the workbook really has.
    """
    ranked = sorted(judged.findings, key=lambda finding: finding.severity != Severity.CRITICAL)
    figures = {o.indicator: o for o in judged.reading.observations}
    return [_entry(number, f, judged.reading, figures, sheets) for number, f in enumerate(ranked, start=1)]


def _entry(
    number: int, finding: Finding, reading: Reading, figures: dict[str, Observation], sheets: Mapping[str, bool]
) -> Entry:
    name = _own_name(finding.sheet, sheets)
    place = Place(name, finding.cell) if name else None
    missing = bool(finding.sheet and finding.indicator and not finding.cell)
    return Entry(
        number,
        finding,
        place,
        hidden=bool(name and sheets[name]),
        related=tuple(_related(finding, figures, sheets)),
        explanation=_explanation(finding, reading),
        after=_after(finding, reading, figures) if missing else "",
    )


def _own_name(wanted: str, sheets: Mapping[str, bool]) -> str:
    """The sheet's name as the workbook has it: the reader leaves out characters that cannot be stored."""
    if wanted in sheets:
        return wanted
    return next((name for name in sheets if wanted and shown(name) == shown(wanted)), "")


def _related(finding: Finding, figures: dict[str, Observation], sheets: Mapping[str, bool]) -> Iterable[Place]:
    for code in dict.fromkeys(_codes(finding)):
        figure = figures.get(code)
        if figure and figure.cell and (figure.sheet, figure.cell) != (finding.sheet, finding.cell):
            name = _own_name(figure.sheet, sheets)
            if name:
                yield Place(name, figure.cell)


def _codes(finding: Finding) -> list[str]:
    """The figures that stand on the other side of what did not hold, and the parts that these are sums of."""
    if finding.rule in RATIO_RULES:
        indicator = by_code().get(finding.indicator)
        return [term.code for term in (*indicator.numerator, *indicator.denominator)] if indicator else []
    found = [
        term.code
        for relation in relations()
        if relation.rule == finding.rule and relation.left == finding.indicator
        for term in relation.right
    ]
    for code in found:  # grows while it is gone through
        found += [part for part in _parts().get(code, ()) if part not in found]
    return found


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """Addends by the code of their sum: who mends a sum must mend one of them as well."""
    sums = (relation for relation in relations() if relation.op == "=" and len(relation.right) > 1)
    return {relation.left: tuple(term.code for term in relation.right) for relation in sums}


def _explanation(finding: Finding, reading: Reading) -> str:
    """What the sender said when the file went back the last time, so that it need not be typed again."""
    if finding.severity == Severity.CRITICAL:
        return ""
    said = (
        e.text
        for e in reading.explanations
        if (e.rule, e.sheet, e.cell, e.indicator) == (finding.rule, finding.sheet, finding.cell, finding.indicator)
    )
    return next(said, "")


def _after(finding: Finding, reading: Reading, figures: dict[str, Observation]) -> str:
    """The last row before the missing one, in the form's order, that the file still has."""
    kind = reading.period.partition("-")[2]
    if not reading.form:
        return ""
    before = ""
    area = finding.indicator.partition(".")[0]
    for code in (row.indicator.code for row in form(reading.form, kind).rows):
        if code == finding.indicator:
            return before
        if code.partition(".")[0] == area and figures.get(code) and figures[code].cell:
            before = code
    return ""
