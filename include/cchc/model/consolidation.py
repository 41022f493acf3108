"""What a consolidated report says, before it is written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from cchc.model.changes import Changes, Note
from cchc.model.comparison import Comparison, Series, Share, Timeliness
from cchc.model.observation import ValueState
from cchc.model.special import SpecialRule
from cchc.model.target import TargetResult


@dataclass(frozen=True, slots=True)
class Contribution:
    """One reported figure that stands behind a total: a cell of a unit's file.

    Attributes:
        indicator: Catalogue code of the figure (an operand where the total is a ratio).
        unit: Unit code.
        submission_id: The version that counts.
        sheet: Sheet name in the unit's file.
        cell: A1 address in the unit's file.
        value: As read; None where the unit left it out or nothing arose in a ratio.
        state: See :class:`ValueState`.
        raw: Text of the cell.
        read_as: Key of ``reading_modes.csv``.
    """

    indicator: str
    unit: str
    submission_id: UUID
    sheet: str
    cell: str
    value: Decimal | None
    state: ValueState
    raw: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Total:
    """The authority's figure for one indicator.

    Attributes:
        indicator: Catalogue code.
        value: In the indicator's unit of measure; ratios in percent, unrounded to 10 decimals; None where nothing
            can be said (no unit reported, denominator 0, or the indicator is not added up).
        text: Words instead of a number (distribution of answers, "không phát sinh", why it is not added up).
        numerator: Sum of numerators for ratios (of value x weight for weighted ones), else None.
        denominator: Sum of denominators for ratios (of weights for weighted ones), else None.
        tiers: Part of the communes, departments and the authority itself, by ``commune``, ``department``,
            ``authority``; only for tiers that are asked for it. Ratios are recomputed within the tier.
        reported: Units whose figure is in the total.
        expected: Units that are asked for it.
        previous: The authority's figure of the preceding period, or None where it was not consolidated.
    """

    indicator: str
    value: Decimal | None
    text: str
    numerator: Decimal | None
    denominator: Decimal | None
    tiers: dict[str, Decimal | None]
    reported: int
    expected: int
    previous: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """How much the units in a total weigh among all that are asked for it.

    Attributes:
        indicator: Catalogue code.
        share: Percent, 0 to 100, of the weight that is known; 100 where all reported; None where no weight is known
            well enough to say so.
        measure: Code whose value weighs; empty where no weight was needed or none is known.
        period: Period code of that value; empty likewise.
        told: Weight of the units in the total, in the unit of ``measure``.
        whole: Weight of all units asked whose weight is known.
        unweighed: Units asked whose weight is not known.
    """

    indicator: str
    share: Decimal | None
    measure: str = ""
    period: str = ""
    told: Decimal = Decimal(0)
    whole: Decimal = Decimal(0)
    unweighed: int = 0


@dataclass(frozen=True, slots=True)
class CarriedPart:
    """A figure of an earlier report that stands in for a unit's missing one, with the file it is from."""

    period: str
    sha256: str
    file_name: str
    figure: Contribution


