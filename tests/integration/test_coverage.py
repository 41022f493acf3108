"""Coverage by weight and carried stocks of a small city, computed by hand (domain 2.6, rule 4)."""

from datetime import datetime
from decimal import Decimal

from docx import Document

from cchc import consolidate, load, report
from cchc.catalogue import forms, periods, units
from cchc.model.submission import Judged, Verdict
from cchc.parse import read
from cchc.report.trace import Ledger, wrong
from tests.factories import arrive, reading, register

Q3 = periods.parse("2026-Q3")
BEFORE = datetime(2026, 6, 9, 9, 0, tzinfo=periods.ZONE)
IN_TIME = datetime(2026, 9, 8, 9, 0, tzinfo=periods.ZONE)
LATER = datetime(2026, 11, 1, tzinfo=periods.ZONE)
A, B, C = "10993", "10507", "10525"
COMMUNES = tuple(u.code for u in units.units_of("31", Q3.window_to) if u.form == "commune")


def _found(engine, **options):
    with engine.connect() as connection:
        return consolidate.assemble(connection, "31", Q3, LATER, **options)


def _weights(found):
    return {weight.indicator: weight for weight in found.coverage}


def _history(engine, figures):
    """Every commune reported before; what ``figures`` does not name was 10 everywhere."""
    base = {"3.4.1": 10, "4.2.1": 1, "4.2.2": 1}
    _arrive_all(engine, [reading(unit, "2026-H1", {**base, **figures.get(unit, {})}) for unit in COMMUNES])


def _arrive_all(engine, items):
    """The same as ``arrive`` for each, in one batch."""
    load.ensure_period(engine, periods.parse(items[0].period))
    for item in items:
        register(engine, item, BEFORE)
    load.promote(engine, [Judged(item, Verdict.ACCEPTED) for item in items])


def test_a_unit_weighs_its_last_known_value(engine):
    _history(engine, {A: {"3.4.1": 8870}})  # 113 others with 10 each: 10.000 in all
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 5}), IN_TIME)
    weight = _weights(_found(engine))["3.4.1"]
    assert (weight.share, weight.measure, weight.period) == (Decimal("88.7"), "3.4.1", "2026-H1")
    assert (weight.told, weight.whole, weight.unweighed) == (8870, 10000, 14)  # departments


def test_a_share_by_weight_walks_back_to_the_cells_that_weigh(engine, tmp_path):
    """Issue 4, item 9: 8.870 of 10.000 dossiers of the half-year, each told with its cell."""
    _history(engine, {A: {"3.4.1": 8870}})
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 5}), IN_TIME)
    report.write_xlsx(_found(engine), tmp_path / "city.xlsx")
    rows = Ledger(tmp_path / "city.xlsx").tables["figure"]
    row = next(row for row in rows if (row["code"], row["scope"]) == ("3.4.1", "weight"))
    found = report.trace(tmp_path / "city.xlsx", f"{row['sheet']}!{row['cell']}")
    assert (found["value"], found["check"]) == (88.7, {"recomputed": 88.7, "equals": True})
    sides = {role: [x for x in found["links"] if x["role"] == role] for role in ("numerator", "denominator")}
    assert [(x["scope"], x["value"], x["of"]) for x in sides["numerator"]] == [(A, 8870, "31/2026-H1")]
    assert {x["scope"] for x in sides["denominator"]} == set(COMMUNES)
    assert sum(x["value"] for x in sides["denominator"]) == 10000
    assert {cell["file_name"] for cell in found["contributions"]} == {f"{unit}_2026-H1.xlsx" for unit in COMMUNES}


def test_a_ratio_is_weighed_by_its_denominator(engine):
    _history(engine, {unit: {"7.2.1": 100, "7.2.2": 1} for unit in COMMUNES})
    arrive(engine, reading(A, "2026-Q3", {"7.2.1": 4, "7.2.2": 1}), IN_TIME)
    arrive(engine, reading(B, "2026-Q3", {"7.2.1": 4}), IN_TIME)  # half a ratio is no ratio
    weight = _weights(_found(engine))["7.2.3"]
    assert (weight.measure, weight.told, weight.whole) == ("7.2.1", 100, 100 * len(COMMUNES))


