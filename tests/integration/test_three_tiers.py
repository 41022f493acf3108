"""Offices, communes, districts and provinces through files, intake, warehouse and reports (issue 4, item 1)."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cchc.report.trace import Ledger, wrong
from tests.fives import cchc

H1, Q3 = "2023-H1", "2026-Q3"


def _receive(path, at):
    cchc("receive", str(path), "--received-at", f"{at}+07:00")


def _verdicts():
    return json.loads(cchc("ingest", "--json"))["verdicts"]


def _sample(here, authority, period):
    """Sound files of all units that report to an authority, by unit."""
    out = here / f"sample-{authority}"
    cchc("sample", "--authority", authority, "--period", period, "--out", str(out))
    return {path.name.partition("_")[0]: path for path in sorted(out.glob("*.xlsx"))}


def _board(authority, period):
    return json.loads(cchc("status", "--authority", authority, "--period", period, "--json"))


def _report(here, authority, period):
    answer = json.loads(
        cchc("consolidate", "--authority", authority, "--period", period, "--out", str(here / "out"), "--json")
    )
    return answer, here / "out" / answer["files"]["xlsx"].rpartition("/")[2]


def _annex(path):
    """What the annexes print, by code."""
    return {
        row[1]: row[4]
        for sheet in load_workbook(path).worksheets
        if sheet.title[:1].isdigit()
        for row in sheet.iter_rows(values_only=True)
        if row[1] and isinstance(row[4], int | float)
    }


def test_a_province_of_before_the_reform_is_made_from_districts_departments_and_its_own_form(installation, tmp_path):
    """Hải Dương: thị xã Kinh Môn adds up communes and offices, its annex is the district's report to Sở Nội vụ."""
    below = _sample(tmp_path, "292", H1)
    for place, path in enumerate(below.values()):
        _receive(path, f"2023-06-05T08:{place:02}:00")
    assert _verdicts() == {"accepted": len(below)}
    board = _board("292", H1)
    assert (board["expected"], board["on_time"]) == (len(below), len(below))
    answer, district = _report(tmp_path, "292", H1)
    assert answer["coverage"] == {"reported": len(below), "expected": len(below)}
    checked = json.loads(cchc("check", str(district), "--json"))
    # what only a shared list of procedures could add up stays open in the annex, and says so
    assert (checked["verdict"], checked["unit"], checked["period"], checked["form"]) == (
        "accepted_with_warnings",
        "292",
        H1,
        "district",
    )
    assert {(found["rule"], found["indicator"]) for found in checked["findings"]} == {
        ("c06_expected_missing", "7.3.3"),
        ("c06_expected_missing", "7.4.1b"),
    }
    above = _sample(tmp_path, "30", H1)
    for place, (unit, path) in enumerate(above.items()):
        _receive(district if unit == "292" else path, f"2023-06-06T08:{place:02}:00")
    # the district's annex is the one with warnings, and it counts
    assert _verdicts() == {"accepted": len(above) - 1, "accepted_with_warnings": 1}
    kinds = {unit["unit"]: unit["state"] for unit in _board("30", H1)["units"]}
    assert {"30", "30-SNV", "292", "288"} <= kinds.keys() and set(kinds.values()) == {"reported"}
    _answer, province = _report(tmp_path, "30", H1)
    ours, theirs = _annex(district), _annex(province)
    others = [path for unit, path in above.items() if unit not in ("292",)]
    assert theirs["3.4.1"] == ours["3.4.1"] + sum(_annex(path).get("3.4.1", 0) for path in others)
    # 1.5.1: of the district every unit that held a dialogue counts, of the others each once
    told = [_annex(path) for path in others]
    assert theirs["1.5.1"] == ours["1.5.1c"] + sum(file.get("1.5.1c", file.get("1.5.1", 0)) for file in told)
    # 3.4.12: sum of numerators by sum of denominators, never a mean of percentages (domain 2.6, rule 1)
    settled = ours["3.4.12m"] + sum(file["3.4.5"] for file in told if "3.4.5" in file)
    in_time = ours["3.4.12t"] + sum(file["3.4.6"] + file["3.4.7"] for file in told if "3.4.5" in file)
    assert Decimal(str(theirs["3.4.12"])).quantize(Decimal("1e-8")) == (Decimal(100) * in_time / settled).quantize(
        Decimal("1e-8")
    )
    for path in (district, province):
        ledger = Ledger(path)
        assert len(ledger.printed) > 500 and not wrong(ledger, ledger.printed.values())


