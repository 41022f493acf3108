"""Laws of the arithmetic that a reader repeats."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc.catalogue.indicators import terms
from cchc.report import numerals
from cchc.report.arithmetic import Given, Recipe, recompute

MONEY = st.decimals(min_value=0, max_value=10**9, places=3)
COUNTS = st.integers(0, 10**6).map(Decimal)
SUM = Recipe("6.1.2", "sum")
RATIO = Recipe("7.2.3", "ratio", terms("7.2.2"), terms("7.2.1"))


def _given(code, values):
    return [Given(code, str(place), "commune", value) for place, value in enumerate(values)]


@given(st.lists(MONEY, min_size=1))
def test_a_sum_of_money_is_exact(values):
    exact = sum((Fraction(value) for value in values), Fraction(0))
    assert Fraction(recompute(SUM, _given("6.1.2", values)).value) == exact


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1), st.randoms())
def test_the_order_of_units_never_changes_a_figure(pairs, chance):
    rows = _given("7.2.2", [a for a, _ in pairs]) + _given("7.2.1", [b for _, b in pairs])
    mixed = list(rows)
    chance.shuffle(mixed)
    assert recompute(RATIO, rows).value == recompute(RATIO, mixed).value


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1))
def test_a_ratio_is_sum_over_sum(pairs):
    rows = _given("7.2.2", [a for a, _ in pairs]) + _given("7.2.1", [b for _, b in pairs])
    top, bottom = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    found = recompute(RATIO, rows)
    assert (found.numerator, found.denominator) == (top, bottom)
    if bottom == 0:
        assert found.value is None
    else:
        assert abs(Fraction(found.value) - Fraction(100) * Fraction(top) / Fraction(bottom)) <= Fraction(1, 10**10)


@given(st.lists(COUNTS, min_size=1), st.integers(0, 20))
def test_half_a_ratio_counts_on_neither_side(whole, odd):
    rows = _given("7.2.2", whole) + _given("7.2.1", whole)
    alone = [Given("7.2.1", f"odd{place}", "commune", Decimal(9)) for place in range(odd)]
    assert recompute(RATIO, rows + alone).denominator == sum(whole)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_printed_number_reads_back_within_half_a_cent(value):
    read = Decimal(numerals.number(value).replace(".", "").replace(",", "."))
    assert abs(read - value) <= Decimal("0.005")
    assert not numerals.number(value).endswith(",")
