"""Puts what a file now says in place of what was loaded of it; what was said before goes into its judgement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from cchc.catalogue import file_names, periods
from cchc.load import digests, explanations, judgements, rows
from cchc.load.obligations import open_period
from cchc.model.observation import Observation
from cchc.model.rereading import FigureChange
from cchc.model.submission import Judged
from cchc.store.tables import cross_check, fct_observation, finding, narrative, submission

_FIGURE = ("value", "state", "sheet", "cell", "raw", "read_as")


def says_the_same(stored: Row[Any], judged: Judged) -> bool:
    """True where nothing would be written otherwise than it stands.

    Args:
        stored: Row of ``submission``.
        judged: The same file, read and judged anew.
    """
    placed = placing(judged, stored.file_name)
    stands = {"unit_code": stored.unit_code, "period_code": stored.period_code}
    return bool(stored.loaded_sha256 == digests.loaded(judged)) and placed == stands


def placing(judged: Judged, file_name: str) -> dict[str, str | None]:
    """Whose file it is: what the cover of an accepted one says, else the file name's hint, else the cover."""
    reading = judged.reading
    if judged.verdict.acceptable:
        return {"unit_code": reading.unit, "period_code": reading.period}
    return {
        "unit_code": file_names.unit_hint(file_name) or reading.unit or None,
        "period_code": file_names.period_hint(file_name) or reading.period or None,
    }


def rewrite(connection: Connection, judged: Judged) -> tuple[tuple[FigureChange, ...], int]:
    """Replace all that is loaded of a file; return the figures that change, and how many are only read otherwise."""
    identity = judged.reading.submission_id
    stored = connection.execute(
        select(submission).where(submission.c.submission_id == identity).with_for_update()
    ).one()
    before = _figures(connection, stored)
    now = {o.indicator: o for o in judged.reading.observations if not o.computed} if judged.verdict.acceptable else {}
    changes = _changes(before, now)
    reread = sum(1 for code in before.keys() & now.keys() if _only_reread(before[code], now[code]))
    judgements.set_aside(connection, stored, [before[c.indicator] for c in changes if c.indicator in before])
    _clear(connection, stored)
    _write(connection, judged, placing(judged, stored.file_name))
    return changes, reread


def _figures(connection: Connection, stored: Row[Any]) -> dict[str, Row[Any]]:
    columns = [fct_observation.c[name] for name in ("indicator", *_FIGURE)]
    mine = (
        fct_observation.c.submission_id == stored.submission_id,
        fct_observation.c.period_code == stored.period_code,
    )
    return {row.indicator: row for row in connection.execute(select(*columns).where(*mine))}


def _changes(before: dict[str, Row[Any]], now: dict[str, Observation]) -> tuple[FigureChange, ...]:
    return tuple(
        _change(code, before.get(code), now.get(code))
        for code in sorted(before.keys() | now.keys())
        if _says(before.get(code)) != _says(now.get(code))
    )


def _change(code: str, old: Row[Any] | None, new: Observation | None) -> FigureChange:
    place = new or old
    return FigureChange(code, *_says(old), *_says(new), place.sheet if place else "", place.cell if place else "")


def _says(figure: Any) -> tuple[Any, str]:
    return (figure.value, str(figure.state)) if figure else (None, "")


def _only_reread(old: Row[Any], new: Observation) -> bool:
    same = _says(old) == _says(new)
    return same and any(getattr(old, name) != getattr(new, name) for name in ("sheet", "cell", "raw", "read_as"))


def _clear(connection: Connection, stored: Row[Any]) -> None:
    identity: UUID = stored.submission_id
    connection.execute(
        delete(fct_observation).where(
            fct_observation.c.submission_id == identity, fct_observation.c.period_code == stored.period_code
        )
    )
    for table in (narrative, finding):
        connection.execute(delete(table).where(table.c.submission_id == identity))
    # What was found across units and periods went with it: no digest equals this one.
    stale = update(cross_check).where(cross_check.c.period_code == stored.period_code)
    connection.execute(stale.values(inputs="-"))


def _write(connection: Connection, judged: Judged, placed: dict[str, str | None]) -> None:
    reading = judged.reading
    if judged.verdict.acceptable:
        open_period(connection, periods.parse(reading.period))
        rows.copy_figures(connection, "fct_observation", [reading])
        rows.insert_rows(connection, narrative, rows.narrative_rows(reading))
    rows.insert_rows(connection, finding, rows.finding_rows(reading.submission_id, "file", judged.findings))
    values = rows.outcome(judged) | placed
    connection.execute(update(submission).where(submission.c.submission_id == reading.submission_id).values(values))
    explanations.replace_own(connection, judged)
    judgements.remember(connection, judged)
