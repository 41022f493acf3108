"""The report's own arithmetic where figures are extreme."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from cchc import report
from cchc.catalogue.indicators import Term
from cchc.report.arithmetic import Given, Recipe, ratio_of, recompute
from cchc.report.trace import Ledger, document
from tests.consolidations import consolidation

RATIO = Recipe("x", "ratio", (Term(1, "a"),), (Term(1, "b"),))
EXTREMES = ("1E+19", "1E-300", "1E+300", "999999999999999.999999999", "1E-22", "3")


def _given(**values):
    return [Given(code, "u", "commune", Decimal(value)) for code, value in values.items()]


@pytest.mark.parametrize("top", EXTREMES)
@pytest.mark.parametrize("bottom", EXTREMES)
def test_no_quotient_overflows(top, bottom):
    made = recompute(RATIO, _given(a=top, b=bottom)).value
    assert made == ratio_of(RATIO, {"a": Decimal(top), "b": Decimal(bottom)})
    assert made.as_tuple().exponent == -10
    assert abs(Fraction(made) - 100 * Fraction(top) / Fraction(bottom)) <= Fraction("5e-11")


def test_ten_decimals_half_even_as_in_the_warehouse():
    assert recompute(RATIO, _given(a="1", b="3")).value == Decimal("33.3333333333")
    assert recompute(RATIO, _given(a="0.0000000000005", b="1")).value == Decimal("0E-10")
    assert recompute(RATIO, _given(a="0.0000000000015", b="1")).value == Decimal("2E-10")


def test_a_sum_is_exact_to_the_last_digit():
    given = [Given("x", str(n), "commune", Decimal(v)) for n, v in enumerate(("1E+19", "1E-22", "1E-22"))]
    assert str(recompute(Recipe("x", "sum"), given).value) == "10000000000000000000." + "0" * 21 + "2"


@pytest.mark.parametrize("huge", ["1E+21", "1E+300", "1E+330", "12345.5E+320"])
def test_a_huge_figure_is_printed_and_traced(huge, tmp_path):
    """Whatever came into the warehouse before a rule refused it: the report of everybody else is not held up."""
    small = consolidation(of=("31", "10525"))
    value = Decimal(huge)
    totals = tuple(
        replace(t, value=value, tiers={"commune": value}, previous=Decimal(1)) if t.indicator == "3.4.12" else t
        for t in small.totals
    )
    known = replace(small, totals=totals)
    report.write_docx(known, tmp_path / "a.docx")
    report.write_xlsx(known, tmp_path / "a.xlsx")
    rows = [row for row in Ledger(tmp_path / "a.xlsx").tables["figure"] if row["code"] == "3.4.12"]
    answer = document(Ledger(tmp_path / "a.xlsx"), rows[0])
    assert answer["value"] == int(value) and not answer["check"]["equals"]
    cells = openpyxl.load_workbook(tmp_path / "a.xlsx")["3. Thủ tục hành chính"].iter_rows()
    shown = next(row[4].value for row in cells if row[1].value == "3.4.12")
    assert shown == pytest.approx(float(value)) if value < Decimal("1E+308") else set(shown) <= set("0123456789.")
