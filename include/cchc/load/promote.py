"""From judged readings to facts: COPY for the batch, one transaction for each submission."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Table, delete, func, select, text, update

from cchc.model.finding import Finding
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Judged, Reading
from cchc.store.tables import finding, narrative, stg_observation, submission

_COLUMNS = (
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


def promote(engine: Engine, batch: Sequence[Judged]) -> None:
    """Write verdicts and findings of all, and figures of the acceptable ones.

    Periods must have been made by :func:`cchc.load.ensure_period`. A submission that was judged meanwhile by
    another run is left as it is; killed anywhere, the rest of the batch still waits as ``received``.
    """
    _stage(engine, [judged.reading for judged in batch if judged.verdict.acceptable])
    for judged in batch:
        with engine.begin() as connection:
            if _still_waits(connection, judged.reading.submission_id):
                _write(connection, judged)
            _clear_stage(connection, [judged.reading.submission_id])
    _refresh_statistics(engine)


def _refresh_statistics(engine: Engine) -> None:
    """Without statistics a table just filled is planned as an empty one: 27 s instead of 0.1 s for the rules."""
    with engine.begin() as connection:
        connection.execute(text("ANALYZE submission, obligation, fct_observation, finding"))


def _stage(engine: Engine, readings: Sequence[Reading]) -> None:
    with engine.begin() as connection:
        _clear_stage(connection, [reading.submission_id for reading in readings])
        driver: Any = connection.connection.driver_connection
        target = f"COPY stg_observation ({', '.join(_COLUMNS)}) FROM STDIN"
        with driver.cursor() as cursor, cursor.copy(target) as copy:
            for reading in readings:
                for seen in reading.observations:
                    if not seen.computed:
                        copy.write_row(_staged(reading, seen))


def _staged(reading: Reading, seen: Observation) -> tuple[Any, ...]:
    where = (reading.submission_id, reading.period, reading.unit)
    return (*where, seen.indicator, seen.value, seen.state.value, seen.sheet, seen.cell, seen.raw, seen.read_as)


def _clear_stage(connection: Connection, ids: Sequence[UUID]) -> None:
    connection.execute(delete(stg_observation).where(stg_observation.c.submission_id.in_(ids)))


def _still_waits(connection: Connection, identity: UUID) -> bool:
    query = select(submission.c.verdict).where(submission.c.submission_id == identity).with_for_update()
    return connection.scalar(query) == "received"


def _write(connection: Connection, judged: Judged) -> None:
    identity = judged.reading.submission_id
    if judged.verdict.acceptable:
        columns = ", ".join(_COLUMNS)
        connection.execute(
            text(
                f"INSERT INTO fct_observation ({columns}) SELECT {columns} FROM stg_observation "  # noqa: S608 - fixed names
                "WHERE submission_id = :id"
            ),
            {"id": identity},
        )
        _insert(connection, narrative, _narratives(judged.reading))
    _insert(connection, finding, finding_rows(identity, "file", judged.findings))
    connection.execute(update(submission).where(submission.c.submission_id == identity).values(_outcome(judged)))


def _outcome(judged: Judged) -> dict[str, Any]:
    reading = judged.reading
    states = [seen.state for seen in reading.observations if not seen.computed]
    outcome: dict[str, Any] = {
        "verdict": judged.verdict.value,
        "form": reading.form or None,
        "form_version": reading.form_version or None,
        "figures": states.count(ValueState.REPORTED),
        "zeros": states.count(ValueState.CONFIRMED_ZERO),
    }
    if judged.verdict.acceptable:
        outcome |= {"unit_code": reading.unit, "period_code": reading.period}
        return outcome
    # A faulty cover does not decide whose file it is: the hint of the file name stands where there is one.
    columns = {"unit_code": reading.unit, "period_code": reading.period}
    fallbacks = {name: func.coalesce(submission.c[name], value) for name, value in columns.items() if value}
    return outcome | fallbacks


def _narratives(reading: Reading) -> list[dict[str, Any]]:
    return [
        {"submission_id": reading.submission_id, "section": n.section, "text": n.text, "sheet": n.sheet, "cell": n.cell}
        for n in reading.narratives
    ]


def finding_rows(identity: UUID, scope: str, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Rows of table ``finding`` in the given order."""
    return [
        {"submission_id": identity, "scope": scope, "seq": seq, **found.as_dict()} for seq, found in enumerate(findings)
    ]


def _insert(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    if values:
        connection.execute(table.insert(), values)
