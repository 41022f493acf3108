"""Register, suites, relations, queries, tests and the printed list of rules name the same rules, both ways."""

import ast
import csv
import re
from collections import Counter

import pytest

from cchc.catalogue.forms import form
from cchc.catalogue.indicators import all_indicators, by_code
from cchc.catalogue.periods import parse
from cchc.catalogue.rules import PLACEHOLDERS, issue_rules, relations, rules, suite
from cchc.catalogue.tables import rows
from cchc.settings import EXPECTATIONS, REPOSITORY, SQL
from cchc.validate.across import COMPARED
from cchc.validate.relations import RATIO_DIFFERS, RATIO_WITHOUT_DENOMINATOR, applicable
from cchc.validate.rules_page import PAGE, page

SUITES = sorted(path.stem for path in (EXPECTATIONS / "suites").glob("*.json"))
TESTS = {path.stem.removeprefix("test_"): path for path in (REPOSITORY / "tests" / "rules").glob("test_*.py")}
NO_RULE = {"clean_readings"}
FORMS, KINDS = ("commune", "department", "authority"), ("Q1", "H1", "Q3", "Y")
SUBJECTS = {"file", "cover", "sheet", "cell", "relation", "cross"}
LETTERS = {"s": {"file", "cover", "sheet", "cell"}, "c": {"cell"}, "x": {"cross"}} | dict.fromkeys("abr", {"relation"})


def _expectations():
    return [expectation for name in SUITES for expectation in suite(name)["expectations"]]


def _by_engine(engine: str) -> set[str]:
    return {rule.id for rule in rules().values() if rule.engine == engine}


def _table(name: str) -> list[dict[str, str]]:
    with (EXPECTATIONS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_register_is_whole():
    table = _table("rules")
    assert len(table) == len(rules()) >= 60
    for row in table:
        assert re.fullmatch(r"[a-z]\d\d_[a-z0-9_]{3,50}", row["rule_id"])
        assert row["subject"] in LETTERS[row["rule_id"][0]] <= SUBJECTS
        empty = {name for name, text in row.items() if not text.strip()}
        assert empty <= {"indicator", "silences"}, row["rule_id"]


@pytest.mark.parametrize("name", ["rules", "relations", "subjects", "unchecked"])
def test_every_row_names_its_source(name):
    assert all(row["source"].strip() for row in _table(name))


def test_each_rule_on_files_has_one_expectation_of_its_severity():
    named = Counter(expectation["meta"]["rule"] for expectation in _expectations())
    assert set(named) == _by_engine("gx")
    assert set(named.values()) == {1}
    for expectation in _expectations():
        assert expectation["severity"] == rules()[expectation["meta"]["rule"]].severity.value


def test_each_rule_across_units_has_one_query_that_begins_with_the_rule_in_words():
    files = {path.stem: path for path in (SQL / "rules").glob("*.sql")}
    assert set(files) == _by_engine("sql")
    for path in files.values():
        text = path.read_text(encoding="utf-8")
        assert text.startswith("-- ") and "\n-- :period" in text, path
        assert len(text.splitlines()) <= 60, path
    assert all(rules()[name].severity == "warning" for name in files)


def test_each_rule_that_compares_texts_has_a_function_and_only_warns():
    assert set(COMPARED) == _by_engine("python")
    assert all(rules()[name].severity == "warning" and rules()[name].subject == "cross" for name in COMPARED)


def test_each_rule_has_a_test_of_its_name_that_shows_it_holding_broken_and_silent():
    assert set(TESTS) - NO_RULE == set(rules())
    for name in rules():
        tree = ast.parse(TESTS[name].read_text(encoding="utf-8"))
        tests = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        assert len(tests) >= 3, name


def test_relations_belong_to_the_suite_and_to_the_register():
    checked = {expectation["kwargs"]["column"] for expectation in suite("relation")["expectations"]}
    assert {relation.rule for relation in relations()} | {RATIO_DIFFERS, RATIO_WITHOUT_DENOMINATOR} == checked
    assert {rule.id for rule in rules().values() if rule.subject == "relation"} == checked


def test_every_relation_is_evaluated_somewhere():
    used = {r for name in FORMS for kind in KINDS for r in applicable(name, parse(f"2026-{kind}"))}
    assert used == set(relations())
    assert {code for relation in relations() for code in relation.codes} <= set(by_code())


def test_the_register_names_the_figures_that_its_relations_point_at():
    stated: dict[str, list[str]] = {}
    for relation in relations():
        stated.setdefault(relation.rule, []).append(relation.left)
    named = {row["rule_id"]: row["indicator"].split() for row in _table("rules")}
    assert {rule: named[rule] for rule in stated} == stated


def test_every_bound_and_identity_of_the_catalogue_is_checked_or_says_why_not():
    left = {relation.left for relation in relations()}
    spoken_of = {code for relation in relations() for code in relation.codes}
    across = {code for row in _table("rules") if row["engine"] == "sql" for code in row["indicator"].split()}
    excused = {row["indicator"] for row in _table("unchecked")}
    notes = {indicator.code: indicator.note for indicator in all_indicators()}
    bounded = {code for code, note in notes.items() if "≤" in note}
    equal = {code for code, note in notes.items() if re.search(r"(^|\s)= ?[\d(]|= (previous|sum)", note)}
    assert len(bounded) > 50 and len(equal) > 8
    assert bounded - left - across == excused
    # 3.1.5 states how 3.1.1 moves, which x09 checks.
    assert equal - spoken_of - across == {"3.1.5"}


def test_every_remark_of_the_reader_has_a_rule():
    assert set(issue_rules()) == {row["kind"] for row in rows("issue_kinds")}


def test_rules_silence_only_rules():
    assert all(rule.silences <= set(rules()) - {rule.id} for rule in rules().values())


def test_sentences_are_vietnamese_and_ask_only_for_what_is_known():
    for rule in rules().values():
        for sentence in (rule.title, rule.message, rule.fix, rule.expected):
            assert set(re.findall(r"\{(\w*)\}", sentence)) <= PLACEHOLDERS, rule.id
            assert sentence.count("{") == sentence.count("}") == len(re.findall(r"\{\w+\}", sentence)), rule.id
        assert re.search(r"[ăâđêôơưạảấầẩậắằẳặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửữựỳỵỷỹàáèéìíòóùú]", rule.message), rule.id
        assert rule.message.endswith(".") and rule.fix.endswith("."), rule.id


def test_every_figure_of_a_form_has_a_kind_that_is_measured():
    kinds = {row.indicator.kind for name in FORMS for kind in KINDS for row in form(name, kind).rows}
    assert kinds == {"count", "amount", "ratio", "flag", "score"}


def test_the_printed_list_is_the_register():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m cchc.validate.rules_page"
