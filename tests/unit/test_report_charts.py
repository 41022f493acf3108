"""The sheet of charts: native charts over cells that walk back, and words where there is nothing to draw."""

import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from cchc import report
from cchc.model.comparison import Point, Series, Timeliness
from cchc.report.ledger import Ledger
from cchc.report.trace import document, wrong
from tests.consolidations import consolidation

FEW = ("31", "31-SNV", "10507", "10525", "10993")
CODE = "7.3.5"
SPAN = ("2025-Y", "2026-Q1", "2026-H1", "2026-Q3")
SHARES = (Decimal("61.5"), None, Decimal("64.25"))


@pytest.fixture(scope="module")
def small():
    """A quarter with three periods before it, of which one gave no figure, and one that is restated."""
    found = consolidation(of=FEW)
    own = next(total for total in found.totals if total.indicator == CODE)
    points = [Point(p, value, value, 4, 5) for p, value in zip(SPAN, SHARES, strict=False)]
    points[0] = replace(points[0], restated=Decimal(60))
    now = Point(SPAN[3], own.value, None, own.reported, own.expected)
    told = tuple(Timeliness(period, 4, 5) for period in SPAN)
    return replace(found, series=(Series(CODE, (*points, now)),), timeliness=told)


@pytest.fixture(scope="module")
def path(small, tmp_path_factory):
    found = tmp_path_factory.mktemp("charts") / "a.xlsx"
    report.write_xlsx(small, found)
    return found


@pytest.fixture(scope="module")
def sheet(path):
    return openpyxl.load_workbook(path)["Biểu đồ"]


def _charts(path):
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        return [archive.read(name).decode() for name in names]


def _drawn(sheet, xml):
    """Cells and kept numbers of each series of a chart."""
    for series in re.findall(r"<c:ser>.*?</c:ser>", xml, re.S):
        values = re.search(r"<c:val>.*?<c:f>'([^']+)'!([^<]+)</c:f>(.*?)</c:val>", series, re.S)
        assert values[1] == sheet.title
        left, top, right, bottom = range_boundaries(values[2].replace("$", ""))
        cells = [sheet.cell(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        count = int(re.search(r'<c:ptCount val="([0-9]+)"', values[3])[1])
        kept = {int(n): float(v) for n, v in re.findall(r'<c:pt idx="([0-9]+)"><c:v>([^<]+)</c:v>', values[3])}
        assert count == len(cells)
        yield cells, kept


def test_each_chart_draws_the_cells_of_its_sheet(path, sheet):
    charts = _charts(path)
    assert len(charts) == 3
    for xml in charts:
        for cells, kept in _drawn(sheet, xml):
            assert {n: cell.value for n, cell in enumerate(cells) if cell.value is not None} == kept and kept


def test_a_period_without_a_figure_is_a_gap_and_no_zero(path, sheet):
    cells, kept = next(_drawn(sheet, _charts(path)[0]))
    assert [cell.value for cell in cells][:3] == [61.5, None, 64.25] and 1 not in kept
    assert '<c:dispBlanksAs val="gap"/>' in _charts(path)[0] or "dispBlanksAs" not in _charts(path)[0]


def test_a_restated_figure_has_a_line_of_its_own(path, sheet):
    lines = list(_drawn(sheet, _charts(path)[0]))
    assert [cells[0].value for cells, _ in lines] == [61.5, 60]


def test_every_drawn_cell_walks_back(path, sheet):
    ledger = Ledger(path)
    known = {row["cell"] for row in ledger.tables["figure"] if row["sheet"] == sheet.title}
    drawn = {cell.coordinate for xml in _charts(path) for cells, _ in _drawn(sheet, xml) for cell in cells}
    assert {c for c in drawn if sheet[c].value is not None} <= known
    # What is restated rests on cells that only a warehouse holds: tests/integration/test_report_over_time.py.
    mine = [row for row in ledger.tables["figure"] if row["sheet"] == sheet.title and row["scope"] != "restated"]
    assert len(mine) > 10 and not wrong(ledger, mine)


def test_reports_on_time_are_a_share_of_those_owed(path):
    ledger = Ledger(path)
    share = next(row for row in ledger.tables["figure"] if row["scope"] == "on_time" and row["value"].startswith("80"))
    told = document(ledger, share)
    assert told["value"] == 80 and [(x["role"], x["value"]) for x in told["links"]] == [
        ("numerator", 4),
        ("denominator", 5),
    ]
    assert told["links"][0]["source"] == (
        "Sổ theo dõi nộp báo cáo năm 2025: bản được chấp nhận đầu tiên nhận trước hạn"
    )


def test_one_period_draws_no_empty_chart_and_says_so(tmp_path):
    report.write_xlsx(consolidation(of=FEW), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Biểu đồ"]
    assert "mới có số liệu của một kỳ" in " ".join(str(c.value) for row in sheet.iter_rows() for c in row)
    assert len(_charts(tmp_path / "a.xlsx")) == 1


def test_nothing_to_draw_is_told_and_draws_nothing(tmp_path):
    report.write_xlsx(replace(consolidation(of=FEW), targets=()), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Biểu đồ"]
    told = " ".join(str(c.value) for row in sheet.iter_rows() for c in row)
    assert "Chưa vẽ biểu đồ khoảng cách đến mục tiêu" in told and not _charts(tmp_path / "a.xlsx")
