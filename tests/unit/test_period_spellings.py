"""A period is understood in every spelling, and nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest

from cchc.catalogue import periods
from cchc.catalogue.period_words import mentions
from cchc.catalogue.tables import rows
from cchc.parse.grid import Grid
from cchc.parse.titles import Title, of_another_period


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Quý III năm 2026", "2026-Q3"),
        ("quý III/2025", "2025-Q3"),
        ("Quý 3/2026", "2026-Q3"),
        ("QUÝ III – NĂM 2026", "2026-Q3"),
        ("Quí 3 năm 2026", "2026-Q3"),
        ("Quý ba năm 2026", "2026-Q3"),
        ("Q3.2026", "2026-Q3"),
        ("Q3/26", "2026-Q3"),
        ("QIII-2026", "2026-Q3"),
        ("Q.III năm 2026", "2026-Q3"),
        ("2026-q3", "2026-Q3"),
        ("2026Q3", "2026-Q3"),
        ("2026_quy_3", "2026-Q3"),
        ("Báo cáo CCHC quý I năm 2026 của xã Thượng Hồng", "2026-Q1"),
        ("Quý II năm 2026", "2026-H1"),
        ("Quý IV/2026", "2026-Y"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("06 tháng đầu năm 2026", "2026-H1"),
        ("sáu tháng đầu năm 2026", "2026-H1"),
        ("6T đầu năm 2026", "2026-H1"),
        ("6 tháng năm 2026", "2026-H1"),
        ("2026-H1", "2026-H1"),
        ("năm 2026", "2026-Y"),
        ("Xã Thượng Hồng – năm 2026", "2026-Y"),
        ("Báo cáo năm 2026", "2026-Y"),
        ("Báo cáo kết quả cả năm 2026", "2026-Y"),
        ("2026-Y", "2026-Y"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_spelling_names_its_report(text, code, form):
    assert [period.code for period in periods.spoken(unicodedata.normalize(form, text))] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hải Phòng, ngày 10 tháng 9 năm 2026",
        "từ ngày 15/06/2026 đến hết ngày 14/09/2026",
        "Kế hoạch CCHC năm 2026",
        "Quy định 12/2026/QĐ-UBND",
        "quy trình 3 bước",
        "Quỹ đất năm 2026",
        "Phụ lục II",
        "xã Ba Đình",
        "LĨNH VỰC 3: CẢI CÁCH THỦ TỤC HÀNH CHÍNH",
        "Thông tư 01/2020/TT-VPCP",
        "tháng 9 tới",
    ],
)
def test_other_words_name_no_period(text):
    assert mentions(text) == ()


def test_what_the_regime_does_not_know_is_named_but_is_no_report():
    assert [(m.kind, m.year) for m in mentions("Báo cáo 9 tháng năm 2026")] == [("9M", 2026)]
    assert [(m.kind, m.year) for m in mentions("6 tháng cuối năm 2025")] == [("H2", 2025)]
    assert [(m.kind, m.year) for m in mentions("Báo cáo tháng 9/2026, T8/2026")] == [("M", 2026), ("M", 2026)]
    assert periods.spoken("9 tháng năm 2026, 6 tháng cuối năm 2026, tháng 9/2026") == ()


def test_a_year_is_never_made_up():
    assert periods.spoken("Quý III") == periods.spoken("Báo cáo năm") == ()
    assert [period.code for period in periods.spoken("Quý III", 2026)] == ["2026-Q3"]


def test_several_periods_are_told_in_their_order():
    told = periods.spoken("So với quý I năm 2026, quý III năm 2026 và 6 tháng đầu năm 2025; quý III/2026")
    assert [period.code for period in told] == ["2026-Q1", "2026-Q3", "2025-H1"]


def test_every_pattern_of_the_table_reads_its_example():
    for row in rows("period_spellings"):
        examples = [row["example"], f"{row['example']} 2026", f"{row['example']}2026", f"{row['example']} năm 2026"]
        assert any(row["kind"] in {m.kind for m in mentions(text)} for text in examples), row


def test_forms_that_we_issue_name_their_period():
    for period in periods.calendar(2025, 2027):
        for text in (period.label, period.label.upper(), f"Xã Thượng Hồng – {period.label}", period.code):
            assert periods.spoken(text) == (period,), text


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("Xã Thượng Hồng – quý III năm 2026", False),
        ("Xã Thượng Hồng – quý II năm 2026", True),
        ("Quý III năm 2025", True),
        ("Biểu số liệu 9 tháng", True),
        ("Quý III", False),
        ("Quý II và quý III năm 2026", False),
        ("Tháng 9/2026", False),
        ("Xã Thượng Hồng", False),
    ],
)
def test_a_title_names_another_period(text, another):
    assert periods.names_another(text, periods.parse("2026-Q3")) is another


def test_only_a_sheet_that_nowhere_names_its_period_is_of_another():
    q3 = periods.parse("2026-Q3")
    left_over = Grid("3. TTHC", False, [["", "LĨNH VỰC 3"], ["Xã Thượng Hồng – quý II năm 2026"]], 1, 0)
    assert of_another_period(left_over, q3) == (Title("Xã Thượng Hồng – quý II năm 2026", "A3"),)
    compared = Grid("3. TTHC", False, [["Quý III năm 2026"], ["so với quý II năm 2026"]], 0, 0)
    silent = Grid("3. TTHC", False, [["LĨNH VỰC 3"], [""] * 3, ["Quý II " * 60]], 0, 0)
    assert of_another_period(compared, q3) == of_another_period(silent, q3) == ()
