"""A judged reading as rows of the warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func

from cchc.load import digests
from cchc.model.finding import Finding
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Judged, Reading
from cchc.store.tables import submission

FIGURE_COLUMNS = (
    "submission_id",
    "period_code",
    "unit_code",
    "indicator",
    "value",
    "state",
    "sheet",
    "cell",
    "raw",
    "read_as",
)


def copy_figures(connection: Connection, table: str, readings: Iterable[Reading]) -> None:
    """Write the figures of readings by COPY; what the form computes is a claim and stays out."""
    driver: Any = connection.connection.driver_connection
    target = f"COPY {table} ({', '.join(FIGURE_COLUMNS)}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(target) as copy:
        for reading in readings:
            for seen in reading.observations:
                if not seen.computed:
                    copy.write_row(_figure(reading, seen))


def outcome(judged: Judged) -> dict[str, Any]:
    """Columns of ``submission`` that follow from the judgement."""
    reading = judged.reading
    states = [seen.state for seen in reading.observations if not seen.computed]
    found: dict[str, Any] = {
        "verdict": judged.verdict.value,
        "form": reading.form or None,
        "form_version": reading.form_version or None,
        "figures": states.count(ValueState.REPORTED),
        "zeros": states.count(ValueState.CONFIRMED_ZERO),
        "content_sha256": digests.content(reading),
        "judged_sha256": digests.judged(judged),
        "loaded_sha256": digests.loaded(judged),
    }
    if judged.verdict.acceptable:
        found |= {"unit_code": reading.unit, "period_code": reading.period}
        return found
    # A faulty cover does not decide whose file it is: the hint of the file name stands where there is one.
    columns = {"unit_code": reading.unit, "period_code": reading.period}
    fallbacks = {name: func.coalesce(submission.c[name], value) for name, value in columns.items() if value}
    return found | fallbacks


def narrative_rows(reading: Reading) -> list[dict[str, Any]]:
    """Rows of table ``narrative``."""
    return [
        {"submission_id": reading.submission_id, "section": n.section, "text": n.text, "sheet": n.sheet, "cell": n.cell}
        for n in reading.narratives
    ]


def finding_rows(identity: UUID, scope: str, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Rows of table ``finding`` in the given order."""
    return [
        {"submission_id": identity, "scope": scope, "seq": seq, **found.as_dict()} for seq, found in enumerate(findings)
    ]


def insert_rows(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    """Insert what there is."""
    if values:
        connection.execute(table.insert(), values)


def _figure(reading: Reading, seen: Observation) -> tuple[Any, ...]:
    where = (reading.submission_id, reading.period, reading.unit)
    return (*where, seen.indicator, seen.value, seen.state.value, seen.sheet, seen.cell, seen.raw, seen.read_as)
