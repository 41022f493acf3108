"""What the portal shows of targets, editions and extracts, from a real warehouse, for who may see it."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from fastapi.testclient import TestClient

from cchc import steps
from cchc.catalogue import periods, units
from cchc.portal.app import create_app
from tests.factories import arrive, reading
from tests.fixtures.portal import by_header

Q3 = periods.parse("2026-Q3")
AS_OF = Q3.due_at
ONE, OTHER, THIRD = [unit.code for unit in units.units_of("31", Q3.window_to) if unit.kind == "xã"][:3]


def _sends(engine, unit, satisfied, day=None, received=4000):
    arrive(engine, reading(unit, "2026-Q3", {"3.6.1": satisfied, "1.4.1b": 10, "3.4.1": received}), day or Q3.due_at)


@pytest.fixture
def city(engine):
    """39/QĐ-UBND, II.7 asks for 90%: one commune has 95, one 85, all others sent nothing."""
    for unit, satisfied in ((ONE, 95), (OTHER, 85)):
        _sends(engine, unit, satisfied)
    steps.grant("noivu", "31")
    steps.grant("dongnai", "75")
    return engine


def _visit(user):
    app = create_app(steps, by_header, lambda back: f"/login?next={back}")
    return TestClient(app, headers={"accept": "text/html", "x-user": user}, follow_redirects=False)


def _text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_the_board_tells_how_many_units_meet_each_target(city):
    assert steps.edition_targets("31", "2026-Q3") == {"number": None, "targets": []}
    steps.consolidate("31", "2026-Q3", as_of=AS_OF)
    told = steps.edition_targets("31", "2026-Q3")
    satisfied = next(target for target in told["targets"] if target["threshold"] == "≥ 90")
    communes = sum(unit.form == "commune" for unit in units.units_of("31", Q3.window_to))
    expected = {"met": 1, "not_met": 1, "no_data": communes - 2, "not_applicable": 0, "expected": communes}
    assert (told["number"], satisfied["counts"], satisfied["value"]) == (1, expected, "90,00")
    page = _text(_visit("noivu").get("/31?period=2026-Q3"))
    assert f"≥ 90% 90,00 Tham khảo 1/{communes} 1 {communes - 2} 0" in page


def test_a_replacing_edition_and_a_noted_correction_are_told(city):
    """A corrected figure of a sent report is a new edition when it matters, a note when it does not."""
    first = steps.consolidate("31", "2026-Q3", as_of=AS_OF)
    steps.edition_mark("31", "2026-Q3", first["edition"], "approved", "Trần Văn Quân", AS_OF)
    later = AS_OF + timedelta(days=1)
    _sends(city, ONE, 95, later, received=4001)
    steps.consolidate("31", "2026-Q3", as_of=later)
    [same] = steps.editions("31", "2026-Q3")
    assert (same["number"], same["notes"], same["replaces"]) == (1, 1, None)
    assert same["noted"][0]["figures"] >= 1 and same["noted"][0]["units"] == [units.find(ONE, Q3.window_to).name]
    much = AS_OF + timedelta(days=2)
    _sends(city, THIRD, 20, much)
    steps.consolidate("31", "2026-Q3", as_of=much)
    newest, old = steps.editions("31", "2026-Q3")
    assert (newest["number"], newest["replaces"], old["status"]) == (2, 1, "replaced")
    page = _text(_visit("noivu").get("/31/editions"))
    assert "Bản thay thế bản số 1" in page and "1 đính chính ghi kèm" in page


def test_a_units_extract_goes_only_to_the_people_of_its_authority(city):
    path = f"/31/units/{ONE}/2026-Q3/extract"
    assert _visit("dongnai").get(path).status_code == 403
    assert _visit("nguoi-la").get(path).status_code == 403
    assert _visit("dongnai").get(path.replace("/31/", "/75/")).status_code == 404
    answer = _visit("noivu").get(path)
    assert answer.status_code == 200 and f"trich-xuat_{ONE}_2026-Q3.xlsx" in answer.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Số liệu của đơn vị"]
    lines = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert 95 in lines["3.6.1"] and 85 not in lines["3.6.1"]
    assert (
        _visit("noivu").get(f"/31/units/{units.units_of('75', Q3.window_to)[5].code}/2026-Q3/extract").status_code
        == 404
    )
