"""What goes back to one unit: its own figures beside its targets, its peers' median, and its own past."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cchc.model.consolidation import Consolidation, UnitFinding, UnitStatus
from cchc.model.target import TargetResult, TargetStanding


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure to compare with, or why there is none.

    Attributes:
        value: In the indicator's unit of measure, to 10 decimals; None where there is nothing to compare with.
        reason: Key of ``extract_*`` where ``value`` is None; else empty.
        number: Units behind the figure; 0 where it is one unit's own.
    """

    value: Decimal | None
    reason: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """One indicator of a unit.

    Attributes:
        indicator: Catalogue code.
        own: The unit's figure of the period.
        median: Of the other units of the same kind that have a figure; hidden where they are too few.
        previous: The unit's figure of the preceding report, only where the two can be compared.
        last_year: The unit's figure of the same report a year before.
        target: The threshold that binds the unit and how it stands; None where there is none.
        warnings: What was found on the figure's cell, in words.
    """

    indicator: str
    own: Beside
    median: Beside
    previous: Beside
    last_year: Beside
    target: tuple[TargetResult, TargetStanding] | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitExtract:
    """One unit's page.

    Attributes:
        whole: The consolidation cut to this unit: its own status, cells, findings and past only.
        unit: The unit's obligation.
        kind: Kind of unit whose others are its peers (``xã``, ``phường``, ``department`` …).
        peers: Other units of that kind that owe a report to the same authority.
        lines: One per indicator that the unit's form asks about, in catalogue order.
        findings: Of the unit's version.
    """

    whole: Consolidation
    unit: UnitStatus
    kind: str
    peers: int
    lines: tuple[ExtractLine, ...]
    findings: tuple[UnitFinding, ...]
