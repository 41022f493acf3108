"""What differs between an edition of a report and the one before it, and what caused that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from cchc.model.observation import ValueState


@dataclass(frozen=True, slots=True)
class FigureMove:
    """A figure of the report that stands otherwise than in the edition before.

    Attributes:
        code: Indicator.
        scope: ``total``, a tier, ``previous``, ``weight`` (share of the weight in the total) or ``carried`` (with
            missing units carried forward).
        before: Value of the edition before; None where it had none.
        after: Value now.
        before_text: Words in place of or beside the value then.
        after_text: The same now.
        before_reported: Units in it then; None where they are not counted for the scope.
        after_reported: The same now.
        material: True where the change is so large that a report already approved has to be replaced.
        causes: Codes of the units whose changed cells it depends on, in order.
        before_expected: Units asked for it then; None where they are not counted for the scope.
        after_expected: The same now.
    """

    code: str
    scope: str
    before: Decimal | None
    after: Decimal | None
    before_text: str
    after_text: str
    before_reported: int | None
    after_reported: int | None
    material: bool
    causes: tuple[str, ...] = ()
    before_expected: int | None = None
    after_expected: int | None = None

    @property
    def difference(self) -> Decimal | None:
        """After less before, where both are known."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class StandingMove:
    """Something that a report says beside its plain figures, and says otherwise than the edition before.

    Attributes:
        kind: ``unit`` (a unit's own ratio), ``target``, ``rule`` (special rules), ``comparison``, ``series``,
            ``punctuality`` or ``counts`` (obligations by what became of them).
        place: Which target (its id), rule and item, comparison or period.
        code: Indicator; empty where it speaks of none.
        body: Unit code, tier or ``authority``; empty where it speaks of none.
        what: ``value``, ``distance``, ``state``, ``rank``, ``met``, ``status``, ``change`` …
        before: Figure then.
        after: Figure now.
        before_text: Words then: of a target ``state:reason``, of a rule the key of its standing.
        after_text: The same now.
        causes: Codes of the units whose changed cells it depends on, in order.
    """

    kind: str
    place: str
    code: str
    body: str
    what: str
    before: Decimal | None
    after: Decimal | None
    before_text: str
    after_text: str
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellMove:
    """A unit's cell that says otherwise.

    Attributes:
        indicator: Catalogue code.
        before: Value in the version used then.
        before_state: Its state; None where that version has no such cell, or none was used.
        after: Value in the version used now.
        after_state: Its state; None likewise.
        sheet: Sheet of the version used now, of the one used then where the cell is gone.
        cell: A1 address likewise.
        before_sheet: Sheet of the version used then; empty where it has no such cell.
        before_cell: A1 address in it.
        before_raw: Text of that cell.
        before_read_as: How it was read, a key of ``reading_modes.csv``.
    """

    indicator: str
    before: Decimal | None
    before_state: ValueState | None
    after: Decimal | None
    after_state: ValueState | None
    sheet: str
    cell: str
    before_sheet: str = ""
    before_cell: str = ""
    before_raw: str = ""
    before_read_as: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A unit whose report in the totals is another one than in the edition before.

    Attributes:
        unit: Unit code.
        name: Unit name.
        kind: ``in`` (was not in the totals), ``out`` (no longer is), ``version`` (another version counts) or ``reread``
            (the same file, read by other rules).
        before_id: The version used then.
        before_file: Its file's name.
        before_sha256: Its file.
        submission_id: The version used now.
        file_name: Its file's name.
        sha256: Its file.
        received_at: Its receipt.
        version: Number of that version among those of the unit, from 1.
        cells: Cells that say otherwise, in catalogue order.
        tier: Kind of sender that the unit is; empty in logs made before it was kept.
    """

    unit: str
    name: str
    kind: str
    before_id: UUID | None
    before_file: str
    before_sha256: str
    submission_id: UUID | None
    file_name: str
    sha256: str
    received_at: datetime | None
    version: int
    cells: tuple[CellMove, ...]
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Corrections after an edition was approved that were too small to replace it.

    Attributes:
        period: Period of the edition.
        number: Edition that they belong to.
        as_of: Latest receipt among the versions that brought them.
        figures: What would have moved.
        causes: By which reports.
    """

    period: str
    number: int
    as_of: datetime
    figures: tuple[FigureMove, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The change log of an edition.

    Attributes:
        previous: Number of the edition that it follows.
        reason: ``data``; ``words`` where no figure moved but findings, explanations or narratives did;
            ``presentation`` where the same data are laid out or worded otherwise; ``unknown`` where the edition before
            was made without a snapshot.
        replaces: Number of the approved or sent edition whose place it takes; None where there is none.
        figures: Figures that moved, in catalogue order.
        causes: Units whose report is another one, in the order of the report.
        states: Units whose obligation stands otherwise: code, before, after.
        previous_as_of: Latest receipt among the versions of the edition before; None in logs made before it was kept.
        previous_sha256: Of that edition's workbook.
        standings: What is said otherwise beside the plain figures: targets, special rules, comparisons, counts.
    """

    previous: int
    reason: str
    replaces: int | None
    figures: tuple[FigureMove, ...]
    causes: tuple[Cause, ...]
    states: tuple[tuple[str, str, str], ...] = ()
    previous_as_of: datetime | None = None
    previous_sha256: str = ""
    standings: tuple[StandingMove, ...] = ()

    @property
    def material(self) -> bool:
        """True where an approved edition cannot stand beside these changes."""
        return any(move.material for move in self.figures)
