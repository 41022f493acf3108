"""A consolidation of a few units' cells for tests of targets; its totals are added up here, by hand as it were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.model.consolidation import Consolidation, Contribution, StatusCounts, Total, UnitStatus
from cchc.model.observation import ValueState

NOTHING = "Không phát sinh"
NOW = datetime(2026, 9, 16, tzinfo=periods.ZONE)
Cells = Mapping[str, int | str | None]


def target(indicator: str, op: str = ">=", value: str = "90", level: str = "xã", **more: object) -> Target:
    """A threshold with a clause."""
    return Target(indicator, op, Decimal(value), "39/QĐ-UBND, mục II", level, **more)  # type: ignore[arg-type]


def city(
    communes: Mapping[str, Cells | None], totals: tuple[Total, ...] = (), *, period: str = "2026-Q3", exempt: str = ""
) -> Consolidation:
    """Communes with their cells; None where a commune sent nothing."""
    statuses = tuple(_status(unit, cells, exempt == unit) for unit, cells in communes.items())
    return Consolidation(
        authority="31",
        period=period,
        edition=1,
        as_of=NOW,
        data_as_of=NOW,
        totals=totals,
        statuses=statuses,
        counts=StatusCounts(len(statuses), len(statuses), 0, 0, 0, 0, 0),
        contributions=tuple(
            _cell(unit, code, given) for unit, cells in communes.items() for code, given in (cells or {}).items()
        ),
        findings=(),
        narratives=(),
    )


def total(
    code: str, value: str | None, *, tiers: Mapping[str, str | None], parts: tuple[int, int] | None = None
) -> Total:
    """A total, its tiers and its numerator and denominator as given."""
    told = {tier: None if given is None else Decimal(given) for tier, given in tiers.items()}
    sides = (Decimal(parts[0]), Decimal(parts[1])) if parts else (None, None)
    return Total(code, None if value is None else Decimal(value), "", *sides, told, 1, 1)


def _status(unit: str, cells: Cells | None, exempt: bool) -> UnitStatus:
    state = "exempt" if exempt else "missing" if cells is None else "reported"
    return UnitStatus(unit, f"Xã {unit}", "commune", state, NOW, NOW, 0, 1, "accepted", UUID(int=1), "", "", 0)


def _cell(unit: str, code: str, given: int | str | None) -> Contribution:
    nothing = given == NOTHING
    state = ValueState.CONFIRMED_ZERO if nothing else ValueState.MISSING if given is None else ValueState.REPORTED
    zero = None if by_code()[code].uom == "%" else Decimal(0)
    value = zero if nothing else None if given is None else Decimal(given)
    return Contribution(code, unit, UUID(int=1), "tờ", "E1", value, state, str(given), "number")