@dataclass(frozen=True, slots=True)
class CarriedTotal:
    """A stock's total with missing units carried forward; stands beside the total, never in it (domain 2.6, rule 4).

    Attributes:
        indicator: Catalogue code.
        value: The total of all that reported and all that are carried; ratios in percent.
        numerator: Of a ratio, else None.
        denominator: Of a ratio, else None.
        units: Units carried.
        parts: What was carried, by unit; for a ratio both its parts.
    """

    indicator: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    units: int
    parts: tuple[CarriedPart, ...]


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One obligation and what became of it as of the report's moment.

    Attributes:
        unit: Unit code.
        name: Unit name.
        kind: ``commune``, ``department`` or ``authority`` (the form it owes).
        state: Obligation state of design 5: ``not_due``, ``missing``, ``reported``, ``confirmed_zero``, ``exempt``.
        due_at: Last moment that is on time.
        received_at: First receipt of an acceptable version; of any version where none is acceptable; or None.
        late_by_hours: Whole hours, rounded up, that the first acceptable version came after the due moment; 0 on time.
        versions: Versions received so far.
        verdict: Of the version that counts (the last acceptable one), else of the latest; empty where none came.
        submission_id: Of the version that ``verdict`` speaks of.
        sha256: Of the same file.
        file_name: Of the same file, as sent.
        findings: Number of findings on it.
        unexplained: Warnings among them to which nobody has said anything.
        repeats: Versions among ``versions`` that say nothing new.
        latest_verdict: Of the newest version; differs from ``verdict`` where a newer one came back faulty.
    """

    unit: str
    name: str
    kind: str
    state: str
    due_at: datetime
    received_at: datetime | None
    late_by_hours: int
    versions: int
    verdict: str
    submission_id: UUID | None
    sha256: str
    file_name: str
    findings: int
    latest_verdict: str = ""
    unexplained: int = 0
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """How many obligations stand where; expected = on_time + late + missing + rejected + not_due."""

    expected: int
    on_time: int
    late: int
    missing: int
    rejected: int
    exempt: int
    not_due: int


@dataclass(frozen=True, slots=True)
class UnitFinding:
    """A finding with the unit and file it belongs to and what was said to it, for the report's list."""

    unit: str
    unit_name: str
    rule: str
    severity: str
    sheet: str
    cell: str
    indicator: str
    found: str
    expected: str
    message: str
    fix: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class UnitNarrative:
    """A unit's paragraph for one section of the outline."""

    unit: str
    unit_name: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A version of another period that stands behind a figure printed for comparison.

    Attributes:
        unit: Unit code.
        kind: The form it owed then.
        submission_id: The version that counted.
        sha256: Of its file.
        file_name: As sent.
        cells: JSON, a list of ``[code, sheet, cell, value, state, raw, read_as]``, each a text; figures that count.
    """

    unit: str
    kind: str
    submission_id: UUID
    sha256: str
    file_name: str
    cells: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another period as of the report's moment, as far as figures of it are printed.

    Attributes:
        authority: Whose totals these are.
        period: Period code.
        totals: In catalogue order.
        files: Of the versions that counted, by unit.
        codes: Of the cells, where they are not all there: a series needs those of its own figures only.
    """

    authority: str
    period: str
    totals: tuple[Total, ...]
    files: tuple[EarlierFile, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consolidation:
    """Everything a consolidated report prints.

    Attributes:
        authority: Unit code of the consolidating body.
        period: Period code.
        edition: Running number of the edition for this authority and period, from 1.
        as_of: Versions received up to this moment count.
        data_as_of: Latest receipt among the versions that count, or None where nothing was received.
        totals: One per indicator that any form of the period carries, in catalogue order.
        statuses: One per obligation, the authority's own first, then departments, then communes.
        counts: Of ``statuses``.
        contributions: Every figure of the versions that count, by unit then catalogue order.
        findings: Of the latest version of each unit.
        narratives: Of the versions that count.
        earlier: Other periods whose figures are printed, with their cells, so that these walk back too.
        special: The special rules of the regime, judged, in its order; none where the regime has none.
        comparisons: Of each indicator with the preceding report, last year's and the year so far, where there are any.
        shares: Of former units, for every period compared with before which units changed.
        series: Of each indicator over up to nine periods; empty where nothing was received before.
        timeliness: Per period of the series.
        targets: One per target in force, in the order of the instrument.
        coverage: How much the units in each total weigh, one per total.
        mould: The installation's own template of the document, a Word file; empty where the packaged one serves.
        carried: Stocks with missing units carried forward, of those where a unit is; None where nobody asked for it.
        changes: What differs from the edition before; None for a first one.
        notes: Small corrections recorded with an approved edition of this period or the one before it.
    """

    authority: str
    period: str
    edition: int
    as_of: datetime
    data_as_of: datetime | None
    totals: tuple[Total, ...]
    statuses: tuple[UnitStatus, ...]
    counts: StatusCounts
    contributions: tuple[Contribution, ...]
    findings: tuple[UnitFinding, ...]
    narratives: tuple[UnitNarrative, ...]
    earlier: tuple[Earlier, ...] = ()
    special: tuple[SpecialRule, ...] = ()
    targets: tuple[TargetResult, ...] = ()
    coverage: tuple[Weight, ...] = ()
    carried: tuple[CarriedTotal, ...] | None = None
    mould: bytes = field(default=b"", repr=False)
    changes: Changes | None = None
    notes: tuple[Note, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    shares: tuple[Share, ...] = ()
    series: tuple[Series, ...] = ()
    timeliness: tuple[Timeliness, ...] = ()
