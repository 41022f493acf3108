"""Files are judged together, in order, quietly, without a database and without a trace."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from cchc import validate
from cchc.catalogue.periods import parse
from cchc.catalogue.rules import rules
from cchc.settings import REPOSITORY
from cchc.validate import gate
from cchc.validate.relations import evaluate
from tests.rules.factory import clean_reading, unreadable, with_issue, with_values, without

CLEAN = clean_reading()


def _rules_of(judged):
    return [finding.rule for finding in judged.findings]


def test_no_file_no_judgement():
    assert validate.judge([]) == []


def test_each_file_gets_its_own_findings_in_the_order_given():
    batch = [
        CLEAN,
        unreadable("damaged"),
        with_values(CLEAN, {"1.1.4": -1}),
        clean_reading("department"),
        without(CLEAN, "1.1.4"),
        with_issue(CLEAN, "hidden_sheet", sheet="1. Chỉ đạo điều hành"),
    ]
    judged = validate.judge(batch)
    assert [item.reading for item in judged] == batch
    assert [_rules_of(item) for item in judged] == [
        [],
        ["s04_damaged_file"],
        ["c07_negative"],
        [],
        ["c06_expected_missing"],
        ["s26_sheet_hidden"],
    ]
    assert [item.verdict for item in judged] == [
        "accepted",
        "unreadable",
        "rejected",
        "accepted",
        "accepted_with_warnings",
        "accepted_with_warnings",
    ]


def test_more_faults_than_the_library_keeps_by_default_all_come_back():
    faulty = [with_values(CLEAN, {"1.1.4": -1 - n}) for n in range(250)]
    assert [item.findings[0].found for item in validate.judge(faulty)] == [str(-1 - n) for n in range(250)]


def test_company_does_not_change_a_verdict():
    faulty = with_values(CLEAN, {"3.4.2": 61})
    alone, together = validate.judge([faulty])[0], validate.judge([clean_reading("authority"), faulty])[1]
    assert alone == together and alone.findings


def test_an_unknown_cover_leaves_only_what_can_be_said_of_any_file():
    nameless = with_issue(replace(with_values(CLEAN, {"3.4.1": 7}), period="", form=""), "missing_cover")
    assert _rules_of(validate.judge([nameless])[0]) == ["s08_cover_missing"]


def test_a_remark_that_no_rule_names_is_our_fault_and_loud():
    with pytest.raises(KeyError, match="never_heard_of"):
        validate.judge([with_issue(CLEAN, "never_heard_of")])


def test_an_expectation_that_fails_to_run_is_our_fault_and_loud():
    frame = pd.DataFrame({"reading": [0], "row": [0], "figure": ["not a number"]})
    with pytest.raises(RuntimeError, match="c07_negative could not be evaluated"):
        gate.broken("observation", frame)


def test_arithmetic_is_exact():
    money = with_values(CLEAN, {"6.1.1": "0.3", "6.1.2": Decimal("0.1") + Decimal("0.2")})
    assert not [item for item in evaluate(money) if item.rule == "b47_disbursement_over_plan" and item.excess]
    hair = with_values(CLEAN, {"6.1.1": "9007199254740993", "6.1.2": "9007199254740993.01"})
    assert "b47_disbursement_over_plan" in _rules_of(validate.judge([hair])[0])


def test_a_rule_applies_from_its_first_day_and_to_its_report_kinds():
    yearly = rules()["b05_initiatives_recognised"]
    assert yearly.applies(parse("2026-Y")) and not yearly.applies(parse("2026-Q3"))
    assert not yearly.applies(parse("2021-Y"))


def test_a_rule_that_was_not_in_force_is_not_held_against_an_old_report():
    assert validate.judge([replace(with_values(CLEAN, {"1.1.4": -1}), period="2021-Y")])[0].findings == ()
    told = _rules_of(validate.judge([replace(with_values(CLEAN, {"1.1.4": -1}), period="2025-Q1")])[0])
    assert "c07_negative" in told  # what became of the units in 2025 changes no arithmetic


def test_judging_prints_nothing_and_leaves_nothing_behind(tmp_path):
    code = (
        "from cchc import validate; from tests.rules.factory import clean_reading, with_values;"
        "validate.judge([with_values(clean_reading(), {'1.1.4': -1})])"
    )
    path = f"{REPOSITORY}:{REPOSITORY / 'include'}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": path, "HOME": str(tmp_path), "CCHC_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_importing_the_stage_is_cheap():
    code = "import sys, cchc.validate; print([m for m in ('great_expectations', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
