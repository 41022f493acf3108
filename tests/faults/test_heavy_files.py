"""Small files that claim to be huge, and files that are: a verdict within the limits for each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.guarded import MOST_MEMORY, MOST_SECONDS, Outcome, check_all
from tests.faults.heavy import HEAVY

STILL_A_REPORT = {
    "many_merges", "wide_and_deep", "sixteen_thousand_columns", "many_strings", "cells_without_end", "one_endless_tag",
    "cells_in_a_comment", "deep_nesting",
}  # fmt: skip
"""What is odd lies outside the form's own rows."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> dict[str, Outcome]:
    folder: Path = tmp_path_factory.mktemp("heavy")
    for name, make in HEAVY.items():
        (folder / name).write_bytes(make())
    return {outcome.file.name: outcome for outcome in check_all([folder / name for name in HEAVY])}


@pytest.mark.parametrize("name", HEAVY)
def test_ends_in_a_verdict_within_the_limits(outcomes, name: str):
    outcome = outcomes[name]
    assert outcome.trouble == ""
    assert outcome.seconds < MOST_SECONDS
    assert outcome.memory < MOST_MEMORY
    assert (outcome.exit_code == 0) == (name in STILL_A_REPORT)
    assert outcome.findings or name in STILL_A_REPORT


def test_no_entity_is_expanded(outcomes):
    for name in ("laughing_sheet_xml", "laughing_docx", "laughing_ods"):
        assert outcomes[name].seconds < 5
