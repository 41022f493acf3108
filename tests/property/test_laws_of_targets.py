"""Laws of targets: everybody counted once, the order of units without influence, met exactly where the sign says so."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc.catalogue import periods
from cchc.consolidate.targets import judge
from cchc.model.target import TargetState
from tests.targets import NOTHING, city, target, total

YEAR = periods.parse("2026-Y")
_cell = st.one_of(st.none(), st.just(NOTHING), st.integers(0, 10**12))
_unit = st.one_of(st.none(), st.fixed_dictionaries(dict.fromkeys(("3.4.5", "3.4.6", "3.4.7"), _cell)))
_city = st.lists(_unit, max_size=12).map(lambda units: {f"u{number}": unit for number, unit in enumerate(units)})
_threshold = st.integers(0, 12000).map(lambda number: str(number / 100))
_operator = st.sampled_from((">=", ">", "<=", "<"))
_TOTALS = (total("3.4.12", "50", tiers={"commune": "50"}),)


def _judged(units, threshold, op):
    return judge(city(units, _TOTALS), [target("3.4.12", op, threshold)], "tỉnh", YEAR)[0]


@given(units=_city, threshold=_threshold, op=_operator)
def test_every_unit_is_counted_exactly_once(units, threshold, op):
    result = _judged(units, threshold, op)
    assert result.counts.expected == len(units) == len(result.units)
    assert result.ranked == result.counts.met + result.counts.not_met


@given(units=_city, threshold=_threshold, op=_operator, data=st.data())
def test_the_order_of_units_does_not_matter(units, threshold, op, data):
    shuffled = dict(data.draw(st.permutations(list(units.items()))))
    assert set(_judged(units, threshold, op).units) == set(_judged(shuffled, threshold, op).units)


@given(units=_city, threshold=_threshold, op=_operator)
def test_met_exactly_where_the_sign_of_the_distance_says_so(units, threshold, op):
    for unit in _judged(units, threshold, op).units:
        if unit.distance is None:
            assert unit.state in (TargetState.NO_DATA, TargetState.NOT_APPLICABLE)
            continue
        beyond = unit.distance > 0 if op.startswith(">") else unit.distance < 0
        assert (unit.state is TargetState.MET) == (beyond or (unit.distance == 0 and op.endswith("=")))


@given(units=_city, threshold=_threshold, op=_operator)
def test_a_place_is_one_more_than_the_number_of_better_ones(units, threshold, op):
    counts = {
        name: [0 if cells[code] == NOTHING else cells[code] for code in ("3.4.5", "3.4.6", "3.4.7")]
        for name, cells in units.items()
        if cells and None not in cells.values()
    }
    exact = {name: Fraction(early + within, done) for name, (done, early, within) in counts.items() if done}
    sign = 1 if op.startswith(">") else -1
    for unit in _judged(units, threshold, op).units:
        if unit.body in exact:
            better = sum(sign * value > sign * exact[unit.body] for value in exact.values())
            assert unit.rank == 1 + better
