"""A form that went through another spreadsheet program reads the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cchc.catalogue import periods, units
from cchc.model.observation import Observation
from cchc.parse import read
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.template import issue

Q3 = periods.parse("2026-Q3")
THUONG_HONG = units.find("10993", Q3.window_to)
OFFICE = shutil.which("soffice")


def resaved(data: bytes, folder: Path, extension: str) -> bytes:
    source = folder / "10993_2026-Q3.xlsx"
    source.write_bytes(data)
    out = folder / extension
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", extension, "--outdir",
         str(out), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (out / f"10993_2026-Q3.{extension}").read_bytes()


def told(observation: Observation) -> tuple:
    return (observation.indicator, observation.value, observation.state, observation.sheet, observation.cell)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("extension", ["xlsx", "ods", "xls"])
def test_another_program_changes_nothing(tmp_path: Path, extension: str):
    own = figures(7, THUONG_HONG, Q3)
    words = narrative(7, THUONG_HONG, Q3, own)
    data = issue(THUONG_HONG, Q3, own, words)
    before, after = read(data), read(resaved(data, tmp_path, extension))
    assert after.issues == ()
    assert (after.unit, after.period, after.form) == ("10993", "2026-Q3", "commune")
    asked = [told(o) for o in before.observations if not o.computed]
    assert [told(o) for o in after.observations if not o.computed] == asked
    assert {n.section: n.text for n in after.narratives} == words


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_the_form_computes_its_ratios_and_checks_itself(tmp_path: Path):
    own = figures(7, THUONG_HONG, Q3)
    after = read(resaved(issue(THUONG_HONG, Q3, own), tmp_path, "xlsx"))
    claims = {o.indicator: o.value for o in after.observations if o.computed}
    on_time = 100 * (own["3.4.6"] + own["3.4.7"]) / own["3.4.5"]
    assert abs(claims["3.4.12"] - on_time) < 10**-6
    assert claims["1.2.6"] is None or own["1.2.4"] != 0
