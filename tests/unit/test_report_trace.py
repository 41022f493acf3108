"""From every printed figure back to its cells."""

import sys
from decimal import Decimal

import openpyxl
import pytest

from cchc import report
from cchc.catalogue.indicators import areas, by_code
from cchc.catalogue.periods import parse
from cchc.report.trace import Ledger, document, trace
from tests.consolidations import consolidation, digest

ABSENT = ("10993", "10507")


@pytest.fixture(scope="module")
def city():
    return consolidation(absent=ABSENT)


@pytest.fixture(scope="module")
def workbook(city, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "city.xlsx"
    report.write_xlsx(city, path)
    return path


def _address(workbook, code, scope="total"):
    rows = [row for row in Ledger(workbook).tables["figure"] if (row["code"], row["scope"]) == (code, scope)]
    return f"{rows[-1]['sheet']}!{rows[-1]['cell']}"


def test_every_figure_of_every_annex_is_made_anew_from_its_cells(workbook, city):
    ledger = Ledger(workbook)
    figures = [row for row in ledger.tables["figure"] if row["scope"] != "previous"]
    assert len({row["code"] for row in figures}) == len(city.totals) > 190
    wrong = [row for row in figures if not document(ledger, row)["check"]["equals"]]
    assert not wrong


def test_a_sum_is_the_sum_of_what_it_names(workbook, city):
    found = trace(workbook, _address(workbook, "3.4.1"))
    total = next(t for t in city.totals if t.indicator == "3.4.1")
    assert sum(item["value"] for item in found["contributions"]) == found["value"] == total.value
    assert len(found["contributions"]) == total.reported
    assert {item["sha256"] for item in found["contributions"]} <= {row.sha256 for row in city.statuses}
    assert found["check"] == {"recomputed": found["value"], "equals": True}


def test_a_unit_that_sent_nothing_is_in_no_figure(workbook):
    found = trace(workbook, _address(workbook, "3.4.1"))
    assert not {item["unit"] for item in found["contributions"]} & set(ABSENT)


def test_a_ratio_names_numerators_and_denominators(workbook):
    found = trace(workbook, _address(workbook, "1.3.6"))
    sides = {
        role: sum(Decimal(str(c["value"])) * c["sign"] for c in found["contributions"] if c["role"] == role)
        for role in ("numerator", "denominator")
    }
    assert found["value"] == pytest.approx(float(100 * sides["numerator"] / sides["denominator"]))
    assert (found["numerator"], found["denominator"]) == (sides["numerator"], sides["denominator"])
    assert found["check"]["equals"]


def test_units_that_reached_the_whole_are_counted_from_both_cells(workbook, city):
    total = next(t for t in city.totals if t.indicator == "3.1.7b")
    found = trace(workbook, _address(workbook, "3.1.7b"))
    sides = [{c["unit"]: c for c in found["contributions"] if c["role"] == role} for role in ("part", "whole")]
    assert {c["indicator"] for c in sides[0].values()} == {"3.1.7b"}
    assert {c["indicator"] for c in sides[1].values()} == {"3.1.7a"}
    assert sides[0].keys() == sides[1].keys() and len(sides[0]) == total.reported
    reached = sum(sides[0][unit]["value"] == sides[1][unit]["value"] for unit in sides[0])
    assert 0 < reached < total.reported
    assert found["value"] == reached and found["check"] == {"recomputed": reached, "equals": True}
    assert (found["uom"], found["text"]) == ("đơn vị", "Số đơn vị niêm yết đầy đủ")


def test_a_units_own_part_is_what_it_gave(workbook, city):
    rows = [row for row in Ledger(workbook).tables["column"] if row["code"] == "3.1.7b"]
    place = next(row["row"] for row in Ledger(workbook).tables["row"] if row["unit"] == "31-SNV")
    found = trace(workbook, f"Theo đơn vị!{rows[0]['column']}{place}")
    given = next(c.value for c in city.contributions if (c.indicator, c.unit) == ("3.1.7b", "31-SNV"))
    assert (found["value"], found["uom"], found["method_id"]) == (given, "TTHC", "reported")


def test_satisfaction_names_ballots_as_its_weight(workbook):
    found = trace(workbook, _address(workbook, "1.4.3"))
    assert {(c["role"], c["indicator"]) for c in found["contributions"]} == {("value", "1.4.3"), ("weight", "1.4.1b")}


def test_a_tier_takes_its_own_units_only(workbook):
    found = trace(workbook, _address(workbook, "3.4.1", "department"))
    assert found["contributions"] and all(c["unit"].startswith("31-") for c in found["contributions"])
    assert sum(c["value"] for c in found["contributions"]) == found["value"]


def test_a_units_own_figure_in_the_grid(workbook):
    sheet = openpyxl.load_workbook(workbook)["Theo đơn vị"]
    heads = next(row for row in sheet.iter_rows() if row[1].value == "Mã đơn vị")
    column = next(cell.column_letter for cell in heads if cell.value == "3.4.12")
    row = next(cell.row for cell in sheet["B"] if cell.value == "10525")
    found = trace(workbook, f"Theo đơn vị!{column}{row}")
    assert found["value"] == pytest.approx(sheet[f"{column}{row}"].value)
    assert {c["indicator"] for c in found["contributions"]} == {"3.4.5", "3.4.6", "3.4.7"}
    assert {c["sha256"] for c in found["contributions"]} == {digest("10525")}


def test_a_key_figure_of_the_summary(workbook):
    rows = [row for row in Ledger(workbook).tables["figure"] if row["sheet"] == "Tổng hợp" and row["scope"] == "total"]
    found = trace(workbook, f"'Tổng hợp'!${rows[0]['cell'][0]}${rows[0]['cell'][1:]}")
    assert found["indicator"] == rows[0]["code"] and found["check"]["equals"]


def test_a_figure_that_could_not_be_made_says_why(workbook):
    found = trace(workbook, _address(workbook, "7.3.3"))
    assert found["value"] is None and "mã TTHC" in found["text"] and found["contributions"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("3. Thủ tục hành chính!C12", "không phải là một số liệu"),
        ("3. Thủ tục hành chính!E1", "không phải là một số liệu"),
        ("Không có!E12", "không có trang"),
        ("E12", "Địa chỉ ô không đúng"),
    ],
)
def test_what_is_no_figure_is_refused_in_vietnamese(workbook, address, words):
    with pytest.raises(ValueError, match=words):
        trace(workbook, address)


