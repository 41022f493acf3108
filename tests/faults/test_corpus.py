"""Workbooks that broke other readers end in a verdict with a reason: no traceback, no hang, no flood of memory."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.guarded import MOST_MEMORY, MOST_SECONDS, Outcome, check_all

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = sorted(path for path in CORPUS.glob("*/*") if path.name != "LICENSE")
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩậắằẳặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửữựỳỵỷỹàáèéìíòóùú]")
EXIT_CODES = {"accepted": 0, "accepted_with_warnings": 0, "rejected": 1, "unreadable": 2}


@pytest.fixture(scope="module")
def outcomes() -> dict[Path, Outcome]:
    return {outcome.file: outcome for outcome in check_all(FILES)}


def test_there_is_a_corpus():
    assert len(FILES) > 140
    assert {path.suffix for path in FILES} >= {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_ends_in_a_verdict_with_a_reason(outcomes, path: Path):
    outcome = outcomes[path]
    assert outcome.trouble == ""
    assert outcome.exit_code == EXIT_CODES[outcome.verdict]
    assert outcome.exit_code in (1, 2), "none of them is a report"
    assert outcome.findings
    for finding in outcome.findings:
        assert VIETNAMESE.search(finding["message"]) and VIETNAMESE.search(finding["fix"])
    assert outcome.seconds < MOST_SECONDS
    assert outcome.memory < MOST_MEMORY


def test_those_with_a_password_are_told_so(outcomes):
    locked = [path for path in FILES if path.name.startswith("pass_protected")]
    assert len(locked) == 3
    for path in locked:
        assert [finding["rule"] for finding in outcomes[path].findings] == ["s05_encrypted_file"]
