"""What would change if history were read again with the present reader and rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from cchc.model.finding import Finding


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that a version would say otherwise; None and an empty state where it says nothing of it."""

    indicator: str
    before: Decimal | None
    before_state: str
    after: Decimal | None
    after_state: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose a version is, and how it stands.

    Attributes:
        unit: Unit code, or empty.
        period: Period code, or empty.
        verdict: Verdict, marks across units and periods included.
        counts: True where it is the version that counts.
    """

    unit: str
    period: str
    verdict: str
    counts: bool


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One submission that would stand otherwise.

    Attributes:
        submission_id: Version.
        file_name: As sent.
        received_at: Its receipt.
        before: As it stands.
        after: As it would stand.
        added: Findings that would come.
        removed: Findings that would go.
        figures: Figures that would change.
        reread: Figures whose value stays while the place or the way it was read would change.
    """

    submission_id: UUID
    file_name: str
    received_at: datetime
    before: Standing
    after: Standing
    added: tuple[Finding, ...]
    removed: tuple[Finding, ...]
    figures: tuple[FigureChange, ...]
    reread: int


@dataclass(frozen=True, slots=True)
class TotalChange:
    """A total of an authority that would move; the texts stand where there is no number."""

    authority: str
    period: str
    indicator: str
    before: Decimal | None
    before_text: str
    before_reported: int
    after: Decimal | None
    after_text: str
    after_reported: int


@dataclass(frozen=True, slots=True)
class EditionChange:
    """A report that would be made anew; ``number`` is the edition that it would follow."""

    authority: str
    period: str
    number: int


@dataclass(frozen=True, slots=True)
class Rereading:
    """Everything that would change.

    Attributes:
        ruleset: Fingerprint of the present reader and rules.
        period: Period asked for, or empty.
        authority: Authority asked for, or empty.
        read: Files read.
        versions: Those that would stand otherwise, by period, unit and receipt.
        totals: Totals that would move.
        editions: Reports that would be made anew.
    """

    ruleset: str
    period: str
    authority: str
    read: int
    versions: tuple[VersionChange, ...]
    totals: tuple[TotalChange, ...]
    editions: tuple[EditionChange, ...]
