"""Laws of a total: parts sum to the whole, order does not matter, twice equals once, missing is not zero."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cchc import consolidate
from cchc.catalogue import periods
from cchc.model.submission import Judged, Verdict
from tests.factories import arrive, reading

Q3 = periods.parse("2026-Q3")
START = datetime(2026, 9, 1, tzinfo=periods.ZONE)
LATER = datetime(2026, 11, 1, tzinfo=periods.ZONE)
UNITS = ("10993", "10507", "10525", "31-SNV", "31-STC")

_count = st.one_of(st.none(), st.integers(0, 10**9))
_figures = st.fixed_dictionaries(dict.fromkeys(("3.4.1", "3.4.5", "3.4.6", "3.4.7", "7.2.1", "7.2.2"), _count))
_city = st.lists(st.tuples(st.sampled_from(UNITS), _figures), min_size=1, max_size=8)
_few = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _load(engine, city, order):
    """Empty the warehouse and load the city's versions in the given order; stamps follow the city's order."""
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE finding, narrative, fct_observation, stg_observation, submission CASCADE"))
    seen = set()
    for index in order:
        unit, figures = city[index]
        item = reading(unit, "2026-Q3", {k: v for k, v in figures.items() if v is not None}, salt=str(index))
        assert item.sha256 not in seen
        seen.add(item.sha256)
        arrive(engine, item, START + timedelta(minutes=index))
    with engine.connect() as connection:
        return consolidate.assemble(connection, "31", Q3, LATER)


def _by_code(consolidation):
    return {total.indicator: total for total in consolidation.totals}


@_few
@given(city=_city)
def test_totals_equal_plain_arithmetic(engine, city):
    totals = _by_code(_load(engine, city, range(len(city))))
    last = dict(city)  # the later version of a unit replaces the earlier
    for code in ("3.4.1", "7.2.1"):
        given_ones = [figures[code] for figures in last.values() if figures[code] is not None]
        assert totals[code].value == (sum(given_ones) if given_ones else None)
        assert totals[code].reported == len(given_ones)
    both = [f for f in last.values() if f["7.2.1"] is not None and f["7.2.2"] is not None]
    numerator, denominator = sum(f["7.2.2"] for f in both), sum(f["7.2.1"] for f in both)
    if denominator:
        exact = Decimal(100) * numerator / denominator
        assert abs(totals["7.2.3"].value - exact) <= Decimal("1e-9") * max(exact, Decimal(1))
    else:
        assert totals["7.2.3"].value is None


@_few
@given(city=_city)
def test_tiers_sum_to_the_whole(engine, city):
    for total in _load(engine, city, range(len(city))).totals:
        parts = [value for value in total.tiers.values() if value is not None]
        if total.indicator in ("3.4.1", "3.4.5", "7.2.1"):
            assert (sum(parts) if parts else None) == total.value, total.indicator
            assert total.reported <= total.expected


@_few
@given(city=_city, data=st.data())
def test_the_order_of_loading_does_not_matter(engine, city, data):
    order = data.draw(st.permutations(range(len(city))))
    straight, shuffled = _load(engine, city, range(len(city))), _load(engine, city, order)
    assert straight.totals == shuffled.totals
    assert straight.statuses == shuffled.statuses
    assert straight.contributions == shuffled.contributions


def test_loading_twice_equals_once(engine):
    from cchc import load

    item = reading("10993", "2026-Q3", {"3.4.1": 5})
    arrive(engine, item, START)
    load.promote(engine, [Judged(item, Verdict.REJECTED)])  # judged already: left as it is
    with engine.connect() as connection:
        found = _by_code(consolidate.assemble(connection, "31", Q3, LATER))
    assert found["3.4.1"].value == 5


def test_contributions_sum_to_their_total(engine):
    city = [(unit, {"3.4.1": 7 * n, "3.4.5": n}) for n, unit in enumerate(UNITS, start=1)]
    found = _load(engine, city, range(len(city)))
    for code in ("3.4.1", "3.4.5"):
        cells = [c.value for c in found.contributions if c.indicator == code and c.value is not None]
        assert sum(cells) == _by_code(found)[code].value
