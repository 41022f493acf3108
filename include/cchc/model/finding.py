"""A fault found in a submission, as the sender will read it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Critical findings reject a submission; warnings let it pass with a mark."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place.

    Attributes:
        rule: Id in ``expectations/rules.csv``.
        severity: See :class:`Severity`.
        sheet: Sheet name as in the file; empty where the whole file is meant.
        cell: A1 address; empty where a whole sheet or file is meant.
        indicator: Catalogue code; empty where none is concerned.
        found: What stands there, for a person, in Vietnamese notation.
        expected: What should stand there.
        message: One Vietnamese sentence that says what is wrong.
        fix: One Vietnamese sentence that says how to mend it.
    """

    rule: str
    severity: Severity
    sheet: str
    cell: str
    indicator: str
    found: str
    expected: str
    message: str
    fix: str

    def as_dict(self) -> dict[str, str]:
        """The shape of ``cchc check --json`` (design, section 6)."""
        return asdict(self)
