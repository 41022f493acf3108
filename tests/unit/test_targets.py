"""Units, levels and the authority beside the thresholds of the clauses; each expectation is worked out by hand."""

from decimal import Decimal

import pytest

from cchc.catalogue import periods
from cchc.consolidate.targets import judge, rank
from cchc.model.target import TargetState
from tests.targets import NOTHING, city, target, total

Q3, H1, YEAR = (periods.parse(f"2026-{kind}") for kind in ("Q3", "H1", "Y"))
ON_TIME = ("3.4.5", "3.4.6", "3.4.7")


def _on_time(done, early, within):
    return dict(zip(ON_TIME, (done, early, within), strict=True))


def _judge(made, *targets, level="tỉnh", period=Q3):
    return judge(made, targets, level, period)


def _states(result):
    return [(unit.body, unit.state.value, unit.reason) for unit in result.units]


def test_units_of_the_level_stand_met_or_not_or_say_why_not():
    """03/CT-UBND huyện Cẩm Mỹ, 1.b: đúng hạn tối thiểu 96%; domain 2.6 rule 2: missing is not zero."""
    made = city(
        {
            "a": _on_time(100, 90, 6),  # 96 of 100: exactly the threshold
            "b": _on_time(10000, 9595, 1),  # 95,96 %: printed with one decimal it would be 96,0
            "c": _on_time(0, 0, 0),  # nobody asked for anything
            "d": _on_time(50, 40, None),  # a part left out
            "e": None,
        },
        (total("3.4.12", "95.9604", tiers={"commune": "95.9604"}),),
    )
    [result] = _judge(made, target("3.4.12", ">=", "96"))
    assert _states(result) == [
        ("a", "met", ""),
        ("b", "not_met", ""),
        ("c", "not_applicable", "nothing_arose"),
        ("d", "no_data", "no_figure"),
        ("e", "no_data", "no_report"),
    ]
    assert [unit.distance for unit in result.units] == [Decimal(0), Decimal("-0.04"), None, None, None]
    counts = result.counts
    assert (counts.met, counts.not_met, counts.no_data, counts.not_applicable, counts.expected) == (1, 1, 2, 1, 5)
    assert [unit.rank for unit in result.units] == [1, 2, None, None, None]


def test_an_exempt_unit_is_not_counted():
    made = city({"a": _on_time(10, 10, 0), "b": None}, (total("3.4.12", "100", tiers={"commune": "100"}),), exempt="b")
    [result] = _judge(made, target("3.4.12", ">=", "96"))
    assert [unit.body for unit in result.units] == ["a"] and result.counts.expected == 1


def test_equal_figures_share_the_better_place():
    made = city(
        {"a": _on_time(3, 1, 1), "b": _on_time(100, 99, 0), "c": _on_time(6, 4, 0), "d": _on_time(2, 1, 0), "e": None},
        (total("3.4.12", "99", tiers={"commune": "99"}),),
    )
    [result] = _judge(made, target("3.4.12"))
    assert [unit.rank for unit in result.units] == [2, 1, 2, 4, None]
    assert result.ranked == 4


def test_a_lower_bound_ranks_the_smallest_first():
    assert rank([("a", 3), ("b", 1), ("c", 3)], highest_first=False) == {"b": 1, "a": 2, "c": 2}


def test_the_level_is_judged_by_sums_not_by_the_mean_of_shares():
    """1 of 1 and 0 of 99 are 1 %, not 50 %."""
    made = city(
        {"a": _on_time(1, 1, 0), "b": _on_time(99, 0, 0)},
        (total("3.4.12", "1", tiers={"commune": "1"}, parts=(1, 100)),),
    )
    [result] = _judge(made, target("3.4.12", ">=", "50"))
    assert (result.level.body, result.level.state, result.level.distance) == ("commune", TargetState.NOT_MET, -49)


def test_a_target_of_communes_is_only_orientation_for_a_city():
    """39/QĐ-UBND binds a commune; the city's own figure is shown beside it, no more."""
    made = city({"a": {"3.6.1": "95", "1.4.1b": 10}}, (total("3.6.1", "85", tiers={"commune": "95"}),))
    [result] = _judge(made, target("3.6.1"))
    assert (result.authority.state, result.authority.reason) == (TargetState.ORIENTATION, "other_level")
    assert result.authority.distance == -5
    assert result.level.state is TargetState.MET


def test_a_level_that_nobody_here_is_of_binds_nobody():
    """Công điện 968/CĐ-TTg speaks to ministries as well: such a target is shown beside the figure, no more."""
    made = city({"a": _on_time(10, 5, 0)}, (total("3.4.12", "50", tiers={"commune": "50"}),))
    [result] = _judge(made, target("3.4.12", ">=", "96", level="bộ"))
    assert (result.units, result.tier, result.authority.state) == ((), "", TargetState.ORIENTATION)


def test_a_commune_is_held_to_its_own_plan():
    """39/QĐ-UBND xã Thượng Hồng, II.7: hài lòng từ 90% trở lên; its offices are not judged one by one."""
    made = city({"10993-HCC": {"3.6.1": "90"}}, (total("3.6.1", "90", tiers={"office": "90"}),))
    [result] = _judge(made, target("3.6.1"), level="xã")
    assert result.authority.state is TargetState.MET
    assert (result.tier, result.units, result.level) == ("", (), None)


