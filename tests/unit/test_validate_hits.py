"""From broken rules to findings: words, order, and what need not be said twice."""

from cchc.catalogue.rules import describe, rules
from cchc.validate.hit import Hit, outspoken

MISSING = "c05_required_missing"


def _rules(*hits: Hit) -> list[str]:
    return [hit.rule for hit in outspoken(hits)]


def test_a_template_is_filled_once_and_files_are_never_read_as_templates():
    assert describe("ghi “{found}” ở {cell}", {"found": "{cell} {0.__class__}", "cell": "E5"}) == (
        "ghi “{cell} {0.__class__}” ở E5"
    )


def test_what_is_unknown_leaves_no_placeholder():
    assert describe("a {nothing} b", {}) == "a  b"


def test_a_finding_carries_place_words_and_severity():
    finding = Hit("c07_negative", "1. Chỉ đạo điều hành", "E5", "1.1.4", "-3").finding("2026-Q3")
    assert finding.as_dict() == {
        "rule": "c07_negative",
        "severity": "critical",
        "sheet": "1. Chỉ đạo điều hành",
        "cell": "E5",
        "indicator": "1.1.4",
        "found": "-3",
        "expected": "Số từ 0 trở lên",
        "message": "Chỉ tiêu 1.1.4 (Số văn bản chỉ đạo, điều hành CCHC đã ban hành) có giá trị âm: -3.",
        "fix": "Kiểm tra và ghi lại số không âm vào ô E5.",
    }


def test_a_rule_on_the_file_silences_everywhere():
    assert _rules(Hit("s27_empty_form"), Hit(MISSING, "x", "E5", "1.3.1"), Hit(MISSING, "y", "E6", "3.4.1")) == [
        "s27_empty_form"
    ]


def test_a_rule_on_a_sheet_silences_the_figures_of_its_area_only():
    gone = Hit("s18_sheet_missing", expected="1. Chỉ đạo điều hành")
    assert _rules(gone, Hit(MISSING, "", "", "1.3.1"), Hit(MISSING, "", "", "3.4.1")) == ["s18_sheet_missing", MISSING]


def test_a_rule_on_a_sheet_of_another_name_silences_what_stands_on_it():
    spoilt = Hit("s19_table_missing", sheet="Sheet1")
    assert _rules(spoilt, Hit(MISSING, "Sheet1", "E9", "1.3.1")) == ["s19_table_missing"]


def test_a_file_whose_columns_are_unclear_is_not_called_empty():
    unclear = Hit("s34_figure_column_unclear", "1. Chỉ đạo điều hành", "E5")
    assert _rules(unclear, Hit("s27_empty_form")) == ["s34_figure_column_unclear"]
    assert _rules(Hit("s27_empty_form")) == ["s27_empty_form"]


def test_a_rule_on_a_cell_silences_that_figure_only():
    text = Hit("c01_text_in_number", "x", "E5", "1.3.1")
    assert _rules(text, Hit(MISSING, "x", "E5", "1.3.1"), Hit(MISSING, "x", "E6", "1.3.2")) == [text.rule, MISSING]


def test_what_is_not_named_is_not_silenced():
    assert _rules(Hit("s27_empty_form"), Hit("s17_form_version_old")) == ["s17_form_version_old", "s27_empty_form"]


def test_findings_come_in_reading_order_the_file_first():
    scattered = [
        Hit("a01_dossiers_received_by_channel", indicator="3.4.1"),
        Hit("c07_negative", indicator="3.4.1"),
        Hit("c07_negative", indicator="1.10.1"),
        Hit("c06_expected_missing", indicator="1.1.4"),
        Hit("s26_sheet_hidden"),
    ]
    assert [hit.rule for hit in outspoken(scattered)] == [
        "s26_sheet_hidden",
        "c07_negative",
        "c06_expected_missing",
        "c07_negative",
        "a01_dossiers_received_by_channel",
    ]


def test_every_rule_can_be_put_into_words():
    for rule in rules().values():
        finding = Hit(rule.id, "tờ", "E5", "3.4.1", "1", "2", "3", "4").finding("2026-Q3")
        assert "{" not in finding.message + finding.fix + finding.expected
