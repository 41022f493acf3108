"""Every fault that the sample plants is found: that rule alone, at that cell alone, with that verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc import parse, validate
from cchc.catalogue import periods, units
from cchc.catalogue.rules import rules
from cchc.sample import city
from cchc.sample.defects import Defect, all_defects, plant
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative

SENDERS = (("10993", "2026-Q3"), ("31-SNV", "2026-Y"), ("31", "2026-Q3"))


def faulty_files() -> list[tuple]:
    """Each kind of fault in each kind of sender's form that it suits."""
    found = []
    for code, period_code in SENDERS:
        period = periods.parse(period_code)
        unit = units.find(code, period.window_to)
        found += [(defect, unit, period) for defect in all_defects() if defect.suits(unit, period)]
    return found


def name_of(part) -> str:
    return part.kind if isinstance(part, Defect) else part.code


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, str, str], tuple]:
    """Judged in one batch, as they would be."""
    cases, readings, places = faulty_files(), [], []
    for defect, unit, period in cases:
        own = figures(7, unit, period)
        data, place = plant(defect, unit, period, own, narrative(7, unit, period, own))
        readings.append(parse.read(data, f"{unit.code}_{period.code}.xlsx"))
        places.append(place)
    return {
        (defect.kind, unit.code, period.code): (place, judged)
        for (defect, unit, period), place, judged in zip(cases, places, validate.judge(readings), strict=True)
    }


@pytest.mark.parametrize(("defect", "unit", "period"), faulty_files(), ids=name_of)
def test_found_at_its_place_and_nothing_else(outcomes, defect, unit, period):
    place, judged = outcomes[defect.kind, unit.code, period.code]
    found = [(f.rule, f.severity, f.sheet, f.cell, f.indicator) for f in judged.findings]
    assert found == [(defect.rule, defect.severity, place.sheet, place.cell, place.indicator)]
    assert judged.verdict == defect.verdict


def test_every_kind_of_fault_suits_someone():
    assert {defect.kind for defect, _, _ in faulty_files()} == {defect.kind for defect in all_defects()}


def test_faults_name_rules_of_the_register():
    for defect in all_defects():
        assert defect.severity == rules()[defect.rule].severity


def test_the_manifest_says_what_will_be_found(tmp_path: Path):
    manifest = city("31", periods.parse("2026-Q3"), tmp_path, seed=11, defects=0.25, late=0.1, missing=0.2)
    files = manifest["files"]
    readings = [parse.read((tmp_path / file["file"]).read_bytes(), file["file"]) for file in files]
    for file, judged in zip(files, validate.judge(readings), strict=True):
        found = [(f.rule, f.severity, f.sheet, f.cell, f.indicator) for f in judged.findings]
        planted = [(d["rule"], d["severity"], d["sheet"], d["cell"], d["indicator"]) for d in file["defects"]]
        assert (file["file"], found) == (file["file"], planted)
        assert judged.verdict == file["expected_verdict"]
