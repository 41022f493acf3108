"""Closure: what an authority consolidates and sends upward adds up there to what its units would have given directly.

Domain 2.6 (rules 1 to 4) and the contract of design 6: "a commune's consolidated annex is itself a valid submission to
the upper level".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cchc import consolidate
from cchc.catalogue import forms, periods, units
from cchc.catalogue.form_texts import text as form_text
from cchc.catalogue.indicators import ANSWER, by_code, companion_codes, companions, companions_of
from cchc.consolidate.totals import answer_labels, totals
from cchc.model.observation import ValueState
from cchc.parse import read
from cchc.report.arithmetic import Given, Recipe, ratio_of, recompute
from cchc.report.figures import recipe_of
from cchc.report.sent import recipe_of_sent
from cchc.report.xlsx import write_xlsx
from cchc.template import issue
from tests.factories import arrive

COMMUNE, CITY = "10993", "31"
OFFICES = ("10993-VHXH", "10993-KT", "10993-VP", "10993-HCC")
START = datetime(2026, 9, 1, tzinfo=periods.ZONE)
LATER = datetime(2026, 11, 1, tzinfo=periods.ZONE)
_few = settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _unit(code, period):
    found = units.find(code, period.window_to)
    assert found is not None
    return found


def _figure(indicator, chance):
    """A figure as somebody may give it: missing, nothing arose, zero, or a number of its kind."""
    fate = chance.random()
    if fate < 0.15:
        return None
    if fate < 0.25 and indicator.kind != "flag":
        return form_text("nothing_arose")
    if indicator.kind == "flag":
        return Decimal(chance.choice((0, 1, 2) if indicator.rollup == "distribution" else (0, 1)))
    if fate < 0.35:
        return Decimal(0)
    if indicator.kind == "ratio":
        return Decimal(chance.randrange(1000)) / 10
    return Decimal(chance.randrange(10**6)) / (10 if indicator.kind == "amount" else 1)


def _figures(unit, period, seed):
    chance = Random(f"{unit.code} {period.code} {seed}")
    asked = [row.indicator for row in forms.form(unit.form, period.kind).rows if row.required in ("must", "should")]
    found = {indicator.code: _figure(indicator, chance) for indicator in asked}
    return {code: value for code, value in found.items() if value is not None}


def _file(unit, period, figures):
    return read(issue(unit, period, figures), f"{unit.code}_{period.code}.xlsx")


def _empty(engine):
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE finding, narrative, fct_observation, stg_observation, submission CASCADE"))


def _annex(engine, authority, period, tmp_path):
    """The authority's own consolidated workbook, read as whoever receives it reads it."""
    with engine.connect() as connection:
        made = consolidate.assemble(connection, authority, period, LATER)
    path = tmp_path / f"{authority}.xlsx"
    write_xlsx(made, path)
    return read(path.read_bytes(), path.name)


def _totals(engine, authority, period, as_of):
    with engine.connect() as connection:
        return {total.indicator: total for total in totals(connection, authority, period, as_of)}


@pytest.mark.parametrize("kind", ["Q3", "Y"])
def test_every_figure_of_the_commune_is_asked_of_exactly_one_office(kind):
    """39/QĐ-UBND xã Thượng Hồng: each area has one office in charge (domain 1.6)."""
    for authority, day, base in (
        (COMMUNE, periods.parse("2026-Q3").window_to, "commune"),
        ("292", periods.parse("2023-H1").window_to, "district"),
        ("739", periods.parse("2023-H1").window_to, "district"),
        ("292-P", periods.parse("2023-H1").window_to, "commune"),
    ):
        offices = [unit for unit in units.units_of(authority, day) if unit.kind == "office"]
        asked = [code for office in offices for code in forms.form(office.form, kind).codes]
        assert sorted(asked) == sorted(forms.form(base, kind).codes - companion_codes()), authority


@_few
@given(seed=st.integers(0, 10**9), year_end=st.booleans())
def test_a_commune_through_its_offices_is_the_commune_itself(engine, tmp_path, seed, year_end):
    """Offices' files, consolidated, sent upward as a file, against the commune's own file: the city's totals agree."""
    period = periods.parse("2026-Y" if year_end else "2026-Q3")
    _empty(engine)
    own = _figures(_unit(COMMUNE, period), period, seed)
    for place, code in enumerate(("10507", "31-SNV", CITY)):
        peer = _unit(code, period)
        arrive(engine, _file(peer, period, _figures(peer, period, seed)), START + timedelta(minutes=place))
    for place, code in enumerate(OFFICES):
        office = _unit(code, period)
        arrive(engine, _file(office, period, own), START + timedelta(hours=1, minutes=place))
    direct = _file(_unit(COMMUNE, period), period, own)
    arrive(engine, direct, START + timedelta(hours=2))
    annex = _annex(engine, COMMUNE, period, tmp_path)
    assert (annex.unit, annex.period, annex.form, annex.form_version) == (COMMUNE, period.code, "commune", "1.0")
    assert not annex.issues
    assert _said(annex) == _said(direct)
    arrive(engine, annex, START + timedelta(hours=3))
    before = _totals(engine, CITY, period, START + timedelta(hours=2))
    after = _totals(engine, CITY, period, START + timedelta(hours=3))
    assert after == before
    assert any(total.reported >= 2 for total in after.values())


