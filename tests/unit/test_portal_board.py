"""What the board says of each unit, and in which order."""

import pytest

from cchc.portal import board, wording
from tests.fixtures.portal import UNITS, status, unit


def _board(**words):
    return board.make(status(), board.asked(**{"state": "", "kind": "", "search": "", **words}))


def test_the_worst_stand_first():
    assert [row.standing for row in _board().rows] == ["missing", "rejected", "late", "on_time", "on_time", "exempt"]


def test_the_latest_of_the_late_stands_first():
    units = [unit("1", "A", "reported", late_by_hours=2), unit("2", "B", "reported", late_by_hours=30)]
    rows = board.make(status(units=units), board.Filter()).rows
    assert [row.unit for row in rows] == ["2", "1"]


def test_a_refused_file_is_sent_back_before_and_after_the_due_moment():
    for state in ("missing", "not_due"):
        found = board.find(status(units=[unit("1", "A", state, verdict="rejected", versions=1)]), "1")
        assert found.standing == "rejected"


def test_who_owes_is_overdue_until_now_and_who_sent_is_late_by_the_receipt():
    rows = {row.unit: row.late_hours for row in _board().rows}
    assert rows["11737"] == rows["10507"] == 54  # 53.5 hours after the due moment, rounded up
    assert rows["10993"] == 52 and rows["31-SNV"] == 0


def test_before_the_due_moment_nobody_is_overdue():
    early = {**status(), "as_of": "2026-09-01T00:00:00+07:00"}
    assert board.find(early, "10507").late_hours == 0


@pytest.mark.parametrize("words", ["do son", "ĐỒ SƠN", "  son   đo ", "11737", "Đồ Sơn"])
def test_names_are_found_without_diacritics(words):
    assert [row.unit for row in _board(search=words).rows] == ["11737"]


def test_search_needs_every_word():
    assert [row.unit for row in _board(search="phường thanh").rows] == ["10507"]
    assert _board(search="phường hồng").rows == ()


def test_filters_narrow_the_rows_and_leave_the_counts():
    narrowed = _board(state="late", kind="commune")
    assert [row.unit for row in narrowed.rows] == ["10993"]
    assert narrowed.counts == _board().counts and narrowed.total == len(UNITS)


def test_unknown_words_of_the_address_ask_for_all():
    assert len(_board(state="'; DROP TABLE", kind="x").rows) == len(UNITS)


def test_only_kinds_that_owe_are_offered():
    assert _board().kinds == ("authority", "department", "commune")


def test_a_unit_of_another_authority_is_not_found():
    assert board.find(status(), "26068") is None


@pytest.mark.parametrize(("hours", "said"), [(0, ""), (5, "5 giờ"), (24, "1 ngày"), (53, "2 ngày 5 giờ")])
def test_spans(hours, said):
    assert wording.span(hours) == said


def test_numbers_and_moments_are_vietnamese():
    assert wording.number(1813) == "1.813"
    assert wording.percent(2, 3) == "66,7%" and wording.percent(0, 0) == ""
    assert wording.moment("2026-09-09T09:05:07+00:00") == "09/09/2026 16:05" and wording.moment(None) == ""


def test_every_word_of_the_model_has_a_label():
    from cchc.model.finding import Severity
    from cchc.model.submission import Verdict

    assert set(wording.labels("verdict")) == {verdict.value for verdict in Verdict}
    assert set(wording.labels("severity")) == {severity.value for severity in Severity}


def test_a_newer_file_that_came_back_is_told_beside_the_one_that_counts():
    sent = unit("1", "A", "reported", verdict="accepted", latest_verdict="rejected", versions=2)
    quiet = unit("2", "B", "reported", verdict="accepted", latest_verdict="accepted", versions=2)
    found = status(units=[sent, quiet])
    assert [board.find(found, code).newer_returned for code in ("1", "2")] == [True, False]


def test_files_of_nobody_are_shown_with_the_board():
    stranger = {"file_name": "x.xlsx", "received_at": "2026-09-09T08:00:00+07:00", "reason": "?"}
    assert board.make({**status(), "unidentified": [stranger]}, board.Filter()).unidentified == (stranger,)
    assert board.make(status(), board.Filter()).unidentified == ()
