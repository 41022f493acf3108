"""Readings made by hand, for tests that start after the reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine

from cchc import load
from cchc.catalogue import forms, periods, units
from cchc.model.finding import Finding
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Judged, Reading, Verdict
from cchc.store.tables import submission

NOTHING_AROSE = "Không phát sinh"


def reading(
    unit: str,
    period_code: str,
    figures: Mapping[str, int | str | Decimal],
    *,
    salt: str = "",
) -> Reading:
    """A reading of the unit's form; codes that ``figures`` leaves out are missing."""
    period = periods.parse(period_code)
    owner = units.find(unit, period.window_to)
    assert owner is not None
    form = forms.form(owner.form, period.kind)
    rows = [row.indicator for row in form.rows if not row.indicator.computed]
    seen = tuple(_observation(code.code, number, figures.get(code.code)) for number, code in enumerate(rows, start=8))
    digest = hashlib.sha256(f"{unit}{period_code}{sorted(figures.items())}{salt}".encode()).hexdigest()
    return Reading(digest, True, unit, owner.name, period.code, form.id, form.version, seen)


def arrive(
    engine: Engine,
    item: Reading,
    received_at: datetime,
    verdict: Verdict = Verdict.ACCEPTED,
    findings: tuple[Finding, ...] = (),
) -> None:
    """Register a reading as a received file and load it with a given verdict."""
    load.ensure_period(engine, periods.parse(item.period))
    register(engine, item, received_at)
    load.promote(engine, [Judged(item, verdict, findings)])


def register(engine: Engine, item: Reading, received_at: datetime) -> None:
    """Register a reading as a received file that waits."""
    with engine.begin() as connection:
        connection.execute(
            submission.insert().values(
                submission_id=item.submission_id,
                sha256=item.sha256,
                file_name=f"{item.unit}_{item.period}.xlsx",
                size=1,
                received_at=received_at,
                channel="folder",
                sender="",
            )
        )


def _observation(code: str, row: int, given: int | str | Decimal | None) -> Observation:
    cell = f"E{row}"
    if given is None:
        return Observation(code, None, ValueState.MISSING, "tờ", cell, "", "empty")
    if given == NOTHING_AROSE:
        return Observation(code, Decimal(0), ValueState.CONFIRMED_ZERO, "tờ", cell, given, "nothing_arose")
    return Observation(code, Decimal(given), ValueState.REPORTED, "tờ", cell, str(given), "number")
