"""How units, levels and the authority stand against the thresholds that an instrument set."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cchc.catalogue.regimes import Target


class TargetState(StrEnum):
    """What can be said of a figure beside a threshold; a figure that is missing is no failure."""

    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    ORIENTATION = "orientation"


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One body beside one threshold.

    Attributes:
        body: Unit code, the authority's code, or a tier of senders (``commune``).
        state: See :class:`TargetState`; ``ORIENTATION`` where the threshold does not bind the body.
        reason: Key of ``target_reasons.csv`` for what the state alone does not say; else empty.
        value: The figure in the indicator's unit of measure, to 10 decimals; None where there is none.
        distance: Figure less threshold, in percentage points or the indicator's unit, to 10 decimals; it is zero only
            where the figure equals the threshold exactly. None where there is no figure or nothing to hold it against.
        rank: Standing among the ranked units, equal figures sharing the better place (1, 2, 2, 4); None for others.
    """

    body: str
    state: TargetState
    reason: str = ""
    value: Decimal | None = None
    distance: Decimal | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class TargetCounts:
    """How many units of the level stand where; they sum to ``expected``."""

    met: int = 0
    not_met: int = 0
    no_data: int = 0
    not_applicable: int = 0

    @property
    def expected(self) -> int:
        """Units of the level that owe a report."""
        return self.met + self.not_met + self.no_data + self.not_applicable


@dataclass(frozen=True, slots=True)
class TargetResult:
    """One clause's threshold and how everybody stands against it.

    Attributes:
        target: The threshold with its clause.
        judged: False for a qualitative target and for a threshold that another clause of the same instrument displaces:
            these are listed, nobody is held against them.
        authority: The authority's own figure; None where not judged.
        tier: Kind of sender whose units the threshold binds; empty where no unit of this authority is bound.
        level: All units of that kind together; None where there are none or it is not judged.
        units: Every unit of that kind that owes a report, in the order of the report.
        counts: Of ``units``.
        binds_authority: True where the threshold is one of the authority's own level.
    """

    target: Target
    judged: bool
    authority: TargetStanding | None = None
    tier: str = ""
    level: TargetStanding | None = None
    units: tuple[TargetStanding, ...] = ()
    counts: TargetCounts = TargetCounts()
    binds_authority: bool = False

    @property
    def ranked(self) -> int:
        """Units that have a place in the ranking."""
        return sum(unit.rank is not None for unit in self.units)
