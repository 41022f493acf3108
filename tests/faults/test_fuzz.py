"""A short run of the fuzzer finds nothing, and what it ever found stays mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.guarded import MOST_SECONDS, check_all
from tests.fuzz.__main__ import REGRESSIONS, TARGETS, fuzz
from tests.fuzz.targets import TARGETS as FUNCTIONS

FOUND = sorted(REGRESSIONS.iterdir())
SECONDS = 105
"""Of fuzzing, for all targets; with the starts two minutes."""
SEED = 1
"""A submission is not judged by luck: the search for what is new is ``python -m tests.fuzz``, with any seed."""


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_once_is_read_now(path: Path):
    FUNCTIONS[path.name.split("-")[0]](path.read_bytes())


def test_what_was_found_once_ends_in_a_verdict():
    for outcome in check_all(FOUND):
        assert (outcome.file, outcome.trouble) == (outcome.file, "")
        assert outcome.exit_code in (0, 1, 2) and outcome.seconds < MOST_SECONDS


@pytest.mark.timeout(300)
@pytest.mark.parametrize("target", TARGETS)
def test_two_minutes_find_nothing(target: str, tmp_path: Path):
    tally = fuzz(target, SECONDS // len(TARGETS), tmp_path, regressions=None, seed=SEED)
    logs = [path.read_text(encoding="utf-8")[-3000:] for path in tmp_path.glob("log-*")]
    assert (tally.found, logs) == (0, [])
    assert tally.executions > 20 and tally.coverage > 100