def test_a_figure_of_the_period_before_points_to_that_report(workbook):
    with pytest.raises(ValueError, match=parse("2026-H1").label):
        trace(workbook, _address(workbook, "3.4.1", "previous"))


def test_a_file_that_is_no_report_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    book.create_sheet("_nguon")["A1"] = "của chương trình khác"
    book.save(tmp_path / "alike.xlsx")
    book["_nguon"].delete_rows(1)
    book.save(tmp_path / "hollow.xlsx")
    (tmp_path / "text.xlsx").write_text("xin chào")
    (tmp_path / "empty.xlsx").touch()
    for name in ("other.xlsx", "alike.xlsx", "hollow.xlsx", "text.xlsx", "empty.xlsx"):
        with pytest.raises(ValueError, match="không phải báo cáo tổng hợp"):
            trace(tmp_path / name, "A!A1")


def test_a_file_that_is_not_there_is_said_in_vietnamese(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    for name in ("nope.xlsx", "folder.xlsx"):
        with pytest.raises(ValueError, match=f"^Không tìm thấy tệp {name}.$"):
            trace(tmp_path / name, "A!A1")


def test_a_file_that_may_not_be_read_is_said_in_vietnamese(workbook, monkeypatch):
    class Refusing:
        @staticmethod
        def from_path(_):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sys.modules[Ledger.__module__], "CalamineWorkbook", Refusing)
    with pytest.raises(ValueError, match=f"^Không đọc được tệp {workbook.name}"):
        trace(workbook, "A!A1")


def test_codes_keep_their_last_zero(workbook):
    assert by_code()["3.4.10"].code in Ledger(workbook).indicators
    found = trace(workbook, _address(workbook, "3.4.10"))
    assert found["indicator"] == "3.4.10" and found["sheet"] == areas()[3]["sheet"]
