"""Material for special rules without a database: registers as read, figures given plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from cchc.catalogue import periods, regime_terms
from cchc.catalogue.periods import ZONE
from cchc.catalogue.registers import by_id
from cchc.consolidate.special import Figure, Material, judged
from cchc.model.register import Entry, RegisterCell, RegisterVersion
from cchc.model.special import SpecialRule

Line = Mapping[str, Any]
AS_OF = datetime(2023, 7, 1, 8, 0, tzinfo=ZONE)
FILE = "so-theo-doi.xlsx"


def register(
    authority: str, year: int, entries: Mapping[str, Sequence[Line]], states: Mapping[str, str] | None = None
) -> RegisterVersion:
    """Registers with these lines, as if read from a workbook; those not named are not kept."""
    found = [
        Entry(name, str(line.get("unit_code", authority)), by_id()[name].sheet, row, _cells(name, row, line))
        for name, lines in entries.items()
        for row, line in enumerate(lines, start=6)
    ]
    known = dict.fromkeys(entries, "kept") | dict(states or {})
    return RegisterVersion(authority, year, 1, datetime(year, 4, 1, tzinfo=ZONE), "ab" * 32, FILE, known, tuple(found))


def _cells(name: str, row: int, line: Line) -> dict[str, RegisterCell]:
    letters = {column.key: get_column_letter(place) for place, column in enumerate(by_id()[name].columns, start=2)}
    return {key: RegisterCell(str(value), f"{letters[key]}{row}", str(value)) for key, value in line.items()}


def material(
    authority: str,
    period: str,
    registers: RegisterVersion | None,
    *,
    figures: Mapping[str, Mapping[str, Any]] | None = None,
    scores: Mapping[str, Mapping[str, Any]] | None = None,
    totals: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
    offices: Sequence[str] = (),
    as_of: datetime = AS_OF,
) -> Material:
    """What rules are judged from."""
    wanted = periods.parse(period)
    terms = regime_terms.terms_of(authority, wanted.window_to)
    return Material(
        authority=authority,
        body="Cơ quan",
        period=wanted,
        as_of=as_of,
        register=registers,
        figures=_figures(figures, ""),
        scores=_figures(scores, f"{wanted.year - 1}-Y"),
        totals={code: Decimal(value) for code, value in (totals or {}).items()},
        names=names or {},
        offices=frozenset(offices),
        duties={duty.id: duty for duty in terms.duties},
    )


def rules(given: Material) -> dict[str, SpecialRule]:
    """The rules of the authority's regime judged, by id."""
    terms = regime_terms.terms_of(given.authority, given.period.window_to)
    return {rule.id: rule for rule in judged(terms, given)}


def standing(rule: SpecialRule) -> dict[tuple[str, str], str]:
    """Status by unit and subject."""
    return {(item.unit, item.subject): item.status for item in rule.items}


def _figures(given: Mapping[str, Mapping[str, Any]] | None, period: str) -> dict[str, dict[str, Figure]]:
    return {
        unit: {code: Figure(Decimal(value), period) for code, value in row.items()}
        for unit, row in (given or {}).items()
    }
