"""The catalogue says what the sources say."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from cchc.catalogue import file_names, forms, indicators, periods, regimes, units
from cchc.catalogue.periods import ZONE


def test_every_indicator_is_there_once():
    codes = [indicator.code for indicator in indicators.all_indicators()]
    assert len(codes) == len(set(codes)) == 228
    assert "3.4.10" in codes and "3.4.1" in codes


def test_operands_of_ratios_exist():
    known = indicators.by_code()
    for indicator in indicators.all_indicators():
        assert bool(indicator.numerator) == bool(indicator.denominator), indicator.code
        for term in (*indicator.numerator, *indicator.denominator):
            assert term.code in known, (indicator.code, term.code)


def test_terms_read_signs_and_refuse_prose():
    assert indicators.terms("3.2.8a-3.2.8b") == (indicators.Term(1, "3.2.8a"), indicators.Term(-1, "3.2.8b"))
    assert indicators.terms("") == ()
    with pytest.raises(ValueError, match="not a sum"):
        indicators.terms("3.4.1 * 2")


@pytest.mark.parametrize(
    ("code", "start", "end", "basis", "due"),
    [
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14), "cumulative", datetime(2026, 3, 11, tzinfo=ZONE)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14), "cumulative", datetime(2026, 6, 11, tzinfo=ZONE)),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14), "period", datetime(2026, 9, 11, tzinfo=ZONE)),
        ("2026-Y", date(2025, 12, 15), date(2026, 12, 14), "cumulative", datetime(2026, 12, 11, tzinfo=ZONE)),
    ],
)
def test_windows_and_due_dates(code, start, end, basis, due):
    period = periods.parse(code)
    assert (period.window_from, period.window_to, period.basis, period.due_at) == (start, end, basis, due)


def test_the_tenth_at_midnight_is_the_last_moment():
    assert periods.parse("2026-Q3").due_text == "24:00 ngày 10/09/2026"


def test_quarters_that_the_regime_lacks_mean_its_cumulative_reports():
    assert periods.parse("2026-Q2").code == "2026-H1"
    assert periods.parse("2026-Q4").code == "2026-Y"


@pytest.mark.parametrize("code", ["2026", "2026-Q5", "Q3-2026", "", "2026-Q3; DROP TABLE x", "1999-Q3"])
def test_other_texts_are_no_period(code):
    with pytest.raises(periods.UnknownPeriodError):
        periods.parse(code)


def test_a_cumulative_window_opens_where_last_year_closed():
    assert periods.opening_source(periods.parse("2026-Q3")).code == "2026-H1"
    assert periods.opening_source(periods.parse("2026-H1")).code == "2025-Y"
    assert periods.previous(periods.parse("2026-Q1")).code == "2025-Y"


def test_the_report_that_is_due_next():
    due = periods.parse("2026-Q3").due_at
    assert periods.next_due(due).code == "2026-Q3"
    assert periods.next_due(due + timedelta(seconds=1)).code == "2026-Y"
    assert periods.next_due(datetime(2026, 12, 20, tzinfo=ZONE)).code == "2027-Q1"


def test_units_of_both_provinces():
    day = date(2026, 9, 14)
    for authority, communes in (("31", 114), ("75", 95)):
        found = units.units_of(authority, day)
        assert sum(unit.form == "commune" for unit in found) == communes
        assert found[0].kind == "authority"
        assert len({unit.code for unit in found}) == len(found)


def test_a_code_is_only_a_unit_while_it_is_valid():
    assert units.find("10993", date(2020, 12, 31)) is None
    past = units.find("10993", date(2025, 6, 30))
    assert past is not None and (past.name, past.authority) == ("Xã Thái Hòa", "296")  # the code was given anew
    thuong_hong = units.find("10993", date(2025, 7, 1))
    assert thuong_hong is not None and thuong_hong.name == "Xã Thượng Hồng"
    assert {p.name for p in units.predecessors("10993") if not p.partial} == {"Xã Thái Hòa", "Xã Bình Xuyên"}


def test_nobody_is_asked_twice():
    """Only the province's own legal documents stand in two forms: they are other documents than the communes'."""
    carried = {form: forms.form(form, "Y").codes for form in ("commune", "department", "authority")}
    twice = (carried["commune"] | carried["department"]) & carried["authority"]
    assert twice and all(code.startswith(("2.1.", "2.2.", "2.3.")) for code in twice)
    assert not carried["department"] & twice


def test_yearly_figures_are_asked_in_the_yearly_report_only():
    for form_id in ("commune", "department", "authority"):
        for row in forms.form(form_id, "Q3").rows:
            assert row.indicator.time != "yearly", row.indicator.code


def test_computed_rows_are_never_asked():
    for row in forms.form("commune", "Y").rows:
        assert (row.required == "computed") == row.indicator.computed, row.indicator.code


def test_targets_cite_their_clause():
    targets = {target.indicator: target for target in regimes.regime().targets}
    assert targets["3.6.1"].value == Decimal(90) and "39/QĐ-UBND" in targets["3.6.1"].source


@pytest.mark.parametrize(
    ("name", "unit", "period"),
    [
        ("10993_2026-Q3.xlsx", "10993", "2026-Q3"),
        ("31-SNV 2026-h1 (1).xlsx", "31-SNV", "2026-H1"),
        ("Bieu CCHC xa ABC.xlsx", "", ""),
        ("10993 va 10507.xlsx", "", ""),
        ("12345_2026-Q9.xlsx", "", ""),
    ],
)
def test_hints_in_file_names(name, unit, period):
    assert (file_names.unit_hint(name), file_names.period_hint(name)) == (unit, period)


@pytest.mark.parametrize(
    ("code", "day", "regime", "level"),
    [
        ("31", date(2026, 9, 14), "default", "tỉnh"),
        ("31", date(2025, 6, 14), "default-2021", "tỉnh"),
        ("10993", date(2025, 9, 14), "thuong-hong-2025", "xã"),
        ("292", date(2023, 6, 14), "kinh-mon-2023", "huyện"),
        ("739", date(2023, 6, 14), "cam-my-2023", "huyện"),
        ("70", date(2023, 9, 14), "default-2021", "tỉnh"),
        ("70", date(2023, 12, 14), "binh-phuoc-2023", "tỉnh"),
        ("292-P", date(2023, 6, 14), "phuong-2023", "xã"),
    ],
)
def test_each_authority_has_the_regime_of_its_day(code, day, regime, level):
    assert regimes.regime_of(code, day).id == regime
    assert regimes.authority(code, day).level == level == regimes.authorities(day)[code].level


def test_no_regime_binds_before_its_instrument_or_after_its_unit_ended():
    for code, day in (("292", date(2023, 3, 14)), ("10993", date(2025, 6, 30)), ("30", date(2025, 7, 1))):
        with pytest.raises(KeyError):
            regimes.regime_of(code, day)
    assert regimes.authority("30").place == "Hải Dương"
    assert "30" not in regimes.authorities(date(2026, 9, 14))


def test_before_the_tenth_ends_with_the_ninth():
    """39/QĐ-UBND xã Thượng Hồng, mục IV.1: "trước ngày 10 của tháng cuối quý"; the default takes the 10th."""
    period = periods.parse("2026-Q3")
    due = regimes.regime_of("10993", period.window_to).due
    assert periods.due_moment(period, due) == datetime(2026, 9, 10, tzinfo=ZONE)
    assert periods.due_moment(period, regimes.regime().due) == period.due_at == datetime(2026, 9, 11, tzinfo=ZONE)