def test_targets_of_a_district_walk_back_also_those_that_no_form_asks_for(installation, tmp_path):
    """03/CT-UBND huyện Cẩm Mỹ: level huyện is held against its own offices, 3.2.3 (C6) stands in no form here."""
    files = _sample(tmp_path, "739", H1)
    for place, path in enumerate(files.values()):
        _receive(path, f"2023-06-05T08:{place:02}:00")
    assert _verdicts() == {"accepted": len(files)}
    _answer, report = _report(tmp_path, "739", H1)
    ledger = Ledger(report)
    assert not wrong(ledger, ledger.printed.values())
    assert {row["code"] for row in ledger.tables["figure"] if row["sheet"] == "Mục tiêu"} >= {"3.2.3", "7.3.5"}


def test_offices_files_come_in_by_the_inbox_and_their_commune_s_annex_goes_up(installation, tmp_path):
    """39/QĐ-UBND xã Thượng Hồng, IV.1: offices → Phòng VH-XH → Sở Nội vụ; each area one office (domain 1.6)."""
    offices = _sample(tmp_path, "10993", Q3)
    assert sorted(offices) == ["10993-HCC", "10993-KT", "10993-VHXH", "10993-VP"]
    for place, path in enumerate(offices.values()):
        _receive(path, f"2026-09-0{place + 5}T08:00:00")
    assert _verdicts() == {"accepted": 4}
    board = _board("10993", Q3)
    assert (board["expected"], board["on_time"], board["missing"]) == (4, 4, 0)
    assert board["due_at"].startswith("2026-09-10T00:00")  # trước ngày 10: hết ngày 09
    answer, annex = _report(tmp_path, "10993", Q3)
    assert answer["coverage"] == {"reported": 4, "expected": 4}
    _receive(annex, "2026-09-09T08:00:00")
    assert _verdicts() == {"accepted": 1}
    commune = next(unit for unit in _board("31", Q3)["units"] if unit["unit"] == "10993")
    assert (commune["state"], commune["verdict"]) == ("reported", "accepted")


@pytest.mark.parametrize("code", ["10675", "26347"])
def test_a_former_unit_s_workbook_counts_for_the_time_when_the_unit_was(installation, tmp_path, code):
    """Codes were given anew on 1/7/2025 (domain 4.3): 10675 was phường An Lưu, 26347 was xã Thừa Đức."""
    path = tmp_path / "bieu.xlsx"
    cchc("template", "--unit", code, "--period", H1, "--out", str(path))
    name = {"10675": "Phường An Lưu", "26347": "Xã Thừa Đức"}[code]
    assert any(name in str(row) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True))
    authority = {"10675": "292", "26347": "739"}[code]
    sound = _sample(tmp_path, authority, H1)[code]
    _receive(sound, "2023-06-05T08:00:00")
    assert _verdicts() == {"accepted": 1}
    unit = next(unit for unit in _board(authority, H1)["units"] if unit["unit"] == code)
    assert (unit["name"], unit["state"]) == (name, "reported")


def test_for_a_present_period_it_is_told_what_became_of_the_unit(installation, tmp_path):
    path = tmp_path / "bieu.xlsx"
    cchc("template", "--unit", "10675", "--period", H1, "--out", str(path))
    book = load_workbook(path)
    cover = book.worksheets[0]
    for row in cover.iter_rows():
        for cell in row:
            if cell.value == H1:
                cell.value = Q3
            elif isinstance(cell.value, str) and "2023" in cell.value:
                cell.value = cell.value.replace("6 tháng đầu năm 2023", "quý III năm 2026")
    book.save(path)
    _receive(path, "2026-09-05T08:00:00")
    assert "accepted" not in _verdicts()
    found = json.loads(_check(path))["findings"]
    told = [finding for finding in found if "An Lưu" in str(finding)]
    assert told and any("Kinh Môn" in finding["expected"] for finding in told), found


def _check(path):
    """What check says of a faulty file: it ends with 1."""
    from typer.testing import CliRunner

    from cchc.cli import app

    done = CliRunner().invoke(app, ["check", str(path), "--json"])
    assert done.exit_code == 1, done.output
    return done.stdout
