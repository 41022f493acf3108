"""Special rules as they are printed: sheet, document, and the way back from each figure to its register or report."""

import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from cchc import report
from cchc.catalogue.periods import ZONE
from cchc.report.ledger import Ledger
from cchc.report.sheet_special import decimals
from cchc.report.trace import wrong
from tests.consolidations import consolidation
from tests.specials import material, register, rules

SHEET = "Nghĩa vụ đặc thù"
A, B = "10507", "10525"
NAMES = {A: "Phường A", B: "Phường B"}
ENTRIES = {
    "ratings": [{"unit_code": A, "rating": "good"}, {"unit_code": B, "rating": "failed"}],
    "scores": [
        {"unit_code": A, "area": "3", "appraised": "14.999999", "maximum": "20"},
        {"unit_code": A, "area": "7", "appraised": "18", "maximum": "20"},
    ],
    "remediation": [{"unit_code": B, "plan_on": "2023-04-16", "review_on": "2023-04-14"}],
    "breakthrough": [
        {"unit_code": A, "description": "=HYPERLINK(1)", "registered_on": "2023-04-10"},
        {"unit_code": A, "description": "Việc hai", "registered_on": "2023-04-11"},
    ],
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("special")
    plain = consolidation("31", "2026-Y", of=("31", A, B))
    figure = next(c for c in plain.contributions if (c.unit, c.indicator) == (A, "1.7.3"))
    given = material(
        "292",
        "2023-Y",
        register("292", 2023, ENTRIES),
        figures={A: {"1.7.3": figure.value + 5}},
        names=NAMES,
        as_of=datetime(2024, 1, 5, tzinfo=ZONE),
    )
    changed = tuple(
        replace(c, value=figure.value + 5) if (c.unit, c.indicator) == (A, "1.7.3") else c for c in plain.contributions
    )
    told = replace(plain, special=tuple(rules(given).values()), contributions=changed)
    report.write_xlsx(told, folder / "so.xlsx")
    report.write_docx(told, folder / "so.docx")
    return folder


def _rows(folder):
    sheet = openpyxl.load_workbook(folder / "so.xlsx")[SHEET]
    return {(row[1].value, row[3].value): row for row in sheet.iter_rows() if row[1].value and row[3].value}


def _trace(folder, cell):
    return report.trace(folder / "so.xlsx", f"{SHEET}!{cell}")


def test_a_share_walks_back_to_both_cells_of_the_register(printed):
    row = _rows(printed)[A, "Lĩnh vực 3: điểm đạt được so với điểm tối đa"]
    assert row[4].value == "Phải khắc phục"
    assert row[7].number_format.count("0", row[7].number_format.index(".")) >= 6  # 74,999995 does not read as 75
    told = _trace(printed, row[7].coordinate)
    assert told["check"]["equals"] and told["value"] == pytest.approx(74.999995)
    assert [link["value"] for link in told["links"]] == [14.999999, 20]
    assert "so-theo-doi.xlsx" in told["links"][0]["source"] and "Điểm Chỉ số CCHC!F6" in told["links"][0]["source"]


def test_a_standing_walks_back_to_the_lines_it_rests_on(printed):
    row = _rows(printed)[B, "Kế hoạch khắc phục, báo cáo kiểm điểm"]
    assert (row[4].value, row[5].value, row[6].value) == ("Nộp muộn", "14/04/2023", "16/04/2023")
    told = _trace(printed, row[4].coordinate)
    assert [link["source"].rpartition("ô ")[2] for link in told["links"]] == [
        "Khắc phục hạn chế!E6: “2023-04-16”",
        "Khắc phục hạn chế!G6: “2023-04-14”",
    ]


def test_a_count_and_the_figure_beside_it_walk_back_each_to_its_own(printed):
    row = _rows(printed)[A, "Số đã đăng ký trong sổ và số đã báo cáo (1.7.3)"]
    counted, reported = (_trace(printed, row[place].coordinate) for place in (7, 8))
    assert (counted["value"], len(counted["links"]), counted["check"]["equals"]) == (2, 2, True)
    assert reported["check"]["equals"] and reported["contributions"][0]["unit"] == A


def test_every_figure_of_the_sheet_is_sound(printed):
    ledger = Ledger(printed / "so.xlsx")
    mine = [row for row in ledger.tables["figure"] if row["sheet"] == SHEET]
    assert len(mine) > 5 and not wrong(ledger, mine)


def test_text_of_a_register_is_no_formula(printed):
    cell = _rows(printed)[A, "=HYPERLINK(1)"][3]
    assert cell.data_type == "s"


def test_the_document_says_it_and_lists_what_is_to_be_chased(printed):
    with zipfile.ZipFile(printed / "so.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert "có 2 đơn vị phải khắc phục trong 2 đơn vị đã xét" in text
    assert "DANH SÁCH CẦN ĐÔN ĐỐC" in text and "muộn 2 ngày" in text


def test_without_special_rules_there_is_no_sheet(tmp_path):
    report.write_xlsx(consolidation("31", "2026-Q3", of=("31", A)), tmp_path / "a.xlsx")
    assert SHEET not in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


@pytest.mark.parametrize(("value", "places"), [("75", 2), ("74.9", 2), ("74.996", 3), ("74.9999999999", 10)])
def test_decimals_enough_to_tell_it_from_the_threshold(value, places):
    from cchc.model.special import SpecialItem

    assert decimals(SpecialItem("", "", "", "met", value=Decimal(value), expected=Decimal(75))) == places
