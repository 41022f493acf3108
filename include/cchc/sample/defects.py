"""One fault planted in one file, at a known cell, with the rule that must find it.

Source: ``sample_defects.csv``. Faults of figures go in before the form is issued, faults of structure after.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from cchc.catalogue import unit_names
from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import form
from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows
from cchc.catalogue.units import Unit
from cchc.sample import tampering
from cchc.sample.figures import Figure
from cchc.template import address, issue

_FIGURE_EDITS = frozenset({"figure", "raised", "above", "flipped", "emptied"})
_ABOVE = 3
_VERDICTS = {"critical": "rejected", "warning": "accepted_with_warnings"}
_UNREADABLE = frozenset(
    ("not_a_workbook", "empty_file", "damaged", "encrypted", "pdf_file", "word_document", "picture", "packed_files")
)


@dataclass(frozen=True, slots=True)
class Defect:
    """A row of the table.

    Attributes:
        kind: Its name.
        edit: What is done, see :func:`plant`.
        targets: Codes, a field of the cover, or the number of an area.
        value: What is written.
        rule: Rule that must find it, the only one.
        severity: Of the rule.
        at: Code or field of the cover that the finding points at, where that is not for the edit to say.
    """

    kind: str
    edit: str
    targets: tuple[str, ...]
    value: str
    rule: str
    severity: str
    at: str

    @property
    def verdict(self) -> str:
        """What the file must be judged."""
        return "unreadable" if self.kind in _UNREADABLE else _VERDICTS[self.severity]

    def suits(self, unit: Unit, period: Period) -> bool:
        """True where the unit's form has what the fault needs."""
        if self.kind == "unit_by_name" and len(unit_names.present(unit.name)) != 1:
            return False
        codes = {target for target in (*self.targets, self.at) if target[:1].isdigit() and "." in target}
        carried = form(unit.form, period.kind).codes
        strangers = codes - carried
        if self.edit == "row_added":
            return self.kind == "row_duplicated" and not strangers or self.kind != "row_duplicated" and bool(strangers)
        areas = {int(t) for t in self.targets if t.isdigit()}
        return not strangers and areas <= form(unit.form, period.kind).sheets.keys() and self._other_form(unit)

    def _other_form(self, unit: Unit) -> bool:
        return self.edit != "cover" or self.targets != ("form",) or unit.form != "authority"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the finding must point."""

    sheet: str = ""
    cell: str = ""
    indicator: str = ""


@cache
def all_defects() -> tuple[Defect, ...]:
    """Every kind of fault, in the table's order."""
    return tuple(
        Defect(r["kind"], r["edit"], tuple(r["target"].split()), r["value"], r["rule"], r["severity"], r["at"])
        for r in rows("sample_defects")
    )


def plant(
    defect: Defect, unit: Unit, period: Period, figures: dict[str, Figure], narrative: dict[str, str]
) -> tuple[bytes, Place]:
    """The unit's workbook with the fault in it, and where the fault is."""
    if defect.edit in _FIGURE_EDITS:
        return issue(unit, period, _edited(defect, figures), narrative), _figure_place(defect, unit, period)
    if defect.edit == "bytes":
        return tampering.spoil(defect.targets[0], issue(unit, period, figures, narrative), unit.name), Place()
    changed, sheet, cell, code = tampering.change(
        issue(unit, period, figures, narrative), form(unit.form, period.kind), defect.edit, defect.targets, defect.value
    )
    return changed, Place(sheet, cell, code)


def _figure_place(defect: Defect, unit: Unit, period: Period) -> Place:
    if not defect.at:
        return Place()
    sheet, cell = address(form(unit.form, period.kind))[defect.at]
    return Place(sheet, cell, defect.at)


def _edited(defect: Defect, figures: dict[str, Figure]) -> dict[str, Figure]:
    match defect.edit:
        case "emptied":
            return {}
        case "figure":
            return _replaced(figures, defect.targets[0], defect.value)
        case "raised":
            return figures | {code: number(figures, code) + Decimal(defect.value) for code in defect.targets}
        case "above":
            return figures | {defect.targets[0]: number(figures, defect.value) + _ABOVE}
    code = defect.targets[0]
    return figures | {code: 1 - number(figures, code)}


def _replaced(figures: dict[str, Figure], code: str, value: str) -> dict[str, Figure]:
    """Numbers go in as numbers (``12.5``), anything else as text, nothing as an empty cell."""
    rest = {key: figure for key, figure in figures.items() if key != code}
    if not value:
        return rest
    plain = value.removeprefix("-").replace(".", "", 1).isdigit()
    return rest | {code: Decimal(value) if plain else value}


def number(figures: dict[str, Figure], code: str) -> Decimal:
    """The figure as a number; words for "nothing arose" are 0."""
    value = figures[code]
    return Decimal(0) if value == text("nothing_arose") else Decimal(value)