def test_a_flag_is_weighed_by_a_measure_of_size(engine):
    _history(engine, {A: {"4.2.1": 50, "1.5.1": 1}})
    arrive(engine, reading(A, "2026-Q3", {"1.5.1": 0}), IN_TIME)
    weight = _weights(_found(engine))["1.5.1"]
    assert (weight.measure, weight.told, weight.whole) == ("4.2.1", 50, 50 + len(COMMUNES) - 1)


def test_without_history_nothing_is_guessed(engine):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 5}), IN_TIME)
    found = _found(engine)
    assert _weights(found)["3.4.1"].share is None
    assert _weights(found)["3.4.5"].share == 0  # nobody reported it: nothing stands behind it


def test_too_few_known_weights_are_no_weights(engine):
    _arrive_all(engine, [reading(unit, "2026-H1", {"3.4.1": 10}) for unit in COMMUNES[:10]])
    arrive(engine, reading(COMMUNES[0], "2026-Q3", {"3.4.1": 5}), IN_TIME)
    assert _weights(_found(engine))["3.4.1"].share is None


def test_a_stock_is_carried_beside_the_total_and_a_flow_never(engine):
    arrive(engine, reading(A, "2026-H1", {"4.2.1": 40, "3.4.1": 900, "5.1.1a": 10, "5.1.1b": 4}), BEFORE)
    arrive(engine, reading(B, "2026-Q3", {"4.2.1": 60, "3.4.1": 100, "5.1.1a": 10, "5.1.1b": 10}), IN_TIME)
    plain, found = _found(engine), _found(engine, carry_forward=True)
    assert plain.totals == found.totals and plain.carried is None
    carried = {total.indicator: total for total in found.carried}
    assert (carried["4.2.1"].value, carried["4.2.1"].units) == (100, 1)
    assert [part.period for part in carried["4.2.1"].parts] == ["2026-H1"]
    assert (carried["5.1.1"].numerator, carried["5.1.1"].denominator, carried["5.1.1"].value) == (14, 20, 70)
    assert "3.4.1" not in carried


def test_nothing_is_carried_over_the_years_end(engine):
    first = periods.parse("2027-Q1")
    arrive(engine, reading(A, "2026-Y", {"4.2.1": 40}), datetime(2026, 12, 9, tzinfo=periods.ZONE))
    arrive(engine, reading(B, "2027-Q1", {"4.2.1": 1}), datetime(2027, 3, 9, tzinfo=periods.ZONE))
    with engine.connect() as connection:
        at = datetime(2027, 4, 1, tzinfo=periods.ZONE)
        assert consolidate.assemble(connection, "31", first, at, carry_forward=True).carried == ()


def test_carried_figures_walk_back_to_the_older_file(engine, tmp_path):
    arrive(engine, reading(A, "2026-H1", {"4.2.1": 40, "5.1.1a": 10, "5.1.1b": 4}), BEFORE)
    arrive(engine, reading(B, "2026-Q3", {"4.2.1": 60, "5.1.1a": 10, "5.1.1b": 10}), IN_TIME)
    report.write_xlsx(_found(engine, carry_forward=True), tmp_path / "city.xlsx")
    rows = [row for row in Ledger(tmp_path / "city.xlsx").tables["figure"] if row["scope"] == "carried"]
    answers = {row["code"]: report.trace(tmp_path / "city.xlsx", f"{row['sheet']}!{row['cell']}") for row in rows}
    assert {"4.2.1", "5.1.1"} <= answers.keys()
    assert all(answer["check"]["equals"] for answer in answers.values())
    assert answers["4.2.1"]["value"] == 100 and answers["5.1.1"]["value"] == 70
    older = [part for part in answers["4.2.1"]["contributions"] if part["unit"] == A]
    assert [(part["file_name"], part["value"]) for part in older] == [(f"{A}_2026-H1.xlsx", 40)]
    weighed = [row for row in Ledger(tmp_path / "city.xlsx").tables["figure"] if row["scope"] == "weight"]
    assert weighed and not wrong(Ledger(tmp_path / "city.xlsx"), weighed)


def test_the_option_is_another_edition(engine):
    arrive(engine, reading(B, "2026-Q3", {"4.2.1": 60}), IN_TIME)
    plain = _found(engine)
    with engine.begin() as connection:
        consolidate.register_edition(connection, plain, {}, 1)
    assert (_found(engine).edition, _found(engine, carry_forward=True).edition) == (1, 2)