def test_a_district_is_held_by_what_its_own_offices_did():
    """03/CT-UBND, 1.h: ≥ 30% cấp huyện, ≥ 20% cấp xã of the same share."""
    both = {"authority": "28", "commune": "41"}
    made = city({"a": {"3.4.5": 1}}, (total("7.5.4", "39", tiers=both),))
    huyen, xa = _judge(
        made, target("7.5.4", ">=", "30", "huyện"), target("7.5.4", ">=", "20", "xã"), level="huyện", period=H1
    )
    assert (huyen.authority.state, huyen.authority.value) == (TargetState.NOT_MET, Decimal(28))
    assert (huyen.tier, huyen.units) == ("", ())
    assert (xa.authority.state, xa.level.state) == (TargetState.ORIENTATION, TargetState.MET)


def test_more_than_all_is_strict_and_of_the_year():
    """39/QĐ-UBND, II.5: thu ngân sách vượt dự toán, > 100%, judged with the year's report only."""
    clause = target("6.2.3", ">", "100", judged_in=("Y",))
    for revenue, state in ((1001, "met"), (1000, "not_met"), (999, "not_met")):
        made = city({"a": {"6.2.1": 1000, "6.2.2": revenue}}, (total("6.2.3", "100", tiers={"commune": "100"}),))
        assert [unit.state.value for unit in _judge(made, clause, period=YEAR)[0].units] == [state]
        [unit] = _judge(made, clause, period=H1)[0].units
        assert (unit.state.value, unit.reason, unit.rank, unit.distance) == ("not_applicable", "year_end", None, None)


def test_a_quarter_alone_is_not_held_against_a_share_of_the_year():
    """39/QĐ-UBND, II.3: tự kiểm tra ≥ 30% số cơ quan, đơn vị trong năm; Q3 tells of its own window (domain 2.2)."""
    made = city({"a": {"1.2.1": 10, "1.2.2": 1}}, (total("1.2.3", "10", tiers={"commune": "10"}),))
    clause = target("1.2.3", ">=", "30")
    alone, running, over = (_judge(made, clause, period=period)[0].units[0] for period in (Q3, H1, YEAR))
    assert (alone.state.value, alone.reason) == ("not_applicable", "part_of_year")
    assert (running.state.value, running.reason) == ("not_met", "year_running")
    assert (over.state.value, over.reason) == ("not_met", "")


def test_listed_but_not_judged():
    """03/CT-UBND: 1.b says 30%, 1.h says 20% for communes: the more specific clause is judged, the other is listed."""
    made = city({"a": {"3.4.2": 25, "3.4.3": 75}}, (total("7.3.5", "25", tiers={"commune": "25"}),))
    general = target("7.3.5", ">=", "30", id="C2", displaced_by="C2-xa")
    specific = target("7.3.5", ">=", "20", id="C2-xa")
    words = target("", "", "0", kind="qualitative", text="Có sáng kiến, giải pháp cải cách hành chính")
    found = _judge(made, general, specific, words)
    assert [(result.judged, result.counts.met) for result in found] == [(False, 0), (True, 1), (False, 0)]
    assert found[2].target.text.startswith("Có sáng kiến")


@pytest.mark.parametrize(("early", "state", "sign"), [(10**14, "met", 0), (10**14 - 1, "not_met", -1)])
def test_the_last_digit_decides(early, state, sign):
    """One of a hundred thousand billion is missing: ten decimals would call it 100 %."""
    done = 10**14
    made = city({"a": _on_time(done, early, 0)}, (total("3.4.12", "100", tiers={"commune": "100"}),))
    [result] = _judge(made, target("3.4.12", ">=", "100"))
    for standing in (*result.units, result.level):
        assert standing.state.value == state
        assert (standing.distance > 0) - (standing.distance < 0) == sign


def test_nothing_arose_is_neither_met_nor_failed():
    """Domain 2.6 rule 2: a share of nothing is null; satisfaction without ballots likewise."""
    made = city(
        {"a": {"3.6.1": NOTHING, "1.4.1b": 5}, "b": {"3.6.1": None, "1.4.1b": 0}, "c": {"3.6.1": None, "1.4.1b": 4}},
        (total("3.6.1", None, tiers={"commune": None}, parts=(0, 0)),),
    )
    [result] = _judge(made, target("3.6.1"))
    assert [(unit.state.value, unit.reason) for unit in result.units] == [
        ("not_applicable", "nothing_arose"),
        ("not_applicable", "nothing_arose"),
        ("no_data", "no_figure"),
    ]
    assert result.level.state is TargetState.NO_DATA
    assert result.authority.reason == "nothing_arose"


def test_what_no_form_of_the_period_asks_is_held_against_nobody():
    [result] = _judge(city({"a": {"3.4.5": 1}}), target("7.5.2", ">=", "15"))
    assert _states(result) == [("a", "not_applicable", "not_asked")]
    assert result.authority.reason == "not_asked"
