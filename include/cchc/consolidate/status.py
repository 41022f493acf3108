"""Who sent, who is late, who is missing: statements about obligations, never about files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from cchc.catalogue import units
from cchc.catalogue.forms import tier
from cchc.catalogue.periods import ZONE, Period, under
from cchc.model.consolidation import StatusCounts, UnitStatus
from cchc.store.sqlfiles import statement

_SENT = ("reported", "confirmed_zero")


def statuses(connection: Connection, authority: str, period: Period, as_of: datetime) -> tuple[UnitStatus, ...]:
    """One row per obligation, the authority's own first, then departments, then communes."""
    asked = {"authority": authority, "period": period.code, "as_of": as_of}
    found = {row.unit_code: row for row in connection.execute(statement("marts/status"), asked)}
    order = units.units_of(authority, period.window_to)
    return tuple(_status(unit.name, found[unit.code]) for unit in order if unit.code in found)


def unidentified(connection: Connection, as_of: datetime) -> list[dict[str, Any]]:
    """Files of which no unit or no period could be made out, the newest first: somebody's report may be among them."""
    found = connection.execute(statement("marts/unidentified"), {"as_of": as_of}).mappings()
    return [{**row, "received_at": row["received_at"].astimezone(ZONE).isoformat()} for row in found]


def counts(rows: Sequence[UnitStatus]) -> StatusCounts:
    """How many obligations stand where; each owed one is counted exactly once."""
    owed = [row for row in rows if row.state != "exempt"]
    sent = [row for row in owed if row.state in _SENT]
    unsent = [row for row in owed if row.state not in _SENT]
    silent = [row for row in unsent if not row.verdict]
    return StatusCounts(
        expected=len(owed),
        on_time=sum(row.late_by_hours == 0 for row in sent),
        late=sum(row.late_by_hours > 0 for row in sent),
        missing=sum(row.state == "missing" for row in silent),
        rejected=len(unsent) - len(silent),
        exempt=len(rows) - len(owed),
        not_due=sum(row.state == "not_due" for row in silent),
    )


def board(authority: str, period: Period, as_of: datetime, rows: Sequence[UnitStatus]) -> dict[str, Any]:
    """The document of ``cchc status --json`` (design, section 6)."""
    tally = counts(rows)
    return {
        "authority": authority,
        "period": period.code,
        "as_of": as_of.isoformat(),
        "due_at": under(period, authority).due_at.isoformat(),
        "expected": tally.expected,
        "on_time": tally.on_time,
        "late": tally.late,
        "missing": tally.missing,
        "rejected": tally.rejected,
        "exempt": tally.exempt,
        "not_due": tally.not_due,
        "units": [_line(row) for row in rows],
    }


def _line(row: UnitStatus) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "name": row.name,
        "kind": row.kind,
        "state": row.state,
        "received_at": row.received_at.isoformat() if row.received_at else None,
        "late_by_hours": row.late_by_hours,
        "versions": row.versions,
        "verdict": row.verdict or None,
        "latest_verdict": row.latest_verdict or None,
        "findings": row.findings,
        "unexplained": row.unexplained,
        "submission_id": str(row.submission_id) if row.submission_id else None,
    }


def _status(name: str, row: Row[Any]) -> UnitStatus:
    return UnitStatus(
        unit=row.unit_code,
        name=name,
        kind=tier(row.form),
        state=row.state,
        due_at=row.due_at.astimezone(ZONE),
        received_at=row.received_at.astimezone(ZONE) if row.received_at else None,
        late_by_hours=row.late_by_hours or 0,
        versions=row.versions,
        verdict=row.verdict,
        submission_id=row.submission_id,
        sha256=row.sha256,
        file_name=row.file_name,
        findings=row.findings,
        latest_verdict=row.latest_verdict,
        unexplained=row.unexplained,
        repeats=row.repeats,
    )
