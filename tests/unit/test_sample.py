"""The sample city: the same seed gives the same files, and its figures hang together over time."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cchc.catalogue import forms, periods, units
from cchc.catalogue.indicators import by_code
from cchc.catalogue.periods import Period
from cchc.catalogue.rules import relations
from cchc.catalogue.tables import rows
from cchc.sample import city
from cchc.sample.defects import number
from cchc.sample.figures import Story, figures
from cchc.sample.narratives import narrative
from cchc.sample.own_words import own_words
from cchc.sample.suspects import all_suspects

Q3 = periods.parse("2026-Q3")
HAI_PHONG = units.units_of("31", Q3.window_to)
SOME = HAI_PHONG[::9]
YEAR = [periods.parse(code) for code in ("2026-Q1", "2026-H1", "2026-Q3", "2026-Y")]


def window(unit, code: str, period: Period) -> Decimal:
    return Story(7, unit).window(code, period)


@pytest.mark.parametrize("period", YEAR, ids=lambda period: period.code)
def test_every_row_that_is_asked_has_a_figure(period: Period):
    for unit in HAI_PHONG:
        asked = {row.indicator.code for row in forms.form(unit.form, period.kind).rows if row.required != "computed"}
        assert figures(7, unit, period).keys() == asked


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_identities_and_parts_hold_for_any_seed(seed: int):
    for unit in SOME:
        for period in YEAR:
            own = figures(seed, unit, period)
            for relation in relations():
                if relation.codes <= own.keys() and relation.op in ("=", "<="):
                    left = number(own, relation.left)
                    right = (
                        sum(term.sign * number(own, term.code) for term in relation.right)
                        if relation.right
                        else (Decimal(relation.bound))
                    )
                    assert left == right if relation.op == "=" else left <= right, (unit.code, period.code, relation)


def test_what_was_pending_is_carried_over():
    for unit in SOME:
        if unit.form != "authority":
            for period in YEAR:
                before = periods.opening_source(period)
                assert window(unit, "3.4.4", period) == window(unit, "3.4.9", before)


def test_years_hold_their_parts():
    q1, h1, q3, year = YEAR
    for unit in SOME:
        flows = [row.indicator for row in forms.form(unit.form, "Q3").rows if row.indicator.time == "flow"]
        for indicator in flows:
            if indicator.kind in ("count", "amount"):
                code = indicator.code
                assert window(unit, code, year) >= window(unit, code, h1) + window(unit, code, q3), code
                assert window(unit, code, h1) >= window(unit, code, q1), code


def test_counts_are_whole_and_nothing_is_negative():
    for unit in SOME:
        for code, figure in figures(7, unit, YEAR[-1]).items():
            value = figure if isinstance(figure, Decimal) else Decimal(0)
            assert value >= 0
            assert by_code()[code].kind not in ("count", "flag") or value == value.to_integral_value()


def test_the_city_is_of_plausible_size():
    total = {code: Decimal(0) for code in ("3.4.2", "3.4.3", "3.4.5", "3.4.8")}
    for unit in HAI_PHONG:
        own = figures(7, unit, Q3)
        for code in total.keys() & own.keys():
            total[code] += number(own, code)
    received = total["3.4.2"] + total["3.4.3"]
    assert 120_000 < received < 160_000
    assert Decimal("0.62") < total["3.4.2"] / received < Decimal("0.72")
    assert Decimal("0.005") < total["3.4.8"] / total["3.4.5"] < Decimal("0.03")


def test_islands_are_small():
    size = {unit.kind: Story(7, unit).size for unit in HAI_PHONG}
    assert size["đặc khu"] < size["xã"] / 2


def test_shared_catalogues_are_the_same_everywhere():
    shared = [code for code, indicator in by_code().items() if indicator.rollup == "shared"]
    for form in ("commune", "department"):
        senders = [figures(7, unit, Q3) for unit in HAI_PHONG if unit.form == form]
        for code in shared:
            assert len({own[code] for own in senders if code in own}) <= 1


def test_narratives_quote_the_units_own_figures():
    told = {}
    for unit in HAI_PHONG:
        own = figures(7, unit, Q3)
        told[unit.code] = narrative(7, unit, Q3, own)
        assert {"I.1", "II.2", "III.1", "III.2", "IV"} - told[unit.code].keys() <= set()
    mine = figures(7, units.find("10993", Q3.window_to), Q3)
    assert f"{mine['3.4.5']:,}".replace(",", ".") in told["10993"]["II.2"]
    assert len({words["II.2"] for words in told.values()}) > len(told) * 0.9


def test_narratives_are_filled_in_completely():
    sections = {row["section"] for row in rows("narrative_sections") if row["required"]}
    for unit in SOME:
        for period in YEAR:
            words = narrative(3, unit, period, figures(3, unit, period))
            assert words.keys() <= sections
            assert not any("{" in text or "}" in text for text in words.values())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    out = tmp_path_factory.mktemp("city")
    return out, city("75", Q3, out, seed=3, defects=0.1, late=0.1, missing=0.1)


def test_the_manifest_matches_the_files(written: tuple[Path, dict]):
    out, manifest = written
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert {path.name for path in out.glob("*.xlsx")} == {file["file"] for file in manifest["files"]}
    owing = {unit.code for unit in units.units_of("75", Q3.window_to)}
    assert {file["unit"] for file in manifest["files"]} | set(manifest["missing"]) == owing
    assert len(manifest["missing"]) == round(0.1 * len(owing))


def test_late_files_come_after_the_due_moment_and_no_others(written: tuple[Path, dict]):
    _, manifest = written
    due = datetime.fromisoformat(manifest["due_at"])
    assert sum(file["late"] for file in manifest["files"]) == round(0.1 * (len(manifest["files"]) + 11))
    for file in manifest["files"]:
        received = datetime.fromisoformat(file["received_at"])
        assert (received >= due) is file["late"]
        assert file["received_at"].endswith("+07:00")


def test_the_authority_itself_sends_a_sound_file_in_time(written: tuple[Path, dict]):
    own = next(file for file in written[1]["files"] if file["unit"] == "75")
    assert (own["late"], own["faulty"]) == (False, False)


def test_the_same_seed_gives_the_same_bytes(written: tuple[Path, dict], tmp_path: Path):
    out, manifest = written
    assert city("75", Q3, tmp_path, seed=3, defects=0.1, late=0.1, missing=0.1) == manifest
    for path in out.glob("*.xlsx"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_history_is_written_beside_it_and_is_sound(tmp_path: Path):
    city("31", Q3, tmp_path, missing=1, history=1)
    before = json.loads((tmp_path / "history" / "2026-H1" / "manifest.json").read_text(encoding="utf-8"))
    assert before["missing"] == [] and not any(file["faulty"] or file["late"] for file in before["files"])
    assert len(before["files"]) == len(HAI_PHONG)


def test_doubtful_reports_are_sound_by_themselves_and_named_in_the_manifest(tmp_path: Path):
    made = city("75", Q3, tmp_path, seed=3, defects=0.4, missing=0.4, suspects=0.04)
    assert [doubt["kind"] for doubt in made["suspects"]] and {doubt["period"] for doubt in made["suspects"]} == {
        Q3.code
    }
    assert {doubt["kind"] for doubt in made["suspects"]} <= {s.kind for s in all_suspects() if s.suits(Q3, 0)}
    by_unit = {file["unit"]: file for file in made["files"]}
    for doubt in made["suspects"]:
        assert not any(by_unit[unit]["faulty"] for unit in (doubt["unit"], doubt["copied_from"] or doubt["unit"]))


def test_a_doubt_needs_the_reports_that_it_is_doubtful_beside():
    suits = {s.kind: [s.suits(Q3, history) for history in (0, 1, 3)] for s in all_suspects()}
    assert suits["outlier"] == [True, True, True] and suits["jump"] == [False, False, True]
    assert suits["copied_forward"] == suits["moving_denominator"] == [False, True, True]
    first = periods.parse("2026-Q1")
    assert [s.kind for s in all_suspects() if s.suits(first, 3) != s.suits(Q3, 3)] == ["moving_denominator"]


def test_each_unit_has_places_and_deeds_of_its_own():
    for unit in (unit for unit in HAI_PHONG if unit.form != "authority"):
        own = own_words(7, unit, Q3)
        assert own.keys() == {"II.2", "III.1"} and not any("{" in text for text in own.values())
        assert own != own_words(7, unit, YEAR[1]) and own == own_words(7, unit, Q3)
    assert "thôn Thanh Hòa" in " ".join(own_words(7, units.find("10993", Q3.window_to), Q3).values())
    assert own_words(7, units.find("31", Q3.window_to), Q3) == {}
