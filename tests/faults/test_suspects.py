"""Doubtful reports are found beside the others, and nobody is in a city where all are honest."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal

import pytest

from cchc import load, validate
from cchc.catalogue import forms, periods, units
from cchc.catalogue.rules import rules
from cchc.catalogue.units import Unit
from cchc.model.observation import Narrative, Observation, ValueState
from cchc.model.submission import Judged, Reading, Verdict
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.sample.suspects import Report, all_suspects, report
from cchc.store.tables import submission

PERIODS = ("2025-Q3", "2025-Y", "2026-Q1", "2026-H1", "2026-Q3")
NOW = periods.parse(PERIODS[-1])
MORNING = datetime(2026, 9, 8, 9, tzinfo=periods.ZONE)
SEED = 7
SENDERS = [u.code for u in units.units_of("31", NOW.window_to) if u.form == "commune"][2:70:10]


def as_read(unit: Unit, period: periods.Period, told: Report) -> Reading:
    """What the reader makes of such a report."""
    form = forms.form(unit.form, period.kind)
    seen = tuple(_observation(code, told[0][code], row) for row, code in enumerate(sorted(told[0]), 8))
    words = tuple(Narrative(key, text, "Thuyết minh", f"C{row}") for row, (key, text) in enumerate(told[1].items(), 5))
    digest = hashlib.sha256(f"{unit.code}{period.code}".encode()).hexdigest()
    return Reading(digest, True, unit.code, unit.name, period.code, form.id, form.version, seen, words)


def _observation(code: str, value: Decimal | str, row: int) -> Observation:
    if isinstance(value, str):
        return Observation(code, Decimal(0), ValueState.CONFIRMED_ZERO, "tờ", f"E{row}", value, "nothing_arose")
    return Observation(code, value, ValueState.REPORTED, "tờ", f"E{row}", str(value), "number")


def city(authority: str, suspects: dict[str, str]) -> list[Reading]:
    """Everybody's reports, with history; ``suspects`` names the kind of doubtful report by unit."""
    found = []
    for code in PERIODS:
        period = periods.parse(code)
        owing = units.units_of(authority, period.window_to)
        neighbour = {unit.code: owing[place - 1] for place, unit in enumerate(owing)}
        for unit in owing:
            own = figures(SEED, unit, period)
            told: Report = (own, narrative(SEED, unit, period, own))
            if period == NOW and unit.code in suspects:
                told = report(suspects[unit.code], SEED, unit, period, neighbour[unit.code])
            found.append(as_read(unit, period, told))
    return found


def rules_found(engine, readings: list[Reading]) -> dict[str, set[str]]:
    """Load it all, check across, and tell which rules spoke of which unit."""
    for code in PERIODS:
        load.ensure_period(engine, periods.parse(code))
    with engine.begin() as connection:
        arrived = [
            {"submission_id": r.submission_id, "sha256": r.sha256, "file_name": "", "size": 1, "received_at": MORNING}
            | {"channel": "folder", "sender": ""}
            for r in readings
        ]
        connection.execute(submission.insert(), arrived)
    load.promote(engine, [Judged(reading, Verdict.ACCEPTED) for reading in readings])
    by_id = {reading.submission_id: reading.unit for reading in readings}
    found = validate.cross(engine, NOW.code)
    return {by_id[identity]: {finding.rule for finding in findings} for identity, findings in found.items()}


@pytest.mark.parametrize("authority", ["31", "75"])
def test_an_honest_city_raises_no_alarm(engine, authority):
    assert rules_found(engine, city(authority, {})) == {}


def test_every_kind_is_found_and_only_what_follows_from_it_besides(engine):
    planted = dict(zip(SENDERS, (suspect.kind for suspect in all_suspects()), strict=True))
    found = rules_found(engine, city("31", planted))
    suspects = {suspect.kind: suspect for suspect in all_suspects()}
    for unit, kind in planted.items():
        wanted = suspects[kind]
        assert wanted.rule in found.get(unit, set()), (kind, found.get(unit))
        assert found[unit] <= {wanted.rule} | wanted.follows, kind
    copied = {next(iter(found[unit])) for unit in found if unit not in planted}
    assert copied == {suspect.rule for suspect in suspects.values() if suspect.copied}
    assert all(len(found[unit]) == 1 for unit in found if unit not in planted)


def test_kinds_name_rules_of_the_register():
    for suspect in all_suspects():
        assert {suspect.rule, *suspect.follows} <= set(rules())
