"""What changed since the edition before, as people read it: sheet, document, and each figure back to its cells."""

from datetime import datetime, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc import steps
from cchc.catalogue import periods, units
from cchc.report import edition as writing
from cchc.report.trace import Ledger, document
from tests.factories import arrive, reading

Q3 = "2026-Q3"
A, B, C, D = "10993", "10507", "10525", "11948"
FIRST = datetime(2026, 9, 8, 9, 0, tzinfo=periods.ZONE)
ASKED = datetime(2026, 9, 20, 8, 0, tzinfo=periods.ZONE)
PLAIN = {"3.4.1": 100, "3.4.5": 1000, "3.4.6": 500, "3.4.7": 470, "1.4.3": "95", "1.4.1b": 200, "3.4.14a": 100}
SHEET = "Thay đổi"


@pytest.fixture(autouse=True)
def no_office(monkeypatch):
    """Conversion has tests of its own."""
    monkeypatch.setattr(writing, "write_pdf", lambda *_: None)


@pytest.fixture
def city(engine):
    """Three communes whose reports came in time."""
    for unit in (A, B, C):
        arrive(engine, reading(unit, Q3, PLAIN), FIRST)
    return engine


def correct(engine, unit, days=1, **moved):
    """A further version of a unit's report in which some cells say otherwise."""
    figures = PLAIN | {code.replace("_", "."): value for code, value in moved.items()}
    arrive(engine, reading(unit, Q3, figures), FIRST + timedelta(days=days))


def consolidate(as_of=ASKED):
    return steps.consolidate("31", Q3, as_of=as_of)


def rows_of(made):
    sheet = openpyxl.load_workbook(made["files"]["xlsx"])[SHEET]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True) if any(row)]


def words_of(made):
    return [paragraph.text for paragraph in docx.Document(made["files"]["docx"]).paragraphs]


def answers(made, kind="xlsx"):
    ledger = Ledger(Path(made["files"][kind]))
    return [document(ledger, row) for row in ledger.tables["figure"]]


def test_a_first_edition_has_no_such_sheet(city):
    made = consolidate()
    assert SHEET not in openpyxl.load_workbook(made["files"]["xlsx"]).sheetnames
    assert not [text for text in words_of(made) if "lần tổng hợp trước" in text]


def test_the_sheet_names_report_figure_cell_and_threshold(city):
    consolidate()
    correct(city, B, **{"3_4_6": 510})
    arrive(city, reading(D, Q3, {"3.4.1": 7}), FIRST + timedelta(days=3))
    made = consolidate()
    rows = rows_of(made)
    assert [row for row in rows if "Lần tổng hợp 2 thay cho dự thảo lần 1" in str(row[0])]
    causes = {row[1]: row for row in rows if row[1:2] and row[1] in (B, D) and len(row) > 6}
    assert causes[B][3] == "Tính bản gửi lần 2" and causes[B][4] == "09:00 09/09/2026"
    assert causes[D][3] == "Mới được tính (bản gửi lần 1)"
    (ratio,) = [row for row in rows if row[1:2] == ["3.4.12"] and "Toàn báo cáo" in row]
    assert ratio[5:8] == [97, pytest.approx(97.3333333333), pytest.approx(0.3333333333)]
    assert ratio[8] == ratio[9] == "3/128"
    assert ratio[10:] == ["Trọng yếu (từ 0,05 điểm %)", units.find(B, FIRST.date()).name]
    (cell,) = [row for row in rows if row[1:2] == ["3.4.6"] and 510 in row and "!" in str(row[-2])]
    assert cell[5:7] == [500, 510]


def test_former_figures_are_made_anew_from_the_cells_of_then(city):
    consolidate()
    correct(city, B, **{"3_4_6": 510, "1_4_3": "90"})
    arrive(city, reading(D, Q3, {"3.4.1": 7, "3.4.6": 1}), FIRST + timedelta(days=3))
    made = consolidate()
    for kind in ("xlsx", "docx"):
        told = answers(made, kind)
        assert not [answer for answer in told if not answer["check"]["equals"]]
        then = [a for a in told if a["scope"] == "total_before"]
        assert {a["indicator"] for a in then} >= {"3.4.1", "3.4.6", "3.4.12", "1.4.3"}
        for answer in then:
            assert answer["contributions"], answer
        before = next(a for a in then if a["indicator"] == "3.4.6")
        assert (before["value"], [c["value"] for c in before["contributions"]]) == (1500, [500, 500, 500])
        moved = next(a for a in told if (a["indicator"], a["scope"]) == ("3.4.6", "total_difference"))
        assert moved["value"] == 11


def test_a_correction_that_carries_figures_over_a_target_says_whose(city):
    """The share of dossiers followed in the information system, 100% for communes (39/QĐ-UBND xã Thượng Hồng, II.6)."""
    consolidate()
    correct(city, B, **{"3_4_14a": 94})
    made = consolidate()
    log = steps.edition_show("31", Q3, 2)["changes"]
    flips = {
        (move["body"], move["before_text"], move["after_text"])
        for move in log["standings"]
        if (move["kind"], move["code"], move["what"]) == ("target", "3.4.14", "state") and move["causes"] == [B]
    }
    assert (B, "met:", "not_met:") in flips
    counts = {
        (m["what"], m["before"], m["after"])
        for m in log["standings"]
        if (m["kind"], m["code"], m["body"]) == ("target", "3.4.14", "")
    }
    assert {("met", "3", "2"), ("not_met", "0", "1")} <= counts
    rows = [row for row in rows_of(made) if row[1:2] == ["3.4.14"] and "Dưới mức tham khảo" in row]
    assert {tuple(row[5:8]) for row in rows if row[3] == units.find(B, FIRST.date()).name} == {(100, 94, -6)}
    assert all(
        row[-3:] == ["Đạt mức tham khảo", "Dưới mức tham khảo", units.find(B, FIRST.date()).name] for row in rows
    )
    assert not [answer for kind in ("xlsx", "docx") for answer in answers(made, kind) if not answer["check"]["equals"]]


def test_a_code_is_told_with_its_answer_and_has_no_difference(engine):
    """Misleading otherwise: from 0 codes to 2 codes. How many units answered yes is a number of units."""
    for hours, answer, talks in ((0, 0, 0), (2, 2, 1)):
        moment = FIRST + timedelta(hours=hours)
        arrive(engine, reading("10993-VHXH", Q3, {"1.4.2": answer}), moment)
        arrive(engine, reading("10993", Q3, {"1.5.1": talks}), moment)
        made = {body: steps.consolidate(body, Q3, as_of=moment + timedelta(hours=1)) for body in ("10993", "31")}
    told = {
        body: "\n".join(p.text for p in docx.Document(found["files"]["docx"]).paragraphs)
        for body, found in made.items()
    }
    assert "từ 0 (Trực tuyến) thành 2 (Kết hợp)" in told["10993"]
    assert "từ 0 đơn vị thành 1 đơn vị" in told["31"]
    sheet = openpyxl.load_workbook(made["10993"]["files"]["xlsx"])["Thay đổi"]
    lines = [[c.value for c in row] for row in sheet.iter_rows() if any(c.value == "1.4.2" for c in row)]
    assert len(lines) == 3 and all(line[7] is None for line in lines)
