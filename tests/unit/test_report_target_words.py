"""Targets in the document, told as judged: expectations worked out by hand from a few units' cells.

Clauses: Chỉ thị 03/CT-UBND huyện Cẩm Mỹ 14/6/2023, points 1.b and 1.h (on-time 96%, online 20% and 30%);
39/QĐ-UBND xã Thượng Hồng 31/7/2025, part II.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cchc import report
from cchc.catalogue import periods, regimes
from cchc.consolidate.targets import judge
from cchc.report.facts import Facts
from cchc.report.sentences import Sentences
from cchc.report.spoken import Marks, plain
from cchc.report.target_words import lowered, target_part
from cchc.report.trace import Ledger, document, trace
from tests.consolidations import consolidation
from tests.targets import city, target, total

YEAR = periods.parse("2026-Y")
ON_TIME = ("3.4.5", "3.4.6", "3.4.7")


def _done(done, early, within):
    return dict(zip(ON_TIME, (done, early, within), strict=True))


UNITS = {
    "10001": _done(200, 100, 98),  # 99%
    "10002": _done(100, 50, 46),  # 96%, the very bound
    "10003": _done(1000, 900, 59),  # 95,9%
    "10004": _done(100, 99, 0),  # 99%, like the first
    "10005": _done(0, 0, 0),  # nothing arose
    "10006": None,  # no report
}
WHOLE = total("3.4.12", "96.5714285714", tiers={"commune": "96.5714285714"}, parts=(1352, 1400))


def _said(units, targets, level, totals=(WHOLE,)):
    c = city(units, totals, period="2026-Y")
    facts = Facts(replace(c, targets=judge(c, targets, level, YEAR)))
    return facts, target_part(facts, Sentences(facts, Marks()))


def test_units_of_a_level_with_who_leads_and_who_is_last():
    """1.b: at least 96%. 99, 96, 95,9 and 99 percent: three meet it, one not, one had nothing, one no report."""
    _, part = _said(UNITS, [target("3.4.12", ">=", "96")], "huyện")
    assert plain(part.texts[0]) == (
        "Đơn vị cấp xã, tỷ lệ hồ sơ giải quyết trước hạn, đúng hạn (phải đạt từ 96% trở lên; 39/QĐ-UBND, mục II): "
        "03/06 đơn vị đạt, 01 đơn vị chưa đạt, 01 đơn vị chưa có số liệu, 01 đơn vị không đánh giá "
        "(không phát sinh); tính chung cấp xã là 96,57%, cao hơn 0,57 điểm phần trăm. "
        "Dẫn đầu: xã 10001, xã 10004 (cùng 99%, cao hơn 3 điểm phần trăm); "
        "sau cùng: xã 10003 (95,9%, thấp hơn 0,1 điểm phần trăm)."
    )
    [annex] = part.annexes
    line = {key: plain(str(value)) for key, value in annex.lines[0].items()}
    assert [line[key] for key in ("met", "not_met", "no_data", "not_applicable", "expected")] == list("31116")
    assert (line["value"], line["state"], line["clause"]) == ("96,57", "Tham khảo", "39/QĐ-UBND, mục II")


def test_a_threshold_that_binds_nobody_is_told_as_one_to_look_at():
    _, part = _said(UNITS, [target("3.4.12", ">=", "96", orientation=True)], "tỉnh")
    assert "mức tham khảo từ 96% trở lên" in part.texts[0]
    told = plain(part.texts[0])
    assert "03/06 đơn vị đạt mức tham khảo, 01 đơn vị dưới mức tham khảo" in told and "phải đạt" not in told


def test_above_is_not_at_least():
    """II.5 of 39/QĐ-UBND says "vượt": the bound itself is not enough, and it is said how the figure stands."""
    _, part = _said({"10002": UNITS["10002"]}, [target("3.4.12", ">", "96")], "huyện")
    told = plain(part.texts[0])
    assert "(phải đạt trên 96%;" in told and "0/01 đơn vị đạt, 01 đơn vị chưa đạt" in told
    assert told.endswith("Đơn vị có số liệu: xã 10002 (96%, đúng bằng mức).")


def test_the_authoritys_own_targets_by_how_it_stands():
    own = [target("3.4.12", ">=", "96"), target("7.3.5", ">=", "30"), target("3.5.3", ">=", "96")]
    totals = (
        WHOLE,
        total("7.3.5", "12.5", tiers={"commune": "12.5"}, parts=(1, 8)),
        total("3.5.3", None, tiers={"commune": None}, parts=(0, 0)),
    )
    _, part = _said(UNITS, own, "xã", totals)
    assert [plain(text) for text in part.texts] == [
        "Trong 03 mục tiêu định lượng giao cho cấp xã: 01 mục tiêu đạt; 01 mục tiêu chưa đạt; "
        "01 mục tiêu không đánh giá trong kỳ.",
        "Mục tiêu đạt: tỷ lệ hồ sơ giải quyết trước hạn, đúng hạn (phải đạt từ 96% trở lên; 39/QĐ-UBND, mục II): "
        "96,57%, cao hơn 0,57 điểm phần trăm.",
        "Mục tiêu chưa đạt: tỷ lệ hồ sơ trực tuyến (phải đạt từ 30% trở lên; 39/QĐ-UBND, mục II): "
        "12,5%, thấp hơn 17,5 điểm phần trăm.",
        "Mục tiêu không đánh giá trong kỳ: tỷ lệ PAKN đã xử lý (phải đạt từ 96% trở lên; 39/QĐ-UBND, mục II): "
        "không phát sinh.",
    ]


def test_a_figure_that_rounds_to_the_bound_is_not_printed_as_the_bound():
    near = {"10001": _done(100_000, 95_996, 0)}
    _, part = _said(near, [target("3.4.12", ">=", "96")], "huyện")
    assert "(95,996%, thấp hơn 0,004 điểm phần trăm)" in plain(part.texts[0])


def test_targets_nobody_is_held_against_are_listed_once_with_their_clause():
    """03/CT-UBND of Cẩm Mỹ: two named levels for one threshold, initiatives without a number, one not asked about."""
    targets = regimes.targets_for("739", date(2023, 9, 30))
    _, part = _said(UNITS, targets, "huyện")
    told = [text for text in part.texts if text.startswith("Mức không dùng") or "không chấm điểm" in text]
    assert len(told) == 3
    assert "Giải quyết hồ sơ đúng hạn trên 96% (03/CT-UBND huyện Cẩm Mỹ 14/6/2023, điểm 1.e đoạn 3)" in told[0]
    assert "Rà soát TTHC nội bộ 20% trên tổng số TTHC" in told[1] and "Có sáng kiến, giải pháp CCHC" in told[2]
    twice = [
        replace(target("", "", "0", kind="qualitative"), text="Cải thiện chỉ số", level=n) for n in ("xã", "huyện")
    ]
    _, part = _said(UNITS, twice, "huyện")
    assert part.texts == ["Mục tiêu định tính, không chấm điểm: Cải thiện chỉ số (39/QĐ-UBND, mục II)."]
    assert not part.annexes


def test_a_regime_without_targets_says_nothing():
    _, part = _said(UNITS, [], "huyện")
    assert not part.texts and not part.annexes


@pytest.mark.parametrize(
    ("name", "inside"), [("Tỷ lệ hồ sơ", "tỷ lệ hồ sơ"), ("TTHC công khai", "TTHC công khai"), ("", "")]
)
def test_names_inside_a_sentence(name, inside):
    assert lowered(name) == inside


def test_every_figure_of_the_targets_in_the_document_walks_back(tmp_path):
    """Issue 4, item 9: counts, figures, distances in sentences and in the annex, down to the units' cells."""
    c = consolidation(absent=("10993", "10507"))
    own = [replace(t, level="tỉnh") for t in regimes.targets_for("739", date(2023, 9, 30)) if t.level == "huyện"]
    targets = (*own, *regimes.targets_for("31", date(2026, 9, 30)))
    made = replace(c, targets=judge(c, targets, "tỉnh", periods.parse("2026-Q3")))
    path = tmp_path / "b.docx"
    report.write_docx(made, path)
    ledger = Ledger(path)
    scopes = ("met", "not_met", "no_data", "not_applicable", "expected", "distance", "targets", "commune")
    rows = [row for row in ledger.tables["figure"] if row["scope"] in scopes or row["scope"] in ledger.cells("").files]
    assert {row["scope"] for row in rows} >= set(scopes)
    wrong = [row for row in rows if not document(ledger, row)["check"]["equals"]]
    assert not wrong
    count = next(row for row in rows if row["scope"] == "targets")
    found = trace(path, count["cell"])
    assert found["value"] == len(found["links"]) == len([r for r in made.targets if r.binds_authority and r.judged])
    best = next(row for row in rows if row["scope"] in ledger.cells("").files)
    [cell, *_] = trace(path, best["cell"])["contributions"]
    assert cell["unit"] == best["scope"] and cell["sha256"] and cell["sheet"] and cell["cell"]
    assert Decimal(best["value"]) <= Decimal(100)
