"""Issued forms to be changed as people change them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from cchc.catalogue import forms, periods, units
from cchc.catalogue.forms import Form
from cchc.catalogue.periods import Period
from cchc.model.observation import Observation
from cchc.model.submission import Reading
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.template import issue

FIRST_ROW = 6


def filled(unit: str = "10993", period: str = "2026-Q3", seed: int = 7) -> bytes:
    """The form of a unit with figures that hold every rule."""
    of = periods.parse(period)
    sender = units.find(unit, of.window_to)
    assert sender is not None
    own = figures(seed, sender, of)
    return issue(sender, of, own, narrative(seed, sender, of, own))


def form_of(unit: str = "10993", period: str = "2026-Q3") -> tuple[Form, Period]:
    """What the unit is asked in the period."""
    of = periods.parse(period)
    sender = units.find(unit, of.window_to)
    assert sender is not None
    return forms.form(sender.form, of.kind), of


def changed(data: bytes, change: Callable[[Workbook], Any]) -> bytes:
    """The workbook after ``change``; merged titles are taken apart first, so that rows and columns can be moved."""
    book = load_workbook(BytesIO(data))
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def told(reading: Reading) -> list[tuple]:
    """Indicator, value and state of every figure."""
    return [(o.indicator, o.value, o.state) for o in reading.observations]


def figure(reading: Reading, code: str) -> Observation:
    """One figure."""
    return next(o for o in reading.observations if o.indicator == code)
