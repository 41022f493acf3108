"""What a unit sent for a period, version by version, with the findings on each."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection

from cchc.catalogue.periods import ZONE
from cchc.model.finding import Finding, Severity
from cchc.model.submission import Explanation
from cchc.store.sqlfiles import statement


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
    names = [field.name for field in fields(Finding)]
    return tuple(
        Finding(**{**{name: row[name] for name in names}, "severity": Severity(row["severity"])})
        for row in _findings(connection, identity)
    )


def explanations_of(connection: Connection, identity: Any) -> tuple[Explanation, ...]:
    """What was said to the findings of one version, by the file, an earlier one or the staff."""
    return tuple(
        Explanation(row["explanation"], *(row[name] for name in ("indicator", "rule", "sheet", "cell", "found")))
        for row in _findings(connection, identity)
        if row["explanation"]
    )


def _findings(connection: Connection, identity: Any) -> list[dict[str, Any]]:
    """Findings with what was said to them: ``explanation``, and ``explained_by`` where the staff said it."""
    found = connection.execute(statement("marts/explained_findings"), {"submission": identity}).mappings()
    return [dict(row) for row in found]
