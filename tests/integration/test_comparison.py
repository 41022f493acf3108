"""Comparisons of a small city over time, computed by hand (issue 4, To build 4; domain 2.2 and 2.6)."""

from datetime import date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest

from cchc import consolidate, report
from cchc.catalogue import lineage, periods
from cchc.catalogue import units as catalogue_units
from cchc.report.facts import Facts
from cchc.report.sheet_summary import change
from tests.factories import arrive, reading
from tests.property.test_lineage import put

A, B, C = "10993", "10507", "10525"
LATER = datetime(2026, 12, 31, tzinfo=periods.ZONE)


def _send(engine, unit, code, figures):
    period = periods.parse(code)
    arrive(engine, reading(unit, code, figures), datetime(period.year, period.window_to.month, 8, tzinfo=periods.ZONE))


def _assemble(engine, code, authority="31"):
    with engine.connect() as connection:
        return consolidate.assemble(connection, authority, periods.parse(code), LATER)


def _compare(engine, code, authority="31"):
    return {(c.indicator, c.against): c for c in _assemble(engine, code, authority).comparisons}


def test_last_years_period_is_compared_and_the_units_sum_to_the_change(engine):
    for unit, before, now in ((A, 100, 130), (B, 50, 45), (C, 10, 10)):
        _send(engine, unit, "2025-Y", {"3.4.5": before})
        _send(engine, unit, "2026-Y", {"3.4.5": now})
    found = _compare(engine, "2026-Y")["3.4.5", "same_period"]
    assert (found.now.value, found.before.value, found.change, found.relative) == (185, 160, 25, Decimal("15.625"))
    alike = found.matched
    assert (alike.units, alike.left_out, alike.now, alike.before, alike.change) == (3, 0, 185, 160, 25)
    assert [(u.unit, u.contribution) for u in alike.shown] == [(A, 30), (B, -5)]
    assert (alike.rest, alike.rest_units) == (0, 1)
    # 2025-Y is a window that two generations of units lived through
    assert (found.comparable, found.reasons) == (False, ("broken",))


def test_windows_of_another_length_are_not_compared_but_stocks_are(engine):
    _send(engine, A, "2026-H1", {"3.4.5": 100, "4.2.1": 20, "7.2.1": 10, "7.2.2": 5})
    _send(engine, A, "2026-Q3", {"3.4.5": 60, "4.2.1": 22, "7.2.1": 10, "7.2.2": 8})
    found = _compare(engine, "2026-Q3")
    assert found["3.4.5", "previous"].reasons == ("window",)
    assert found["4.2.1", "previous"].comparable and found["4.2.1", "previous"].change == 2
    assert found["7.2.3", "previous"].comparable
    assert (found["7.2.3", "previous"].change, found["7.2.3", "previous"].relative) == (30, None)


def test_the_year_so_far_by_the_cumulative_rules(engine):
    half = {"3.4.1": 100, "3.4.4": 10, "3.4.5": 80, "3.4.6": 60, "3.4.7": 10, "4.2.1": 20}
    third = {"3.4.1": 70, "3.4.4": 20, "3.4.5": 40, "3.4.6": 20, "3.4.7": 18, "4.2.1": 22}
    asked = {"1.3.1": 9, "1.3.2": 4, "1.3.3": 1, "1.3.4": 3, "1.3.5": 1}
    _send(engine, A, "2026-H1", half | asked)
    _send(engine, A, "2026-Q3", third | {"1.3.1": 8, "1.3.2": 5, "1.3.3": 0, "1.3.4": 2, "1.3.5": 1})
    found = {key[0]: c.now for key, c in _compare(engine, "2026-Q3").items() if key[1] == "year_to_date"}
    assert found["3.4.5"].value == 120  # flows are added
    assert found["3.4.1"].value == 150  # 100 + 70, less the 20 that both windows hold
    assert found["3.4.4"].value == 10  # what the year opened with
    assert found["4.2.1"].value == 22  # a stock is the latest
    assert found["3.4.12"].value == Decimal(90)  # (60 + 10 + 20 + 18) / 120
    assert found["1.3.1"].value == 13  # 9 + 8 less the 3 + 1 that were open: 9 done in time, 1 late, 2 + 1 open
    assert found["1.3.6"].value == (Decimal(900) / 11).quantize(Decimal("1e-10"))  # 9 / (9 + 1 + 1)
    assert (found["3.4.14a"].value, found["3.4.14a"].why) == (None, "not_cumulative")
    assert found["7.4.1a"].why == "not_cumulative"  # a shared catalogue