def test_offices_of_a_district_weigh_as_one_unit(engine):
    """Issue 4, item 1: what five offices of thị xã Kinh Môn gave is one unit's, beside its communes (domain 1.6)."""
    h1, q1 = periods.parse("2023-H1"), "2023-Q1"
    communes = [u.code for u in units.units_of("292", h1.window_to) if u.form == "commune"]
    past = [reading(code, q1, {"3.4.1": 10, "1.1.2": 1, "1.1.1": 2}) for code in communes]
    offices = [reading("292-VP", q1, {"3.4.1": 780}), reading("292-NV", q1, {"1.1.2": 5, "1.1.1": 8})]
    _arrive_all(engine, [*past, *offices])
    arrive(engine, reading("292-VP", "2023-H1", {"3.4.1": 4}), IN_TIME)
    arrive(engine, reading("292-NV", "2023-H1", {"1.1.2": 5, "1.1.1": 8}), IN_TIME)
    arrive(engine, reading(communes[0], "2023-H1", {"3.4.1": 4}), IN_TIME)
    with engine.connect() as connection:
        found = consolidate.assemble(connection, "292", h1, LATER)
    weights, totals = _weights(found), {total.indicator: total for total in found.totals}
    assert len(communes) == 22
    assert (totals["3.4.1"].reported, totals["3.4.1"].expected) == (2, 23)
    assert (weights["3.4.1"].told, weights["3.4.1"].whole, weights["3.4.1"].unweighed) == (790, 1000, 0)
    assert weights["3.4.1"].share == 79
    assert (totals["1.1.3"].reported, totals["1.1.3"].expected) == (1, 23)
    assert (weights["1.1.3"].told, weights["1.1.3"].whole) == (8, 52)  # 8 of the town's own, 22 communes with 2 each


def test_an_annex_with_the_columns_of_coverage_reads_back_and_what_is_carried_is_in_no_figure(engine, tmp_path):
    """Domain 2.6, rule 4: carried figures stand in a column of their own; what is sent upward is what was reported."""
    commune = "10993"
    offices = [unit for unit in units.units_of(commune, Q3.window_to) if unit.kind == "office"]
    staff, desk = (next(u for u in offices if code in forms.form(u.form, "Q3").codes) for code in ("4.2.1", "3.4.1"))
    assert staff.code != desk.code
    arrive(engine, reading(staff.code, "2026-H1", {"4.2.1": 40}), BEFORE)
    arrive(engine, reading(desk.code, "2026-Q3", {"3.4.1": 100}), IN_TIME)
    with engine.connect() as connection:
        found = consolidate.assemble(connection, commune, Q3, LATER, carry_forward=True)
    assert {total.indicator: total.value for total in found.carried}["4.2.1"] == 40
    path = tmp_path / "annex.xlsx"
    report.write_xlsx(found, path)
    cells = [row for row in Ledger(path).tables["figure"] if row["code"] == "4.2.1"]
    assert {"carried"} <= {row["scope"] for row in cells}
    annex = read(path.read_bytes(), path.name)
    assert (annex.unit, annex.form, annex.issues) == (commune, "commune", ())
    said = {item.indicator: item.value for item in annex.observations if item.value is not None}
    assert said == {"3.4.1": 100}


def test_the_document_says_how_much_those_who_reported_weigh(engine, tmp_path):
    _history(engine, {A: {"3.4.1": 8870}})
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 5}), IN_TIME)
    path = tmp_path / "city.docx"
    report.write_docx(_found(engine), path)
    said = " ".join("".join(p.text.split("\n")) for p in Document(str(path)).paragraphs)
    assert (
        "Tính theo số hồ sơ tiếp nhận tại báo cáo 6 tháng đầu năm 2026 (mã 3.4.1), các đơn vị có số liệu hồ sơ kỳ này "
        "chiếm 88,7% của tất cả đơn vị phải báo cáo chỉ tiêu đó (14 đơn vị chưa có số liệu tại báo cáo đó nên không "
        "được tính)."
    ) in said
    rows = [row for row in Ledger(path).tables["figure"] if row["scope"] == "weight"]
    assert [row["code"] for row in rows] == ["3.4.1"] and not wrong(Ledger(path), rows)


def test_without_a_known_weight_the_document_says_nothing_of_it(engine, tmp_path):
    arrive(engine, reading(A, "2026-Q3", {"3.4.1": 5}), IN_TIME)
    report.write_docx(_found(engine), tmp_path / "city.docx")
    assert not any("Tính theo số" in p.text for p in Document(str(tmp_path / "city.docx")).paragraphs)
