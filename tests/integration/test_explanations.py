"""A warning is explained once; the explanation stays while rule, figure and value stay. A fault is never explained."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from cchc import consolidate, load, steps, validate
from cchc.catalogue import periods
from cchc.model.finding import Finding, Severity
from cchc.model.submission import Explanation, Verdict
from cchc.store.tables import explanation
from tests.factories import arrive, reading
from tests.rules.warehouse import MORNING, NEAR, OWN

Q3 = periods.parse("2026-Q3")
MARKED = Verdict.ACCEPTED_WITH_WARNINGS
RULE = "c13_count_implausibly_large"


def warning(found="100", rule=RULE, indicator="3.4.1", **other):
    return Finding(rule, Severity.WARNING, "tờ", "E9", indicator, found, "", "Nội dung.", "Cách sửa.", **other)


def note(text, indicator="3.4.1"):
    """As the column Ghi chú is read."""
    return Explanation(text, indicator=indicator, sheet="tờ", cell="E9")


def answer(text, found="100", rule=RULE, indicator="3.4.1"):
    """As the sheet Cần sửa is read."""
    return Explanation(text, indicator=indicator, rule=rule, sheet="tờ", cell="E9", found=found)


class Office:
    """One unit that sends one version after another."""

    def __init__(self, engine):
        self.engine = engine
        self.hours = 0

    def send(self, value=100, *said, unit=OWN, verdict=MARKED, findings=None):
        self.hours += 1
        item = reading(unit, "2026-Q3", {"3.4.1": value}, salt=str(self.hours))
        found = (warning(str(value)),) if findings is None else findings
        arrive(
            self.engine, replace(item, explanations=said), MORNING + timedelta(hours=self.hours), verdict, tuple(found)
        )

    def said(self, rule=RULE, unit=OWN):
        """What is said to the rule, version by version, the oldest first."""
        with self.engine.connect() as connection:
            versions = consolidate.unit_versions(connection, unit, "2026-Q3")
        return [[f["explanation"] for f in v["findings"] if f["rule"] == rule] for v in reversed(versions)]


@pytest.fixture
def office(engine):
    return Office(engine)


def test_a_note_beside_the_figure_explains_its_warning(office):
    office.send(100, note("Tiếp nhận theo đợt cao điểm"))
    assert office.said() == [["Tiếp nhận theo đợt cao điểm"]]


def test_an_answer_in_the_returned_workbook_explains_that_warning_only(office):
    other = warning(rule="c12_amount_looks_like_dong")
    office.send(100, answer("Đúng số liệu"), findings=(warning(), other))
    assert office.said() == [["Đúng số liệu"]]
    assert office.said("c12_amount_looks_like_dong") == [[""]]


@pytest.mark.parametrize("words", [note("Đã giải trình"), answer("Đã giải trình")])
def test_the_next_version_need_not_say_it_again(office, words):
    office.send(100, words)
    office.send(100)
    assert office.said() == [["Đã giải trình"], ["Đã giải trình"]]


@pytest.mark.parametrize("words", [note("Đã giải trình"), answer("Đã giải trình")])
def test_another_value_drops_it_for_good_and_the_history_is_kept(office, engine, words):
    office.send(100, words)
    office.send(120)
    office.send(100)
    assert office.said() == [["Đã giải trình"], [""], [""]]
    with engine.connect() as connection:
        assert connection.scalars(select(explanation.c.text)).all() == ["Đã giải trình"]


def test_an_answer_to_a_value_that_was_changed_in_the_same_file_does_not_hold(office):
    office.send(100)
    office.send(120, answer("Số 100 là đúng", found="100"))
    assert office.said() == [["Số 100 là đúng"], [""]]


def test_what_was_said_in_a_rejected_version_still_stands(office):
    fault = replace(warning(rule="a01_dossiers_received_by_channel"), severity=Severity.CRITICAL)
    office.send(100, answer("Đúng"), verdict=Verdict.REJECTED, findings=(warning(), fault))
    office.send(100)
    assert office.said() == [["Đúng"], ["Đúng"]]


def test_a_fault_cannot_be_explained_away(office, engine):
    fault = replace(warning(), severity=Severity.CRITICAL)
    office.send(100, note("Xin chấp nhận"), answer("Xin chấp nhận"), verdict=Verdict.REJECTED, findings=(fault,))
    assert office.said() == [[""]]
    with pytest.raises(ValueError, match="không giải trình thay được"):
        steps.explain(OWN, "2026-Q3", RULE, "Xin chấp nhận", "an")


def test_a_file_whose_unit_is_in_doubt_explains_nothing(office, engine):
    doubt = replace(warning(rule="s24_file_name_other_unit", indicator=""), severity=Severity.CRITICAL)
    office.send(100)
    office.send(100, answer("Đúng"), verdict=Verdict.REJECTED, findings=(warning(), doubt))
    assert office.said()[0] == [""]


def test_another_unit_is_not_explained_by_it(office):
    office.send(100, answer("Đúng"))
    office.send(100, unit=NEAR)
    assert office.said(unit=NEAR) == [[""]]


def test_a_warning_across_periods_is_explained_by_the_note(engine):
    arrive(engine, reading(OWN, "2026-H1", {"4.1.2": 10}), MORNING - timedelta(days=90))
    for hours, salt, said in ((0, "a", (note("Sáp nhập", "4.1.2"),)), (1, "b", ())):
        item = replace(reading(OWN, "2026-Q3", {"4.1.2": 90, "1.1.1": hours}, salt=salt), explanations=said)
        arrive(engine, item, MORNING + timedelta(hours=hours))
        steps.cross_check()
        (version, *_) = steps.unit_versions("2026-Q3", OWN)
        jump = next(f for f in version["findings"] if f["rule"] == "x06_jump")
        assert jump["explanation"] == "Sáp nhập", f"version {hours}"


def test_staff_explain_what_they_were_told_by_telephone(office):
    office.send(100)
    told = steps.explain(OWN, "2026-Q3", "c13", " Đã xác minh\nqua điện thoại ", "noivu")
    assert (told["rule"], told["author"], told["explanation"]) == (RULE, "noivu", "Đã xác minh qua điện thoại")
    office.send(100)
    assert office.said() == [["Đã xác minh qua điện thoại"]] * 2
    with pytest.raises(ValueError, match="Không thấy cảnh báo"):
        steps.explain(NEAR, "2026-Q3", RULE, "Đúng", "noivu")
    with pytest.raises(ValueError, match="để trống"):
        steps.explain(OWN, "2026-Q3", RULE, " \x00\u200b ", "noivu")


def test_staff_must_say_which_of_several_figures_they_mean(office):
    office.send(100, findings=(warning(), warning(indicator="3.4.2")))
    with pytest.raises(ValueError, match=r"3\.4\.1, 3\.4\.2"):
        steps.explain(OWN, "2026-Q3", RULE, "Đúng", "noivu")
    steps.explain(OWN, "2026-Q3", RULE, "Đúng", "noivu", "3.4.2")
    assert office.said() == [["", "Đúng"]]


def test_explained_and_unexplained_are_counted_apart(office, engine):
    office.send(100, answer("Đúng"), findings=(warning(), warning(rule="c12_amount_looks_like_dong")))
    late = MORNING + timedelta(days=9)
    with engine.connect() as connection:
        row = next(r for r in consolidate.statuses(connection, "31", Q3, late) if r.unit == OWN)
        printed = consolidate.assemble(connection, "31", Q3, late).findings
    assert (row.verdict, row.findings, row.unexplained) == ("accepted_with_warnings", 2, 1)
    assert sorted(f.explanation for f in printed) == ["", "Đúng"]


def test_a_report_as_of_a_moment_knows_no_later_word(office, engine):
    office.send(100)
    steps.explain(OWN, "2026-Q3", RULE, "Nói sau", "noivu")
    with engine.connect() as connection:
        (then,) = consolidate.assemble(connection, "31", Q3, MORNING + timedelta(days=1)).findings
        (now,) = consolidate.assemble(connection, "31", Q3, MORNING + timedelta(days=9999)).findings
    assert (then.explanation, now.explanation) == ("", "Nói sau")


def test_a_word_of_the_staff_makes_the_period_due_again(office, engine):
    office.send(100)
    steps.cross_check()
    steps.consolidate("31", "2026-Q3")
    assert load.due_for_consolidation(engine, MORNING + timedelta(days=30)) == []
    steps.explain(OWN, "2026-Q3", RULE, "Đúng", "noivu")
    assert load.due_for_consolidation(engine, MORNING + timedelta(days=30)) == ["2026-Q3"]


def test_words_are_kept_fit_to_print(office, engine):
    office.send(100, answer("=cmd|' /C calc'!A0\x00\x07\u202e" + "x" * 3000))
    with engine.connect() as connection:
        text = connection.scalar(select(explanation.c.text))
    assert len(text) == 2000 and text.startswith("=cmd|' /C calc'!A0 x") and text.isprintable()


def test_check_shows_what_the_file_itself_explains():
    from cchc.cli_text import check_document, check_report
    from cchc.model.submission import Judged

    item = replace(reading(OWN, "2026-Q3", {"3.4.1": 100}), explanations=(answer("Đúng"),))
    document = check_document(Judged(item, MARKED, (warning(), warning(indicator="3.4.2"))))
    assert [found.get("explanation") for found in document["findings"]] == ["Đúng", None]
    assert "Giải trình: Đúng" in check_report(document)


def test_judging_does_not_depend_on_explanations():
    item = reading(OWN, "2026-Q3", {"3.4.1": 100})
    explained = replace(item, explanations=(note("Đúng"),))
    (plain, with_words) = validate.judge([item, explained])
    assert plain.findings == with_words.findings and plain.verdict == with_words.verdict
