"""Laws of coverage: order does not matter, parts make the whole, what is carried is in no total (domain 2.6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cchc import consolidate
from cchc.catalogue import periods
from tests.factories import arrive, reading

Q3 = periods.parse("2026-Q3")
BEFORE = datetime(2026, 6, 1, tzinfo=periods.ZONE)
START = datetime(2026, 9, 1, tzinfo=periods.ZONE)
LATER = datetime(2026, 11, 1, tzinfo=periods.ZONE)
UNITS = ("10993", "10507", "10525", "31-SNV", "31-STC")
STOCK, FLOW = "4.2.1", "3.4.1"

_count = st.one_of(st.none(), st.integers(0, 10**9))
_pair = st.fixed_dictionaries({STOCK: _count, FLOW: _count})
_past = st.dictionaries(st.sampled_from(UNITS), _pair)
_now = st.dictionaries(st.sampled_from(UNITS), _pair, min_size=1)
_few = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _made(engine, files, *, carry):
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE finding, narrative, fct_observation, stg_observation, submission CASCADE"))
    for unit, period, start, figures in files:
        told = {code: value for code, value in figures.items() if value is not None}
        arrive(engine, reading(unit, period, told), start + timedelta(minutes=UNITS.index(unit)))
    with engine.connect() as connection:
        return consolidate.assemble(connection, "31", Q3, LATER, carry_forward=carry)


@_few
@given(past=_past, now=_now, data=st.data())
def test_coverage_and_carrying_follow_from_the_figures_alone(engine, past, now, data):
    files = [(unit, "2026-H1", BEFORE, told) for unit, told in past.items()]
    files += [(unit, "2026-Q3", START, told) for unit, told in now.items()]
    found = _made(engine, files, carry=True)
    shuffled = _made(engine, data.draw(st.permutations(files)), carry=False)
    assert (found.totals, found.coverage) == (shuffled.totals, shuffled.coverage)
    totals = {total.indicator: total for total in found.totals}
    for weight in found.coverage:
        assert 0 <= weight.told <= weight.whole
        assert weight.share is None or 0 <= weight.share <= 100
    for code in (STOCK, FLOW):
        own = [told[code] for told in now.values() if told[code] is not None]
        assert totals[code].value == (sum(own) if own else None)
    carried = {total.indicator: total for total in found.carried}
    assert FLOW not in carried
    absent = {u: t[STOCK] for u, t in past.items() if t[STOCK] is not None and now.get(u, {}).get(STOCK) is None}
    assert (STOCK in carried) == bool(absent)
    if absent:
        parts = {part.figure.unit: part.figure.value for part in carried[STOCK].parts}
        assert parts == absent
        assert carried[STOCK].value == (totals[STOCK].value or Decimal(0)) + sum(absent.values())
