"""What a unit sent for a period, version by version, with the findings on each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from cchc.catalogue.periods import ZONE
from cchc.model.finding import Finding, Severity
from cchc.store.sqlfiles import statement
from cchc.store.tables import finding

_SHOWN = ("rule", "severity", "sheet", "cell", "indicator", "found", "expected", "message", "fix")


def unit_versions(connection: Connection, unit: str, period_code: str) -> list[dict[str, Any]]:
    """Versions of a unit, the newest first, each with its ``findings`` in order of place."""
    rows = connection.execute(statement("marts/unit_versions"), {"unit": unit, "period": period_code}).mappings()
    return [
        {
            **row,
            "submission_id": str(row["submission_id"]),
            "received_at": row["received_at"].astimezone(ZONE).isoformat(),
            "findings": _findings(connection, row["submission_id"]),
        }
        for row in rows
    ]


def findings_of(connection: Connection, identity: Any) -> tuple[Finding, ...]:
    """What was found in one version, its own faults and those across units, in order of place."""
    return tuple(
        Finding(severity=Severity(severity), **told)
        for severity, told in ((row.pop("severity"), row) for row in _findings(connection, identity))
    )


def _findings(connection: Connection, identity: Any) -> list[dict[str, str]]:
    query = (
        select(*(finding.c[name] for name in _SHOWN))
        .where(finding.c.submission_id == identity)
        .order_by(finding.c.scope.desc(), finding.c.seq)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
