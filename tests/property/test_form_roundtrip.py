"""What is written into a form comes out of it again, wherever its rows stand."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cchc.catalogue import forms, periods, units
from cchc.model.observation import ValueState
from cchc.parse import read
from cchc.template import issue

KINDS = ("2026-Q1", "2026-H1", "2026-Q3", "2026-Y")
SENDERS = ("10993", "31-SNV", "31", "75", "26341")
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

counts = st.integers(0, 10**9)
amounts = st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False)
percentages = st.decimals(2, 100, places=2, allow_nan=False, allow_infinity=False)
BY_KIND = {"count": counts, "amount": amounts, "ratio": percentages, "flag": st.integers(0, 2), "score": percentages}


@st.composite
def filled(draw):
    """A unit, a period and a figure for some of the rows that its form asks for."""
    period = periods.parse(draw(st.sampled_from(KINDS)))
    unit = units.find(draw(st.sampled_from(SENDERS)), period.window_to)
    asked = [row.indicator for row in forms.form(unit.form, period.kind).rows if row.required != "computed"]
    chosen = draw(st.lists(st.sampled_from(asked), unique=True, max_size=len(asked)))
    return unit, period, {indicator.code: draw(BY_KIND[indicator.kind]) for indicator in chosen}


def told(reading) -> dict[str, Decimal]:
    return {o.indicator: o.value for o in reading.observations if o.state is ValueState.REPORTED}


@FEW
@given(filled())
def test_figures_come_back_as_they_went_in(case):
    unit, period, figures = case
    reading = read(issue(unit, period, figures))
    assert reading.issues == ()
    assert told(reading) == {code: Decimal(figure) for code, figure in figures.items()}
    asked = [row.indicator.code for row in forms.form(unit.form, period.kind).rows]
    assert [o.indicator for o in reading.observations] == asked


@FEW
@given(filled(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_blank_rows_between_them_do_not_matter(case, random):
    unit, period, figures = case
    data = issue(unit, period, figures)
    book = load_workbook(BytesIO(data))
    for name in forms.form(unit.form, period.kind).sheets.values():
        sheet = book[name]
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_col=6)]
        lines += [[None] * 6 for _ in range(5)]
        random.shuffle(lines)
        for place, line in enumerate(lines, start=6):
            for column, value in enumerate(line, start=1):
                sheet.cell(place, column).value = value
    moved = BytesIO()
    book.save(moved)
    assert told(read(moved.getvalue())) == told(read(data))


@FEW
@given(filled(), st.text(min_size=1, max_size=200))
def test_any_text_comes_back_as_text_and_computes_nothing(case, words):
    unit, period, figures = case
    book = load_workbook(BytesIO(issue(unit, period, figures, {"I.1": words})))
    sheet = book["Thuyết minh"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
