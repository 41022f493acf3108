"""A few units' figures in a warehouse, and what the rules across them find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from cchc import validate
from cchc.catalogue import periods
from cchc.model.observation import Narrative
from cchc.model.submission import Verdict
from tests.factories import arrive, reading
from tests.rules.factory import Fault, seen_in

MORNING = datetime(2026, 9, 8, 9, 0, tzinfo=periods.ZONE)
OWN, NEAR, FAR, FOURTH = "10993", "10507", "10525", "10675"
Figures = Mapping[str, int | str]


def send(
    engine: Engine,
    period: str,
    figures: Figures,
    unit: str = OWN,
    *,
    at: datetime = MORNING,
    verdict: Verdict = Verdict.ACCEPTED,
    words: Mapping[str, str] | None = None,
) -> None:
    """Load a unit's figures and text by section for a period; other figures are missing."""
    told = tuple(
        Narrative(section, said, "Thuyết minh", f"C{row}")
        for row, (section, said) in enumerate((words or {}).items(), 5)
    )
    seen = reading(unit, period, dict(figures), salt=f"{at.isoformat()}{words}")
    arrive(engine, replace(seen, narratives=told), at, verdict)


def found(engine: Engine, rule: str, period: str = "2026-Q3") -> list[Fault]:
    """Faults that a rule finds in a period, by indicator and value."""
    findings = [finding for of_one in validate.cross(engine, period).values() for finding in of_one]
    assert all(finding.message and "{" not in finding.message + finding.fix for finding in findings)
    return sorted(seen_in(finding) for finding in findings if finding.rule == rule)


def warning(code: str, period: str, value: str, expected: str, unit: str = OWN) -> Fault:
    """The warning that should fall on the cell of a unit's figure."""
    seen = next(o for o in reading(unit, period, {}).observations if o.indicator == code)
    return Fault("warning", seen.sheet, seen.cell, code, value, expected)