def _said(reading):
    """What a file says of each figure that is asked for; a zero is a zero, in words or not."""
    return {
        o.indicator: (o.value, ValueState.REPORTED if o.state is ValueState.CONFIRMED_ZERO else o.state)
        for o in reading.observations
        if not by_code()[o.indicator].computed
    }


_METHODS = ("sum", "count_yes", "shared", "weighted", "ratio", "in_full")


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9), method=st.sampled_from(_METHODS))
def test_offices_speak_as_one_unit_in_the_reader_s_own_arithmetic(seed, method):
    """Whatever a total is made by, a unit that speaks through several offices weighs as one."""
    chance = Random(seed)
    recipe = _recipe(method)
    needed = sorted({recipe.code, "1.4.1b", *(t.code for t in (*recipe.numerator, *recipe.denominator))})
    told = {code: _figure(by_code()[code], chance) for code in needed}
    mine = {code: value for code, value in told.items() if isinstance(value, Decimal)}
    others = [
        Given(code, unit, "commune", value)
        for unit in ("a", "b")
        for code in needed
        if isinstance(value := _figure(by_code()[code], chance), Decimal)
    ]
    whole = [Given(code, "c", "commune", value) for code, value in mine.items()]
    parted = [Given(code, f"c-{chance.randrange(3)}", "office", value) for code, value in mine.items()]
    one, several = recompute(recipe, [*others, *whole]), recompute(recipe, [*others, *parted])
    if method == "shared" and recipe.code in mine:
        assert several.value == mine[recipe.code]  # a shared catalogue: the authority's own word goes before
    else:
        assert (one.value, one.numerator, one.denominator) == (several.value, several.numerator, several.denominator)
        assert len(one.parts) == len(several.parts)


def _recipe(method):
    code = {"count_yes": "1.5.1", "shared": "7.4.1a", "weighted": "3.6.1", "ratio": "3.4.12"}.get(method, "3.4.1")
    if method == "in_full":
        part, whole = by_code()["7.2.3"].numerator, by_code()["7.2.3"].denominator
        return Recipe("3.1.7b", method, part, whole)
    indicator = by_code()[code]
    return Recipe(code, method, indicator.numerator, indicator.denominator)


DISTRICT, PROVINCE = "292", "30"
DISTRICT_OFFICES = ("292-NV", "292-TP", "292-VP", "292-TC", "292-VHTT")
ITS_COMMUNES = ("10675", "10678", "10681", "10684")
OTHERS = ("288", "30-SNV", "30-STP", "30")
"""Another district that gives its own figures only, departments and the province itself."""
NOT_EXACT = ("shared",)
"""The most frequent value of values that are themselves the most frequent ones is not always that of all."""


@_few
@given(seed=st.integers(0, 10**9), year_end=st.booleans())
def test_a_district_s_annex_gives_the_province_what_its_communes_and_offices_would(engine, tmp_path, seed, year_end):
    """Domain 2.6, rule 1 over three tiers: who gives only one part of a ratio must not slip into it on the way."""
    period = periods.parse("2023-Y" if year_end else "2023-H1")
    _empty(engine)
    below = _sent_in(engine, (*ITS_COMMUNES, *DISTRICT_OFFICES), period, seed, START_2023)
    beside = _sent_in(engine, OTHERS, period, seed, START_2023 + timedelta(days=1))
    annex = _annex(engine, DISTRICT, period, tmp_path)
    assert (annex.unit, annex.period, annex.form, annex.issues) == (DISTRICT, period.code, "district", ())
    arrive(engine, annex, START_2023 + timedelta(days=2))
    found = _totals(engine, PROVINCE, period, LATER)
    single = [*_cells(below, own=DISTRICT_OFFICES), *_cells(beside)]
    passed = forms.form("district", period.kind).codes - companion_codes()
    told = 0
    for code in sorted(passed):
        total, recipe = found[code], recipe_of(found[code], period.kind)
        if by_code()[code].rollup in NOT_EXACT:
            continue
        direct = recompute(recipe, single)
        assert total.value == direct.value, code
        if by_code()[code].rollup in ("ratio", "weighted"):
            assert (total.numerator, total.denominator) == (direct.numerator, direct.denominator), code
        told += total.value is not None
    assert told > 50
    assert found["1.4.2"].text == _answers([*below.values(), *beside.values()])


