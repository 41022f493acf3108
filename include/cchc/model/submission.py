"""What was read from one file, before and after it is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from cchc.model.finding import Finding, Severity
from cchc.model.observation import Narrative, Observation


class Verdict(StrEnum):
    """State of a submission version (design, section 5); ``superseded`` is derived, never stored."""

    RECEIVED = "received"
    UNREADABLE = "unreadable"
    REJECTED = "rejected"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    ACCEPTED = "accepted"

    @property
    def acceptable(self) -> bool:
        """True for the two verdicts that let figures into the warehouse."""
        return self in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the reader could not take at face value; validation turns it into a finding.

    Attributes:
        kind: Key that a structure or reading rule of ``expectations/`` names, for instance ``missing_sheet``.
        sheet: Sheet name, or empty.
        cell: A1 address, or empty.
        indicator: Catalogue code, or empty.
        found: What stands there.
        expected: What the form has there.
    """

    kind: str
    sheet: str = ""
    cell: str = ""
    indicator: str = ""
    found: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the sender says to a warning, so that it need not be asked again.

    Attributes:
        text: The sender's words.
        indicator: Catalogue code that it speaks of, or empty.
        rule: The rule it answers; empty where it stands in the column Ghi chú and answers any warning on the figure.
        sheet: Sheet of the figure that is explained, or empty.
        cell: A1 address of the figure that is explained, or empty.
        found: What the warning said that stood there; empty in the column Ghi chú.
    """

    text: str
    indicator: str = ""
    rule: str = ""
    sheet: str = ""
    cell: str = ""
    found: str = ""

    def answers(self, finding: Finding) -> bool:
        """True where it speaks of that finding: the rule, the figure and what was found there are the same."""
        if self.indicator != finding.indicator:
            return False
        if not finding.indicator and (self.sheet, self.cell) != (finding.sheet, finding.cell):
            return False
        if not self.rule:
            return bool(finding.indicator)
        return self.rule == finding.rule and self.found.split() == finding.found.split()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one file.

    Attributes:
        sha256: Hex digest of the file's bytes.
        readable: False where no workbook could be opened; then ``issues`` says why and the rest is empty.
        unit: Unit code from the cover, or empty.
        unit_name: Unit name from the cover, or empty.
        period: Period code from the cover (``2026-Q3``), or empty.
        form: Form id (``commune``, ``department``, ``authority``), or empty where it is not our form.
        form_version: Version printed on the cover, or empty.
        observations: One per row of the form that stands in the file, missing figures included.
        narratives: Text sections that are not empty.
        issues: In reading order.
        explanations: From the column Ghi chú and from the sheet Cần sửa of a workbook that was returned.
        container: What the bytes are, whatever the file is called: ``xlsx``, ``xlsm``, ``xlsb``, ``xls``, ``ods``,
            ``html``, ``docx``, ``csv``; empty where nothing could be opened.
    """

    sha256: str
    readable: bool
    unit: str = ""
    unit_name: str = ""
    period: str = ""
    form: str = ""
    form_version: str = ""
    observations: tuple[Observation, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    issues: tuple[Issue, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    container: str = ""

    @property
    def submission_id(self) -> UUID:
        """Identity of the version: the same bytes are the same submission."""
        return submission_id(self.sha256)

    def said_to(self, finding: Finding) -> str:
        """What the file itself says to one of its warnings; empty where it says nothing, and on what must be mended."""
        if finding.severity != Severity.WARNING:
            return ""
        answers = [said for said in self.explanations if said.answers(finding)]
        return max(answers, key=lambda said: bool(said.rule)).text if answers else ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading with its findings and verdict."""

    reading: Reading
    verdict: Verdict
    findings: tuple[Finding, ...] = field(default=())


def submission_id(sha256: str) -> UUID:
    """First 16 bytes of the file's hash as UUID: no counter, so a rerun gives the same id."""
    return UUID(hex=sha256[:32])


def verdict_of(readable: bool, findings: tuple[Finding, ...]) -> Verdict:
    """The verdict that the findings amount to."""
    if not readable:
        return Verdict.UNREADABLE
    if any(f.severity == Severity.CRITICAL for f in findings):
        return Verdict.REJECTED
    return Verdict.ACCEPTED_WITH_WARNINGS if findings else Verdict.ACCEPTED
