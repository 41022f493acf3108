"""A seeded city with every kind of fault and of doubt goes through the whole intake: all is found, nothing else is."""

from __future__ import annotations

import re

import pytest

from cchc.catalogue import periods, units
from cchc.catalogue.rules import rules
from cchc.sample.defects import all_defects
from cchc.sample.suspects import all_suspects
from tests import recall

HONESTY = [rule for rule in rules() if re.match("x1[0-6]_", rule)]
YEAR = ("2025-Y", "2026-Q1", "2026-H1", "2026-Q3")


def test_all_that_is_planted_is_found_and_nothing_else(installation, tmp_path):
    outcome = recall.send(7, tmp_path)
    kinds = {d["kind"] for file in outcome.manifest["files"] for d in file["defects"]}
    kinds |= {doubt["kind"] for doubt in outcome.manifest["suspects"]}
    assert kinds == {one.kind for one in (*all_defects(), *all_suspects())}
    lines = recall.table(outcome)
    print(*lines, sep="\n")
    assert {line.rule for line in lines if line.planted} == recall.planted_rules()
    assert [line for line in lines if line.found != line.planted or line.extra] == []
    follows_only_what_it_may(outcome)
    for file in outcome.manifest["files"]:
        judged = {outcome.verdicts[file["file"]], file["expected_verdict"]}
        assert len(judged) == 1 or judged == {"accepted", "accepted_with_warnings"}, file


def follows_only_what_it_may(outcome: recall.Outcome) -> None:
    for doubt in outcome.manifest["suspects"]:
        found = {seen.rule for seen in outcome.found[f"{doubt['unit']}_{recall.PERIOD}.xlsx"]}
        assert found <= {doubt["rule"], *doubt["follows"]}, doubt


@pytest.mark.parametrize("seed", [7, 8])
def test_an_honest_city_raises_no_alarm(installation, tmp_path, seed):
    owing = units.units_of("31", periods.parse(YEAR[-1]).window_to)
    some = [unit for unit in owing if unit.form == "department"]
    some += [unit for unit in owing if unit.form == "commune"][seed % 3 :: 3]
    outcome = recall.send_honest(seed, tmp_path, some, YEAR)
    assert len(outcome.verdicts) == len(some) * len(YEAR)
    assert outcome.found == {}
    assert set(outcome.verdicts.values()) == {"accepted"}


def test_the_honesty_rules_are_all_planted():
    assert set(HONESTY) <= recall.planted_rules()


def test_the_page_names_the_rules_of_today():
    told = re.findall(
        r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \| [1-9]", recall.PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(told) == recall.planted_rules()