def test_an_office_checked_in_both_windows_is_not_counted_twice(engine):
    """Domain 2.5, rows 1.2.2 and 3.4.14: distinct offices; dossiers carried over among those tracked."""
    told = {"1.2.1": 10, "1.2.2": 6, "3.4.1": 50, "3.4.4": 5, "3.4.14a": 50}
    for code in ("2026-H1", "2026-Q3"):
        _send(engine, A, code, told)
    found = {key[0]: c.now for key, c in _compare(engine, "2026-Q3").items() if key[1] == "year_to_date"}
    for code in ("1.2.2", "1.2.3", "3.4.14a", "3.4.14"):  # 6 + 6 of 10 offices would be 120 %
        assert (found[code].value, found[code].why) == (None, "not_cumulative")
    assert found["3.4.1"].value == 95


def test_satisfaction_that_an_office_gave_for_its_commune_is_not_weighed_over_the_year(engine):
    """To build 1 and 4: one office leads the figure, it is the commune's as it stands; nothing weighs two of them."""
    for code, share in (("2026-H1", "94.6"), ("2026-Q3", "94")):
        _send(engine, "10993-VHXH", code, {"1.4.1b": 100, "1.4.3": share})
        _send(engine, "10993-HCC", code, {"3.6.1": share})
    found = _compare(engine, "2026-Q3", "10993")
    for indicator in ("1.4.3", "3.6.1"):
        year = found[indicator, "year_to_date"]
        assert (year.now.value, year.now.why) == (None, "unweighed")
        assert found[indicator, "previous"].change == Decimal("-0.6")
    assert found["1.4.1b", "year_to_date"].now.value == 200


def test_a_part_that_is_missing_makes_no_year(engine):
    _send(engine, A, "2026-H1", {"3.4.5": 80})
    _send(engine, A, "2026-Q3", {"3.4.5": 40, "7.2.1": 3, "7.2.2": 3})
    found = _compare(engine, "2026-Q3")
    assert found["7.2.1", "year_to_date"].now.value is None
    assert (found["7.2.1", "year_to_date"].now.why, found["7.2.1", "previous"].reasons) == ("no_part", ("no_before",))


def test_done_by_some_is_never_set_against_the_plans_of_others(engine):
    """Domain 2.6, rule 1: 6.1.3 of the year so far has the plans of Q3 below, so the same units must stand above."""
    plan = {"6.1.1": 1000, "1.3.2": 9, "1.3.3": 1, "1.3.5": 0, "7.2.1": 100, "7.2.2": 90}
    _send(engine, A, "2026-H1", plan | {"6.1.2": 500})
    _send(engine, B, "2026-H1", plan | {"6.1.2": 400})
    _send(engine, A, "2026-Q3", plan | {"6.1.2": 200})
    half_told = _compare(engine, "2026-Q3")
    # 500 + 400 + 200 of a plan of 1.000 would be 110 %
    assert (half_told["6.1.3", "year_to_date"].now.value, half_told["6.1.3", "year_to_date"].now.why) == (
        None,
        "parts_differ",
    )
    assert half_told["6.1.2", "year_to_date"].now.value == 1100  # what was paid is paid
    assert half_told["7.2.3", "year_to_date"].now.value == 90  # flows only: 270 of 300
    _send(engine, C, "2026-Q3", plan | {"6.1.2": 100})
    as_many = _compare(engine, "2026-Q3")  # two units then and two now, but not the same two
    assert as_many["6.1.3", "year_to_date"].now.value is None
    assert as_many["1.3.6", "year_to_date"].now.value is None


