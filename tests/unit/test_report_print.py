"""What a printer, a file manager and a reader's eye need of the workbook: paper, headings, properties, colours."""

import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pytest

from cchc import report
from cchc.catalogue import periods
from cchc.catalogue.regimes import Target
from cchc.consolidate.targets import judge
from tests.consolidations import consolidation

FEW = ("31", "31-SNV", "10507", "10525", "10993")
PORTRAIT = ("Bìa", "Nguồn số liệu")
UNFROZEN = ("Bìa", "Nguồn số liệu", "Tổng hợp")
THRESHOLD = Decimal("70.5")


@pytest.fixture(scope="module")
def small():
    found = consolidation(of=FEW, absent=("10993",))
    clause = Target("7.3.5", ">=", THRESHOLD, "mục 1, văn bản thử", "xã")
    return replace(found, targets=judge(found, [clause], "tỉnh", periods.parse(found.period)))


@pytest.fixture(scope="module")
def path(small, tmp_path_factory):
    found = tmp_path_factory.mktemp("print") / "a.xlsx"
    report.write_xlsx(small, found)
    return found


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def _visible(book):
    return [sheet for sheet in book if sheet.sheet_state == "visible"]


def test_every_sheet_is_a4_with_page_numbers_and_its_body(book):
    for sheet in _visible(book):
        setup = sheet.page_setup
        assert setup.paperSize == 9, sheet.title
        assert setup.orientation == ("portrait" if sheet.title in PORTRAIT else "landscape"), sheet.title
        assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text, sheet.title
        assert "Sở Nội vụ thành phố Hải Phòng" in sheet.oddFooter.left.text, sheet.title


def test_every_sheet_is_one_page_wide_or_says_where_it_breaks(book):
    for sheet in _visible(book):
        fits = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert fits or 10 <= (sheet.page_setup.scale or 0) < 100, sheet.title


def test_tables_keep_their_headings_on_screen_and_on_every_page(book):
    for sheet in _visible(book):
        assert bool(sheet.freeze_panes) or sheet.title in UNFROZEN, sheet.title
    repeated = {sheet.title for sheet in _visible(book) if sheet.print_title_rows}
    annexes = [sheet.title for sheet in _visible(book) if sheet.title[:1].isdigit()]
    assert repeated >= {*annexes, "Mục tiêu", "Theo đơn vị", "Tình hình nộp", "Lỗi và cảnh báo", "Thuyết minh đơn vị"}


def _rules(sheet):
    return {
        str(area.sqref): [formula for rule in rules for formula in rule.formula]
        for area, rules in sheet.conditional_formatting._cf_rules.items()
    }


def test_units_that_sent_nothing_or_miss_their_target_are_coloured(book, small):
    sheet = book["Theo đơn vị"]
    rules = _rules(sheet)
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "TT")
    codes = {cell.value: cell.column_letter for cell in sheet[head]}
    rows = {sheet.cell(row, 2).value: row for row in range(head + 1, sheet.max_row + 1)}
    whole = f"A{head + 1}:E{max(rows.values())}"
    assert f'$E{head + 1}="Chưa nộp"' in rules[whole] and f'$E{head + 1}="Nộp muộn"' in rules[whole]
    column, first = codes["7.3.5"], rows["10507"]
    area = f"{column}{first}:{column}{rows['10525']}"
    assert rules[area] == [f"AND(ISNUMBER({column}{first}),{column}{first}<70.5)"]
    judged = {unit.body: unit.state.value for unit in small.targets[0].units}
    for unit in ("10507", "10525"):
        assert (sheet[f"{column}{rows[unit]}"].value < float(THRESHOLD)) == (judged[unit] == "not_met")
    assert {judged["10507"], judged["10525"]} == {"met", "not_met"}


def test_what_became_of_targets_is_coloured(book):
    told = {formula for formulas in _rules(book["Mục tiêu"]).values() for formula in formulas}
    assert {'"Đạt"', '"Chưa đạt"'} <= told


def test_properties_name_title_subject_body_and_the_moment_of_the_data(book, small, path, tmp_path):
    report.write_docx(small, tmp_path / "a.docx")
    written = docx.Document(str(tmp_path / "a.docx")).core_properties
    for about in (book.properties, written):
        assert about.title and (getattr(about, "creator", None) or about.author) == "Sở Nội vụ thành phố Hải Phòng"
        assert about.subject == "Cải cách hành chính quý III năm 2026, thành phố Hải Phòng"
        assert about.created.replace(tzinfo=None).isoformat() == "2026-09-14T09:05:00"  # 16:05 in Hà Nội
    for file in (path, tmp_path / "a.docx"):
        with zipfile.ZipFile(file) as archive:
            assert "<Company>Sở Nội vụ thành phố Hải Phòng</Company>" in archive.read("docProps/app.xml").decode()
