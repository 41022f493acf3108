"""Figures made from other figures, and figures of a document, walk back as those of a workbook's annexes do."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import docx
import pytest

from cchc import report
from cchc.model.consolidation import Earlier, EarlierFile
from cchc.report import provenance
from cchc.report.book import Book
from cchc.report.facts import Facts
from cchc.report.figures import Link, Made, Recipes, Register
from cchc.report.ledger import Ledger
from cchc.report.trace import document, trace, wrong
from tests.consolidations import consolidation, digest

FEW = ("31", "31-SNV", "10507", "10525")
BEFORE = "2026-H1"


@pytest.fixture(scope="module")
def small():
    """A few units in 2026-Q3, whose totals of the half year before stand beside with their cells."""
    now, then = consolidation(of=FEW), consolidation(period_code=BEFORE, of=FEW)
    known = {total.indicator: total.value for total in then.totals}
    totals = tuple(replace(total, previous=known.get(total.indicator)) for total in now.totals)
    return replace(now, totals=totals, earlier=(_as_earlier(then),))


def _as_earlier(c):
    import json

    files = []
    for row in c.statuses:
        mine = [x for x in c.contributions if x.unit == row.unit and x.value is not None]
        cells = [[x.indicator, x.sheet, x.cell, str(x.value), "reported", x.raw, x.read_as] for x in mine]
        identity = UUID(hex=digest(row.unit)[:32])
        files.append(EarlierFile(row.unit, row.kind, identity, digest(row.unit + BEFORE), "h1.xlsx", json.dumps(cells)))
    return Earlier(c.authority, c.period, c.totals, tuple(files))


def _written(c, register, tmp_path):
    facts, path = Facts(c), tmp_path / "a.xlsx"
    book = Book(path, "a", "a", facts.moment)
    provenance.write(book, facts, Recipes(facts), register)
    book.close()
    return path


def _value(c, code):
    return next(total for total in c.totals if total.indicator == code)


def test_the_period_before_is_traced_to_its_own_cells(small, tmp_path):
    report.write_xlsx(small, tmp_path / "a.xlsx")
    ledger = Ledger(tmp_path / "a.xlsx")
    before = [row for row in ledger.tables["figure"] if row["scope"] == "previous"]
    assert len(before) > 100 and not wrong(ledger, before)
    told = document(ledger, next(row for row in before if row["code"] == "3.4.1"))
    assert told["period"] == BEFORE
    senders = {c.unit for c in small.contributions if c.indicator == "3.4.1"}
    assert {c["sha256"] for c in told["contributions"]} == {digest(unit + BEFORE) for unit in senders}
    assert sum(c["value"] for c in told["contributions"]) == _value(small, "3.4.1").previous


def test_how_many_units_are_in_a_total_can_be_counted(small, tmp_path):
    report.write_xlsx(small, tmp_path / "a.xlsx")
    ledger = Ledger(tmp_path / "a.xlsx")
    rows = [row for row in ledger.tables["figure"] if row["scope"] == "coverage"]
    assert len(rows) == len(small.totals) and not wrong(ledger, rows)
    told = document(ledger, next(row for row in rows if row["code"] == "1.3.6"))
    assert told["value"] == len({c["unit"] for c in told["contributions"]})


def test_a_change_walks_back_to_the_cells_of_both_periods(small, tmp_path):
    register, total = Register(), _value(small, "3.4.1")
    of_now = Link("addend", total.value, "3.4.1", "total")
    of_then = Link("addend", total.previous, "3.4.1", "total", BEFORE, -1, owner="31")
    register.add(
        "So sánh", 4, 5, "3.4.1", "change", total.value - total.previous, "", Made("sum_of", (of_now, of_then))
    )
    told = trace(_written(small, register, tmp_path), "So sánh!F5")
    assert told["value"] == float(total.value - total.previous) and told["check"]["equals"]
    assert [link["of"] for link in told["links"]] == ["", f"31/{BEFORE}"]
    signed = sum(link["sign"] * cell["value"] for link in told["links"] for cell in link["contributions"])
    assert signed == told["value"] and len(told["contributions"]) == 2 * _value(small, "3.4.1").reported


def test_a_restated_figure_names_former_units_and_their_weights(small, tmp_path):
    register, recipes = Register(), Recipes(Facts(small))
    parts = [(recipes.unit_value(unit, "3.4.1"), weight) for unit, weight in (("10507", "0.25"), ("10525", "1"))]
    clause = "Nghị quyết số 1669/NQ-UBTVQH15"
    links = tuple(
        Link("former", value, "3.4.1", unit, weight=Decimal(weight), source=clause)
        for unit, (value, weight) in zip(("10507", "10525"), parts, strict=True)
    )
    restated = sum(value * Decimal(weight) for value, weight in parts)
    register.add("So sánh", 0, 0, "3.4.1", "restated", restated, "", Made("sum_of", links))
    told = trace(_written(small, register, tmp_path), "So sánh!A1")
    assert told["check"]["equals"] and told["value"] == float(restated)
    assert [(x["weight"], x["source"], len(x["contributions"])) for x in told["links"]] == [
        (0.25, clause, 1),
        (1, clause, 1),
    ]


def test_a_figure_that_does_not_follow_is_said_so(small, tmp_path):
    register, total = Register(), _value(small, "3.4.1")
    wrongly = Made("sum_of", (Link("addend", total.value, "3.4.1", "total"), Link("datum", Decimal(-1), source="x")))
    untrue = Made("sum_of", (Link("addend", total.value + 1, "3.4.1", "total"),))
    register.add("A", 0, 0, "3.4.1", "change", total.value, "", wrongly)
    register.add("A", 1, 0, "3.4.1", "change", total.value + 1, "", untrue)
    path = _written(small, register, tmp_path)
    assert not trace(path, "A!A1")["check"]["equals"]  # the parts are true, the sum is not
    assert not trace(path, "A!A2")["check"]["equals"]  # the sum is true, a part is not what its cells give


@pytest.mark.parametrize(
    ("method", "links", "value"),
    [
        ("datum", (Link("datum", Decimal(90), source="NQ 66"),), Decimal(90)),
        ("count_of", (Link("counted", Decimal(1)), Link("counted", None)), Decimal(2)),
        ("rank_of", (Link("better", Decimal(9)), Link("equal", Decimal(8)), Link("better", Decimal(9))), Decimal(3)),
        (
            "share_of",
            (Link("numerator", Decimal(1), weight=Decimal(2)), Link("denominator", Decimal(3))),
            Decimal("66.6666666667"),
        ),
        ("share_of", (Link("numerator", Decimal(1)), Link("denominator", Decimal(0))), None),
        ("sum_of", (Link("addend", Decimal(1)), Link("addend", None)), None),
        ("sum_of", (), None),
    ],
)
def test_ways_of_making_a_figure(small, tmp_path, method, links, value):
    register = Register()
    register.add("A", 0, 0, "", "any", value, "", Made(method, links, "ghi chú"))
    told = trace(_written(small, register, tmp_path), "A!A1")
    assert told["check"] == {"recomputed": None if value is None else float(value), "equals": True}
    assert told["method"].endswith("; ghi chú")


def test_a_documents_figure_is_found_by_bookmark_and_by_code(small, tmp_path):
    register, total = Register(), _value(small, "3.4.12")
    names = [register.mark("3.4.12", "total", total.value), register.mark("3.4.12", "commune", total.tiers["commune"])]
    assert names == ["so_3_4_12_1", "so_3_4_12_2"]
    paper, facts = docx.Document(), Facts(small)
    provenance.embed(paper, facts, Recipes(facts), register)
    paper.save(tmp_path / "a.docx")
    docx.Document(str(tmp_path / "a.docx")).save(tmp_path / "b.docx")  # what another program saves anew
    for name in ("a.docx", "b.docx"):
        told = [trace(tmp_path / name, mark) for mark in (*names, "3.4.12")]
        assert all(t["check"]["equals"] and t["contributions"] for t in told)
        assert told[2]["cell"] == "so_3_4_12_1" and told[1]["scope"] == "commune"
    with pytest.raises(ValueError, match="so_9_9_1"):
        trace(tmp_path / "a.docx", "so_9_9_1")


def test_a_document_of_someone_else_is_refused(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    (tmp_path / "b.docx").write_text("xin chào")
    for name in ("a.docx", "b.docx"):
        with pytest.raises(ValueError, match="không phải báo cáo tổng hợp"):
            trace(tmp_path / name, "so_3_4_1_1")


def test_a_unit_with_very_long_texts_keeps_all_its_cells(small, tmp_path):
    given = tuple(replace(c, raw="<&\x0b_x0041_ ạ" * 60) for c in small.contributions)
    path = _written(replace(small, contributions=given), Register(), tmp_path)
    sources = Ledger(path).cells("").sources
    assert sum(len(units) for units in sources.values()) == len(given)
    assert {row["raw"] for units in sources.values() for row in units.values()} == {("<&\x0b_x0041_ ạ" * 60)[:500]}