def test_a_ratio_moves_by_the_parts_of_its_units(engine):
    # then: A 50/100, B 90/100: 70 %; now: A 80/100, B 95/100: 87,5 %
    for unit, before, now in ((A, 50, 80), (B, 90, 95)):
        _send(engine, unit, "2026-H1", {"7.2.1": 100, "7.2.2": before})
        _send(engine, unit, "2026-Q3", {"7.2.1": 100, "7.2.2": now})
    _send(engine, C, "2026-Q3", {"7.2.1": 1000, "7.2.2": 0})  # only now: left out of like for like
    found = _compare(engine, "2026-Q3")["7.2.3", "previous"]
    assert found.now.value == (Decimal(17500) / 1200).quantize(Decimal("1e-10")) and found.before.value == 70
    alike = found.matched
    assert (alike.units, alike.left_out, alike.now, alike.before, alike.change) == (2, 1, Decimal("87.5"), 70, 17.5)
    assert [(u.unit, u.contribution) for u in alike.shown] == [(A, 15), (B, Decimal("2.5"))]
    assert sum(u.contribution for u in alike.shown) + alike.rest == alike.change


def test_coverage_that_differs_is_said(engine):
    units = [e.code for e in lineage.edges() if e.kind == "merge" and e.code.isdigit() and e.former_code[:2] == "10"]
    for number, unit in enumerate(dict.fromkeys(units)):
        if number < 12 and len(unit) == 5:
            _send(engine, unit, "2026-Q3", {"4.2.1": 1})
    _send(engine, A, "2026-H1", {"4.2.1": 1})
    assert "coverage" in _compare(engine, "2026-Q3")["4.2.1", "previous"].reasons


def test_a_sum_that_grew_by_who_reported_did_not_grow(engine):
    """Nobody's headcount moved; three units sent this time, two then: +22 on paper (domain 2.6, rule 4)."""
    for unit in (A, B):
        _send(engine, unit, "2026-H1", {"4.2.1": 20, "7.2.1": 100, "7.2.2": 90})
        _send(engine, unit, "2026-Q3", {"4.2.1": 20, "7.2.1": 100, "7.2.2": 90})
    same = _compare(engine, "2026-Q3")["4.2.1", "previous"]
    assert (same.comparable, same.change, same.notes) == (True, 0, ())
    _send(engine, C, "2026-Q3", {"4.2.1": 22, "7.2.1": 100, "7.2.2": 90})
    made = _assemble(engine, "2026-Q3")
    found = {(c.indicator, c.against): c for c in made.comparisons}
    more = found["4.2.1", "previous"]
    assert (more.comparable, more.reasons, more.change, more.matched.change) == (False, ("units",), 22, 0)
    assert found["7.2.3", "previous"].comparable  # a share is one of whoever reported
    facts, total = Facts(made), next(t for t in made.totals if t.indicator == "4.2.1")
    assert (total.value, total.previous, change(facts, total)) == (62, 40, "")


def test_one_of_many_that_is_missing_is_a_remark(engine):
    units = [u.code for u in catalogue_units.units_of("31", date(2026, 9, 14)) if len(u.code) == 5][:25]
    for number, unit in enumerate(units):
        _send(engine, unit, "2026-Q3", {"4.2.1": 21})
        if number:
            _send(engine, unit, "2026-H1", {"4.2.1": 20})
    found = _compare(engine, "2026-Q3")["4.2.1", "previous"]
    assert (found.comparable, found.change, found.notes) == (True, 45, ("few_units",))
    assert (found.matched.units, found.matched.left_out, found.matched.change) == (24, 1, 24)


def test_what_is_not_added_is_not_compared(engine):
    for code in ("2026-H1", "2026-Q3"):
        _send(engine, A, code, {"7.4.1a": 120, "1.5.1": 1})
    found = _compare(engine, "2026-Q3")
    assert found["7.4.1a", "previous"].reasons == ("shared",) and found["7.4.1a", "previous"].change is None
    assert found["1.5.1", "previous"].reasons == ("flag",)


