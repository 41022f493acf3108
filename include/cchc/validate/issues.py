"""What the reader could not take at face value, one row per remark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cchc.catalogue.rules import issue_rules
from cchc.model.submission import Issue, Reading
from cchc.validate.hit import Hit

if TYPE_CHECKING:
    import pandas as pd

SUITE = "issue"


def frame(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per remark, its kind in a column of the rule that speaks of it.

    Raises:
        KeyError: If the reader makes a kind of remark that no rule names.
    """
    import pandas as pd

    remarks = [(n, row, issue.kind) for n, reading in enumerate(readings) for row, issue in enumerate(reading.issues)]
    table = pd.DataFrame(remarks, columns=["reading", "row", "kind"])
    for kind in table["kind"].unique():
        table[issue_rules()[kind]] = table["kind"].where(table["kind"] == kind)
    return table


def hit(rule: str, issue: Issue) -> Hit:
    """The remark as a broken rule."""
    return Hit(
        rule=rule,
        sheet=issue.sheet,
        cell=issue.cell,
        indicator=issue.indicator,
        found=issue.found,
        expected=issue.expected,
    )