START_2023 = datetime(2023, 6, 1, tzinfo=periods.ZONE)


def _sent_in(engine, codes, period, seed, start):
    """Files of units, received a minute apart; by unit what was read in them. The offices tell one story."""
    found = {}
    for place, code in enumerate(codes):
        unit = _unit(code, period)
        speaker = _unit(unit.authority, period) if unit.kind == "office" else unit
        figures = {c: v for c, v in _figures(speaker, period, seed).items() if c not in companion_codes()}
        if unit.kind == "office":
            figures |= _flags(seed)
        found[code] = _file(unit, period, figures)
        arrive(engine, found[code], start + timedelta(minutes=place))
    return found


def _flags(seed):
    """Answers that only the offices of a district give, the district itself counts those of all."""
    chance = Random(seed)
    return {"1.1.5": Decimal(chance.choice((0, 1))), "1.5.1": Decimal(1), "1.4.2": Decimal(chance.choice((0, 1, 2)))}


def _cells(readings, own=()):
    """Figures that count, the offices of the district as one unit."""
    return [
        Given(o.indicator, DISTRICT if code in own else code, "unit", o.value)
        for code, reading in readings.items()
        for o in reading.observations
        if o.value is not None and not o.computed and o.state in (ValueState.REPORTED, ValueState.CONFIRMED_ZERO)
    ]


def _answers(readings):
    """What the line of 1.4.2 says, counted by hand."""
    labels = answer_labels(by_code()["1.4.2"].name)
    given = [
        int(o.value)
        for reading in readings
        for o in reading.observations
        if o.indicator == "1.4.2" and o.state is ValueState.REPORTED and not o.computed and o.value is not None
    ]
    return "; ".join(f"{label}: {given.count(n)} đơn vị" for n, label in labels.items() if n in given)


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9), item=st.sampled_from(companions()), districts=st.integers(1, 4))
def test_companions_of_districts_make_the_total_of_all_their_units(seed, item, districts):
    """In memory: each district's companions, made by the reader's arithmetic, add up to what all units give at once."""
    chance, indicator = Random(seed), by_code()[item.of]
    method = indicator.rollup if indicator.rollup != "distribution" else "sent_answer"
    recipe = Recipe(item.of, method, indicator.numerator, indicator.denominator)
    needed = sorted({item.of, "1.4.1b", *(t.code for t in (*recipe.numerator, *recipe.denominator))} - {""})
    groups = [
        [
            Given(code, f"{district}-{unit}", "commune", value)
            for unit in range(3)
            for code in needed
            if isinstance(value := _figure(by_code()[code], chance), Decimal)
        ]
        for district in range(districts)
    ]
    every = [cell for group in groups for cell in group]
    wanted = [item.code] if method == "sent_answer" else list(companions_of(item.of).values())
    sent = [
        Given(code, str(number), "district", value)
        for number, group in enumerate(groups)
        for code in wanted
        if (value := recompute(recipe_of_sent(code), group).value) is not None
    ]
    assert sent or method == "sent_answer" or recompute(recipe, every).value is None
    if method == "sent_answer":
        answer = int(item.role.removeprefix(ANSWER))
        direct = sum(cell.value == answer for cell in every if cell.code == item.of)
        assert sum(cell.value for cell in sent) == direct
        return
    direct, added = recompute(recipe, every), recompute(recipe, sent)
    assert (added.value, added.numerator, added.denominator) == (direct.value, direct.numerator, direct.denominator)


def test_a_unit_that_adds_up_shows_the_ratio_of_its_pairs():
    """Two communes, of which one gave only the dossiers settled: the district's share is that of the other."""
    recipe = Recipe("3.4.12", "unit_ratio", by_code()["3.4.12"].numerator, by_code()["3.4.12"].denominator)
    figures = {"3.4.5": Decimal(150), "3.4.6": Decimal(40), "3.4.7": Decimal(50)}
    own = companions_of("3.4.12")
    assert ratio_of(recipe, figures) == Decimal(60)
    assert ratio_of(recipe, {**figures, own["numerator"]: Decimal(90), own["denominator"]: Decimal(100)}) == Decimal(90)
    assert ratio_of(recipe, {**figures, companions_of("1.1.3")["numerator"]: Decimal(1)}) is None
