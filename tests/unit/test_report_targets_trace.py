"""Distances, standings, places and counts of targets walk back to the units' cells."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from cchc import report
from cchc.catalogue import periods, regimes
from cchc.consolidate.targets import judge
from cchc.model.target import TargetState
from cchc.report.trace import Ledger, document, trace, wrong
from tests.consolidations import consolidation

ABSENT = ("10993", "10507")
BY_UNIT, ALL = "Mục tiêu theo đơn vị", "Mục tiêu"


@pytest.fixture(scope="module")
def city():
    return consolidation(absent=ABSENT)


@pytest.fixture(scope="module")
def workbook(city, tmp_path_factory):
    path = tmp_path_factory.mktemp("targets") / "city.xlsx"
    report.write_xlsx(city, path)
    return path


def _result(city, code):
    return next(result for result in city.targets if result.judged and result.target.indicator == code)


def _figures(city, result):
    """Figures by unit, of those that the threshold binds, from the cells."""
    bound, code = {unit.body for unit in result.units}, result.target.indicator
    given = {item.unit: item.value for item in city.contributions if item.indicator == code}
    return {unit: Fraction(value) for unit, value in given.items() if value is not None and unit in bound}


def _place(workbook, unit, number, what):
    """Address of a unit's cell in the ``number``-th clause's columns."""
    sheet = openpyxl.load_workbook(workbook, read_only=True)[BY_UNIT]
    row = next(place for place, row in enumerate(sheet.iter_rows(values_only=True), start=1) if row[1] == unit)
    column = 4 + 4 * number + ("value", "distance", "state", "rank").index(what)
    return f"{BY_UNIT}!{openpyxl.utils.get_column_letter(column)}{row}"


def test_every_cell_with_a_figure_on_both_sheets_can_be_traced(city, workbook):
    """Issue 4, item 9: from every figure. Texts that no figure stands behind ("Chưa có số liệu") are no figures."""
    book, ledger = openpyxl.load_workbook(workbook), Ledger(workbook)
    numbers = {
        (name, cell.coordinate)
        for name in (ALL, BY_UNIT)
        for row in book[name].iter_rows(min_row=7)
        for cell in row
        if isinstance(cell.value, int | float)
    }
    counting = {
        (BY_UNIT, cell) for name, cell in numbers if name == BY_UNIT and cell.startswith("A") and cell[1:].isdigit()
    }
    numbers -= counting
    assert len(numbers) > 1000
    for sheet, cell in sorted(numbers):
        answer = document(ledger, ledger.figure(sheet, cell))
        assert answer["check"]["equals"], answer
        assert answer["value"] == pytest.approx(book[sheet][cell].value, abs=1e-9), (sheet, cell)


def test_a_place_is_one_more_than_the_units_with_a_better_figure(city, workbook):
    result = _result(city, "3.6.1")
    number = [r for r in city.targets if r.units].index(result)
    exact = _figures(city, result)
    for standing in [unit for unit in result.units if unit.rank][::17]:
        found = trace(workbook, _place(workbook, standing.body, number, "rank"))
        better = {unit for unit, value in exact.items() if value > exact[standing.body]}
        assert found["value"] == 1 + len(better) == standing.rank
        assert {link["scope"] for link in found["links"] if link["role"] == "better"} == better
        assert found["check"]["equals"] and found["method_id"] == "rank_of"


def test_a_distance_is_the_figure_less_the_threshold_of_the_clause(city, workbook):
    result = _result(city, "3.6.1")
    number = [r for r in city.targets if r.units].index(result)
    unit = next(unit for unit in result.units if unit.distance is not None)
    found = trace(workbook, _place(workbook, unit.body, number, "distance"))
    mine, bound = found["links"]
    assert (mine["scope"], mine["code"], bound["source"]) == (unit.body, "3.6.1", result.target.source)
    assert Decimal(str(found["value"])) == unit.value - 90 == unit.distance
    assert {cell["unit"] for cell in found["contributions"]} == {unit.body} and found["contributions"][0]["sha256"]
    said = trace(workbook, _place(workbook, unit.body, number, "state"))
    assert said["text"] in ("Đạt mức tham khảo", "Dưới mức tham khảo") and said["value"] == found["value"]


def test_a_unit_without_a_figure_has_nothing_to_trace(city, workbook):
    result = _result(city, "3.6.1")
    number = [r for r in city.targets if r.units].index(result)
    with pytest.raises(ValueError, match="không phải"):
        trace(workbook, _place(workbook, "10993", number, "rank"))
    assert trace(workbook, _place(workbook, "10993", number, "state"))["text"] == "Chưa có số liệu"


@pytest.mark.parametrize("state", list(TargetState)[:4])
def test_a_count_names_the_units_that_it_counts(city, workbook, state):
    ledger = Ledger(workbook)
    for result in city.targets:
        row = next(
            row
            for row in ledger.tables["figure"]
            if (row["code"], row["scope"]) == (result.target.indicator, state.value)
        )
        found = document(ledger, row)
        standing = {unit.body for unit in result.units if unit.state is state}
        assert {link["scope"] for link in found["links"]} == standing
        assert found["value"] == len(standing) and found["check"]["equals"]


def test_a_wrong_standing_in_the_file_is_seen(city, tmp_path):
    """A unit counted as having met what its cells do not give: the trace judges anew and says so."""
    result = _result(city, "3.6.1")
    fallen = next(unit for unit in result.units if unit.state is TargetState.NOT_MET)
    units = tuple(replace(u, state=TargetState.MET) if u is fallen else u for u in result.units)
    counts = replace(result.counts, met=result.counts.met + 1, not_met=result.counts.not_met - 1)
    lying = replace(result, units=units, counts=counts)
    forged = replace(city, targets=tuple(lying if r is result else r for r in city.targets))
    path = tmp_path / "forged.xlsx"
    report.write_xlsx(forged, path)
    ledger = Ledger(path)
    row = next(row for row in ledger.tables["figure"] if (row["code"], row["scope"]) == ("3.6.1", "met"))
    assert not document(ledger, row)["check"]["equals"]


def test_a_share_that_rounding_hides_walks_back_all_the_same():
    """1 of 3 beside a third to 10 decimals: the distance is what it is printed as."""
    from cchc.model.target import TargetStanding
    from cchc.report.arithmetic import combine
    from cchc.report.targets import distance_made
    from tests.targets import target

    close = TargetStanding("a", TargetState.NOT_MET, "", Decimal("90"), Decimal("-1e-10"))
    made = distance_made(target("3.6.1"), close, "a")
    assert combine(made.method, made.links) == Decimal("-1e-10") and len(made.links) == 3


def test_a_target_that_this_periods_forms_do_not_ask_about_can_be_traced_too(city, tmp_path):
    """1.b of 03/CT-UBND, 10% of procedures reviewed: no figure, nobody judged; the counts say so and walk back."""
    third = periods.parse("2026-Q3")
    yearly = next(t for t in regimes.targets_for("739", date(2023, 9, 30)) if t.id == "C6-xa")
    own = next(t for t in regimes.targets_for("739", date(2023, 9, 30)) if t.id == "C6-huyen")
    unasked = replace(city, targets=judge(city, [yearly, own], "huyện", third))
    assert not [total for total in unasked.totals if total.indicator == yearly.indicator]
    for write, name in ((report.write_xlsx, "a.xlsx"), (report.write_docx, "a.docx")):
        write(unasked, tmp_path / name)
        ledger = Ledger(tmp_path / name)
        rows = [row for row in (*ledger.tables["figure"], *ledger.grid()) if row["code"] == yearly.indicator]
        assert {row["scope"] for row in rows} >= {"not_applicable", "expected"}
        assert not wrong(ledger, rows)