@pytest.mark.parametrize(("code", "said"), [("2025-Q3", True), ("2026-Q3", False)])
def test_the_broken_window_is_told_in_its_own_report(engine, tmp_path, code, said):
    """Domain 2.2, consequence 5: 15/6 to 30/6/2025 are days of former units; nobody knows who told of them."""
    _send(engine, A, code, {"3.4.5": 10})
    made = _assemble(engine, code)
    words = "chưa rõ số liệu từ 15/06/2025 đến 30/06/2025 của các đơn vị cũ"
    report.write_docx(made, tmp_path / "a.docx")
    report.write_xlsx(made, tmp_path / "a.xlsx")
    assert any(words in p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs) is said
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for name in ("Tổng hợp", "3. Thủ tục hành chính"):
        lines = [str(book[name].cell(row, 1).value) for row in range(1, 9)]
        assert any(words in line for line in lines) is said


def test_nothing_before_nothing_to_compare(engine):
    _send(engine, A, "2026-Q3", {"3.4.5": 10})
    made = _assemble(engine, "2026-Q3")
    assert (made.comparisons, made.series, made.timeliness, made.earlier) == ((), (), (), ())


def test_history_of_former_units_is_restated_onto_the_present_ones(engine):
    """2026-H1 beside 2025-H1: Thái Hòa and Thái Minh (Bình Giang) became Thượng Hồng; Thái Hòa was divided."""
    formers = {e.former_code for e in lineage.edges() if e.code == A and e.weight and len(e.former_code) == 5}
    figures = {(unit, "3.4.5"): Decimal(10 + number) for number, unit in enumerate(sorted(formers))}
    put(engine, periods.parse("2025-H1"), figures | {("10507", "3.4.5"): Decimal(7)})
    _send(engine, A, "2026-H1", {"3.4.5": 500})
    _send(engine, B, "2026-H1", {"3.4.5": 9})  # only one of its four former units gave a figure
    made = _assemble(engine, "2026-H1")
    alike = next(c for c in made.comparisons if (c.indicator, c.against) == ("3.4.5", "same_period")).matched
    assert (alike.units, alike.left_out, alike.restated, alike.split) == (1, 1, True, True)
    assert (alike.now, alike.before) == (500, sum(v for (unit, _), v in figures.items()))
    assert {s.former for s in made.shares if s.unit == A and s.weight} == formers
    assert {f.unit for e in made.earlier for f in e.files} >= formers


@pytest.mark.parametrize(("missing", "value", "why"), [((), 350, ""), (("30",), None, "no_former")])
def test_a_merged_province_is_the_sum_of_those_that_made_it(engine, missing, value, why):
    from cchc import load
    from cchc.store.tables import obligation

    period = periods.parse("2024-Q3")
    load.ensure_period(engine, period)
    with engine.begin() as connection:
        connection.execute(obligation.delete().where(obligation.c.period_code == period.code))
        connection.execute(
            obligation.insert(),
            [
                {
                    "unit_code": code,
                    "period_code": period.code,
                    "authority": code,
                    "form": "authority",
                    "due_at": period.due_at,
                }
                for code in ("30", "31")
            ],
        )
    given = {"30": Decimal(100), "31": Decimal(250)}
    told = {(unit, "4.1.1"): v for unit, v in given.items() if unit not in missing}
    put(engine, period, told, LATER.replace(year=2024))
    from cchc.consolidate.past import Past

    with engine.connect() as connection:
        past = Past(connection, "31", date(2026, 9, 14), LATER)
        side = past.side(period, "4.1.1")
    assert (side.value, side.why) == (value, why)
    assert {p.authority for p in side.pieces} == (set() if missing else {"30", "31"})


def test_series_and_timeliness(engine):
    for code, value in (("2025-Q3", 5), ("2025-Y", 9), ("2026-Q3", 7)):
        _send(engine, A, code, {"3.4.5": value})
    made = _assemble(engine, "2026-Q3")
    points = next(s for s in made.series if s.indicator == "3.4.5").points
    assert [(p.period, p.as_reported, p.restated, p.reported) for p in points] == [
        ("2025-Q3", 5, 5, 1),
        ("2025-Y", 9, 9, 1),
        ("2026-Q3", 7, 7, 1),
    ]
    assert [(t.period, t.on_time) for t in made.timeliness] == [("2025-Q3", 1), ("2025-Y", 1), ("2026-Q3", 1)]
    assert {t.expected for t in made.timeliness} == {129}
