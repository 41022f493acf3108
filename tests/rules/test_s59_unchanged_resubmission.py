"""A file that is sent again says something else than before, or its sender is told that it does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cchc.model.finding import Finding, Severity
from cchc.model.submission import Explanation, Verdict
from tests.factories import arrive, reading
from tests.rules.factory import Fault
from tests.rules.warehouse import MORNING, NEAR, OWN, found

RULE = "s59_unchanged_resubmission"
FIGURES = {"3.4.1": 100, "3.4.2": 60}
FAULT = Finding("a01_dossiers_received_by_channel", Severity.CRITICAL, "tờ", "E9", "3.4.1", "100", "90", "m.", "f.")


def _send(engine, salt, hours, figures=FIGURES, unit=OWN, **judged):
    item = reading(unit, "2026-Q3", figures, salt=salt)
    item = replace(item, explanations=judged.pop("explanations", ()))
    arrive(engine, item, MORNING + timedelta(hours=hours), **judged)


def _repeats(engine):
    return [(fault.found, fault.expected) for fault in found(engine, RULE)]


def test_holds_where_every_version_says_something_else(engine):
    _send(engine, "a", 0)
    _send(engine, "b", 1, {**FIGURES, "3.4.2": 61})
    _send(engine, "c", 2, unit=NEAR)  # another unit may say the same
    assert _repeats(engine) == []


def test_other_bytes_with_the_same_figures_are_found(engine):
    _send(engine, "a", 0)
    _send(engine, "b", 24)
    assert found(engine, RULE) == [Fault("warning", "", "", "", "1", "Tệp có thay đổi so với các lần gửi trước")]


def test_the_last_version_that_said_the_same_is_named_whatever_came_between(engine):
    _send(engine, "c", 24 * 3)
    _send(engine, "a", 0)
    _send(engine, "b", 24, {"3.4.1": 5})
    _send(engine, "d", 24 * 4)
    assert [number for number, _ in _repeats(engine)] == ["1", "3"]


def test_a_returned_file_sent_back_as_it_was_keeps_its_faults(engine):
    from cchc import validate

    for salt, hours in (("a", 0), ("b", 30)):
        _send(engine, salt, hours, verdict=Verdict.REJECTED, findings=(FAULT,))
    assert [number for number, _ in _repeats(engine)] == ["1"]
    (message,) = [f.message for of in validate.cross(engine, "2026-Q3").values() for f in of if f.rule == RULE]
    assert "lần gửi thứ 1 ngày 08/09/2026" in message
    assert message.endswith("vẫn còn nguyên: 1.")


@pytest.mark.parametrize("mended", [{"findings": ()}, {"explanations": (Explanation("Đúng", "3.4.1"),)}])
def test_says_nothing_where_a_fault_was_mended_or_explained(engine, mended):
    _send(engine, "a", 0, verdict=Verdict.ACCEPTED_WITH_WARNINGS, findings=(replace(FAULT, severity=Severity.WARNING),))
    _send(engine, "b", 1, **{"findings": (replace(FAULT, severity=Severity.WARNING),), **mended})
    assert _repeats(engine) == []


def test_says_nothing_of_files_that_say_nothing(engine):
    from cchc import load, validate
    from cchc.model.submission import Judged, Reading
    from tests.factories import register

    for n, digest in enumerate(("a1" * 32, "b2" * 32)):
        broken = Reading(digest, readable=False, unit=OWN, period="2026-Q3")
        register(engine, broken, MORNING + timedelta(hours=n))
        load.promote(engine, [Judged(broken, Verdict.UNREADABLE)])
    assert not [f for of in validate.cross(engine, "2026-Q3").values() for f in of]
