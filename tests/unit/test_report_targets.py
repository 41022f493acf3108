"""Targets in words: what is printed never contradicts the judgement."""

from datetime import date
from decimal import Decimal

import pytest

from cchc.catalogue import regimes
from cchc.catalogue.indicators import by_code
from cchc.catalogue.shares import comparable
from cchc.model.target import TargetResult, TargetStanding, TargetState
from cchc.report.targets import digits, distance_text, figure_format, listed_as, state_word, target_text, why_listed
from tests.targets import target


def _standing(value, bound, op=">=", *, state=TargetState.NOT_MET, reason=""):
    distance = None if value is None else Decimal(value) - Decimal(bound)
    standing = TargetStanding("a", state, reason, None if value is None else Decimal(value), distance)
    return TargetResult(target("3.4.12", op, bound), judged=True), standing


@pytest.mark.parametrize(
    ("value", "bound", "places", "apart"),
    [
        ("95.96", "96", 2, "-0,04 điểm %"),
        ("95.996", "96", 3, "-0,004 điểm %"),
        ("99.9999999", "100", 7, "-0,0000001 điểm %"),
        ("96", "96", 2, "0,00 điểm %"),
        ("1296.5", "96", 2, "+1.200,50 điểm %"),
        (None, "96", 2, ""),
    ],
)
def test_enough_decimals_are_printed_to_see_on_which_side_a_figure_is(value, bound, places, apart):
    result, standing = _standing(value, bound)
    assert digits(result, standing) == places
    assert distance_text(result, standing) == apart


def test_differences_carry_their_sign_in_the_cell():
    assert figure_format(2, signed=True) == "[$-42A]+#,##0.00_-;-#,##0.00_-;#,##0.00_-"
    assert figure_format(3) == "[$-42A]#,##0.000_-"


@pytest.mark.parametrize(
    ("state", "reason", "orientation", "word"),
    [
        ("met", "", False, "Đạt"),
        ("not_met", "", False, "Chưa đạt"),
        ("not_met", "", True, "Dưới mức tham khảo"),
        ("met", "", True, "Đạt mức tham khảo"),
        ("not_met", "year_running", False, "Chưa đạt (giữa năm)"),
        ("no_data", "no_report", True, "Chưa có số liệu"),
        ("not_applicable", "nothing_arose", False, "Không phát sinh"),
        ("not_applicable", "part_of_year", False, "Đánh giá cuối năm"),
        ("orientation", "other_level", False, "Tham khảo"),
    ],
)
def test_each_standing_has_its_word(state, reason, orientation, word):
    result = TargetResult(target("3.4.12", orientation=orientation), judged=True)
    assert state_word(result, TargetStanding("a", TargetState(state), reason)) == word


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"kind": "qualitative"}, "Mục tiêu định tính, không chấm điểm"),
        ({"displaced_by": "C2-xa"}, "Không dùng để đánh giá: đã có mức cụ thể hơn trong cùng văn bản"),
        ({"rule": "R2"}, "Xét theo quy tắc riêng của chế độ báo cáo, kết quả ở trang “Nghĩa vụ đặc thù”"),
        ({}, "Chưa có chỉ tiêu thống kê tương ứng, không chấm điểm"),
    ],
)
def test_what_is_listed_says_why_nobody_is_held_against_it(more, word):
    assert why_listed(TargetResult(target("3.4.12", **more), judged=False)) == word


def test_what_a_special_rule_judges_is_never_said_to_have_no_figures():
    """392?/UBND-NC 1.e: N1 to N3 are judged by R2, "đạt 4/4" and "chưa có chỉ tiêu" would contradict each other."""
    listed = {t.id: listed_as(t) for t in regimes.targets_for("70", date(2023, 12, 14)) if t.level == "tỉnh"}
    assert {listed[key] for key in ("N1", "N2", "N3")} == {"by_rule"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("3.4.12", True),
        ("1.1.3", False),
        ("6.1.3", False),
        ("1.3.6", True),
        ("4.2.1", True),
        ("3.4.1", False),
        ("1.4.3", True),
    ],
)
def test_windows_of_different_length(code, expected):
    assert comparable(by_code()[code]) is expected


def test_targets_as_people_write_them():
    assert [target_text(target("3.6.1", op, "98.5")) for op in (">=", ">")] == ["≥ 98,5", "> 98,5"]
    assert target_text(target("", "", "0", kind="qualitative")) == ""
    assert target_text(target("", ">=", "20")) == "≥ 20"  # 03/CT-UBND Cẩm Mỹ, 3: no form asks, the clause names it
