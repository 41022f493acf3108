"""Sentences as data: every one of them can be said, and speaks of what exists."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.catalogue.tables import rows
from cchc.consolidate.targets import judge
from cchc.model.consolidation import UnitNarrative
from cchc.report.docx_body import quotations, shorten, spread
from cchc.report.facts import Facts
from cchc.report.outline import key_figures, texts
from cchc.report.sentences import STATES, Sentences, UnknownFigureError
from tests.consolidations import consolidation

SENTENCES = [
    (section, item if isinstance(item, dict) else {"say": item})
    for section, paragraphs in texts()["sections"].items()
    for alternatives in paragraphs
    for item in alternatives
]


@pytest.fixture(scope="module")
def sentences():
    return Sentences(Facts(consolidation(absent=("10993",))))


@pytest.mark.parametrize(("section", "wanted"), SENTENCES, ids=[f"{s}-{n}" for n, (s, _) in enumerate(SENTENCES)])
def test_a_sentence_speaks_of_what_exists(section, wanted, sentences):
    assert section in {row["section"] for row in rows("narrative_sections")}
    assert set(wanted) <= {"say", "positive", "zero", "needs"}
    assert {*wanted.get("positive", ()), *wanted.get("zero", ())} <= set(by_code())
    assert set(wanted.get("needs", ())) <= set(STATES)
    for key in re.findall(r"\{([^{}]+)\}", wanted["say"]):
        kind, _, code = key.partition(" ")
        known = code in by_code() or code in STATES if code else key in by_code() or key in sentences.named
        assert known, key
        assert not code or kind in ("n", "change", "names")


@pytest.mark.parametrize(("section", "wanted"), SENTENCES, ids=[f"{s}-{n}" for n, (s, _) in enumerate(SENTENCES)])
def test_a_sentence_ends_as_a_sentence(section, wanted):
    assert wanted["say"].endswith(".") and wanted["say"][0] in "{" + wanted["say"][0].upper()


@pytest.mark.parametrize(
    ("op", "bound", "said"),
    [
        (">=", "100", "(đạt 99,93%, mục tiêu 100%)"),
        (">=", "99.95", "(đạt 99,93%, mục tiêu từ 99,95% trở lên)"),
        (">", "99.95", "(đạt 99,93%, mục tiêu trên 99,95%)"),
    ],
)
def test_targets_are_told_as_an_official_would(op, bound, said):
    city = consolidation(of=("31", "10525"))
    near = tuple(replace(t, value=Decimal("99.93")) if t.indicator == "3.4.14" else t for t in city.totals)
    clause = Target("3.4.14", op, Decimal(bound), "", "tỉnh")
    near_city = replace(city, totals=near)
    facts = Facts(replace(near_city, targets=judge(near_city, [clause], "tỉnh", periods.parse(city.period))))
    assert Sentences(facts).fill("{unmet}").endswith(said)


def test_key_figures_exist():
    assert set(key_figures()) <= set(by_code()) and set(texts()["key_figures"]["names"]) <= set(key_figures())


def test_an_unknown_figure_stops_the_sentence(sentences):
    with pytest.raises(UnknownFigureError):
        sentences.fill("Có {7.3.3} dịch vụ.")


def test_the_first_alternative_that_can_be_said(sentences):
    assert sentences.choose(["Có {7.3.3} dịch vụ.", "Chưa có."]) == "Chưa có."
    assert sentences.choose([{"say": "Có.", "zero": ["3.4.1"]}]) is None


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Một câu.", 20, "Một câu."),
        ("Câu một rất dài. Câu hai cũng rất dài.", 24, "Câu một rất dài."),
        ("Một hai ba bốn, năm sáu", 16, "Một hai ba bốn…"),
        ("a\n b\n\nc", 20, "a b c"),
    ],
)
def test_long_texts_are_cut_between_words(text, limit, short):
    assert shorten(text, limit) == short


def test_units_are_quoted_evenly():
    assert spread(range(120), 6) == [0, 20, 40, 60, 80, 100]
    assert spread([1, 2], 6) == [1, 2]


def test_what_several_units_sent_word_for_word_is_told_once():
    told = [
        UnitNarrative(n, n, "V", text) for n, text in (("A", "x"), ("B", "y"), ("C", " x "), ("D", "z"), ("E", "w"))
    ]
    assert quotations(told, 2) == [(["A", "C"], "x"), (["B"], "y")]
    assert quotations(told, 9) == [(["A", "C"], "x"), (["B"], "y"), (["D"], "z"), (["E"], "w")]
