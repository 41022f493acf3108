"""The form's own formulas: ratios, counts of blanks, comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cchc.catalogue.forms import FormRow
from cchc.catalogue.indicators import Indicator, Term
from cchc.template.layout import FIGURE, FIRST_ROW, Places, reference


def ratio(places: Places, indicator: Indicator) -> str:
    """Percentage from its parts, empty where it cannot be computed; empty where the form lacks an operand."""
    operands = [*indicator.numerator, *indicator.denominator]
    if any(term.code not in places for term in operands):
        return ""
    top, bottom = total(places, indicator.numerator), total(places, indicator.denominator)
    return f'=IF(OR({blank(places, operands)},{bottom}=0),"",100*({top})/({bottom}))'


def total(places: Places, operands: Sequence[Term]) -> str:
    """Sum of figures; words ("Không phát sinh") count as 0."""
    parts = (f"{'-' if term.sign < 0 else '+'}N({reference(places, term.code)})" for term in operands)
    return f"({''.join(parts).removeprefix('+')})"


def blank(places: Places, operands: Iterable[Term]) -> str:
    """True where an operand has not been filled in."""
    cells = dict.fromkeys(reference(places, term.code) for term in operands)
    return f"{'+'.join(f'ISBLANK({cell})' for cell in cells)}>0"


def blanks(sheet: str, rows: Sequence[FormRow], required: Sequence[str]) -> str:
    """Number of cells of one sheet that are still empty, among rows that are asked for; ``0`` for none."""
    runs = _runs(place for place, row in enumerate(rows, start=FIRST_ROW) if row.required in required)
    counts = (f"COUNTBLANK('{sheet}'!{FIGURE}{first}:{FIGURE}{last})" for first, last in runs)
    return "+".join(counts) or "0"


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run of numbers."""
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        members = [place for _, place in run]
        yield members[0], members[-1]
