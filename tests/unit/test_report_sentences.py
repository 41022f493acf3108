"""Sentences as data: every one of them can be said, and speaks of what exists."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.catalogue.tables import rows
from cchc.catalogue.unit_names import within
from cchc.consolidate.targets import judge
from cchc.model.consolidation import UnitNarrative
from cchc.report import numerals
from cchc.report.facts import Facts
from cchc.report.levels import own_sections
from cchc.report.outline import key_figures, texts
from cchc.report.sentences import STATES, Sentences, UnknownFigureError
from cchc.report.voices import chosen, gather, shorten, spread
from tests.consolidations import consolidation

SENTENCES = [
    (section, item if isinstance(item, dict) else {"say": item})
    for sections in (texts()["sections"], *own_sections().values())
    for section, paragraphs in sections.items()
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


def test_that_nothing_arose_is_said_only_of_a_reported_zero():
    """A missing figure is not zero: such a sentence hangs on a code that was reported as 0."""
    loose = [
        w["say"] for _, w in SENTENCES if re.search("[Kk]hông (phát sinh|phát hiện)", w["say"]) and "zero" not in w
    ]
    assert not loose


def test_without_any_report_nothing_is_said_to_have_arisen_or_not():
    empty = Sentences(Facts(consolidation(absent=tuple(row.unit for row in consolidation().statuses))))
    told = " ".join(text for section in texts()["sections"] for text in empty.section(section))
    assert "Chưa có số liệu" in told and "hông phát sinh" not in told and "hông phát hiện" not in told


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


def _told(*texts):
    return [UnitNarrative(name, name, "V", text) for name, text in zip("ABCDEFG", texts, strict=False)]


def test_what_several_units_sent_word_for_word_is_told_once():
    told = _told("x", "y", " x ", "z", "w")
    found = gather(told, 0.8, 400)
    assert [(v.names, v.text, v.alike) for v in chosen(found, 2)] == [(["A", "C"], "x", False), (["B"], "y", False)]
    assert [v.text for v in chosen(found, 9)] == ["x", "y", "z", "w"]


def test_inside_a_sentence_the_common_noun_of_a_place_is_small():
    assert [within(name) for name in ("Xã Lê Ninh", "Thị xã Kinh Môn", "Đặc khu Cát Hải", "Phòng Nội vụ", "Xãy")] == [
        "xã Lê Ninh",
        "thị xã Kinh Môn",
        "đặc khu Cát Hải",
        "Phòng Nội vụ",
        "Xãy",
    ]


LONG = "Đã niêm yết công khai thủ tục hành chính tại Trung tâm Phục vụ hành chính công; hồ sơ giải quyết đúng hạn."


def test_what_several_units_sent_almost_alike_is_told_once_with_the_longest_text():
    other = LONG.replace("Đã niêm yết", "Đơn vị đã niêm yết")
    found = gather(_told(LONG, "Chưa có vướng mắc.", other), 0.8, 400)
    assert [(v.names, v.text, v.alike) for v in found] == [
        (["C", "A"], other, True),
        (["B"], "Chưa có vướng mắc.", False),
    ]


def test_texts_with_other_figures_are_never_folded():
    found = gather(_told(f"{LONG} Còn 12 hồ sơ.", f"{LONG} Còn 15 hồ sơ.", LONG), 0.8, 400)
    assert [v.names for v in found] == [["A"], ["B"], ["C"]]


def test_folding_takes_the_same_texts_whatever_the_limit_of_comparison():
    texts = _told(*(f"{LONG} {word}" for word in ("một", "hai", "ba", "bốn", "năm")))
    assert [len(v.names) for v in gather(texts, 0.8, 400)] == [5]
    assert sum(len(v.names) for v in gather(texts, 0.8, 2)) == 5


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (5, "05"), (9, "09"), (10, "10"), (1234, "1.234"), (Decimal("5.5"), "5,5")]
)
def test_a_single_digit_is_written_with_a_zero(value, said):
    assert numerals.counted(value) == said
