"""Reads history again from the raw store with the present reader and rules, and says first what would change."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc.steps import judging
from cchc.steps.base import engine, now, period_of
from cchc.steps.intake import BATCH, SPREAD, chunks

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection, Row

    from cchc.model.rereading import Rereading
    from cchc.model.submission import Judged

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _History:
    """What was read again.

    Attributes:
        period: Period asked for, or empty.
        authority: Authority asked for, or empty.
        read: Files read.
        changed: Files whose outcome differs, by the period that they stand in.
        unchanged: Files whose outcome stays, by the same.
        touched: Periods that a changed file stands in or would stand in.
    """

    period: str
    authority: str
    read: int = 0
    changed: dict[str, list[Judged]] = field(default_factory=dict)
    unchanged: dict[str, list[UUID]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


def reparse(
    period: str | None = None,
    authority: str | None = None,
    apply: bool = False,
    out: Path | None = None,
    workers: int = 2,
) -> dict[str, Any]:
    """Read history again (the document of ``cchc reparse --json``); nothing is written unless ``apply``.

    Args:
        period: Only this period; all by default.
        authority: Only units of this authority; all by default.
        apply: Put what is read now in place of what was loaded, after the report is made.
        out: Write the report there as a workbook.
        workers: Processes that read.
    """
    from cchc import load, report

    asked = _History(period_of(period).code if period else "", authority or "")
    _read_again(asked, workers)
    found = _what_would_change(asked)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        report.write_rereading(found, out)
    if apply:
        _apply(asked)
    document = report.rereading_document(found)
    due = load.due_for_consolidation(engine(), now()) if apply else []
    return {**document, "applied": apply, "due": due, "report": str(out) if out else None}


def reparse_summary(period: str | None, authority: str | None, apply: bool = False) -> dict[str, Any]:
    """The same for Airflow: numbers and the path of the workbook, no lists."""
    from cchc import settings as environment
    from cchc.store.ruleset import fingerprint

    scope = "_".join(filter(None, (authority, period))) or "all"
    out = environment.load().rereading_dir / f"{scope}_{fingerprint()[:12]}{'_applied' if apply else ''}.xlsx"
    found = reparse(period, authority, apply, out)
    return {key: found[key] for key in ("summary", "report", "applied", "due")}


def _read_again(asked: _History, workers: int) -> None:
    """Read and judge in chunks; of a file whose outcome stays only the id is kept."""
    from cchc.store.sqlfiles import statement

    query = {"period": asked.period, "authority": asked.authority}
    with engine().connect() as connection:
        rows = {row.sha256: row for row in connection.execute(statement("marts/history"), query)}
    ids = [str(row.submission_id) for row in rows.values()]
    for part in chunks(ids, size=BATCH):
        judged = judging.judged_each(judging.raw_files(part), workers if len(part) >= SPREAD else 1)
        for item in judged:
            stored = rows[item.reading.sha256]
            if not stored.asked_for and not _turns_out_to_be_asked_for(asked, item, stored):
                continue
            _sort_in(asked, item, stored)
        log.info("read again %d of %d files", asked.read, len(ids))


def _sort_in(asked: _History, judged: Judged, stored: Row[Any]) -> None:
    from cchc import load

    asked.read += 1
    standing_in = stored.period_code or ""
    if load.says_the_same(stored, judged):
        asked.unchanged.setdefault(standing_in, []).append(stored.submission_id)
        return
    asked.changed.setdefault(standing_in, []).append(judged)
    after = load.placing(judged, stored.file_name)["period_code"]
    asked.touched |= {code for code in (stored.period_code, after) if code}


def _turns_out_to_be_asked_for(asked: _History, judged: Judged, stored: Row[Any]) -> bool:
    """True for a file that belonged nowhere and would now belong to what was asked for."""
    from cchc import load
    from cchc.catalogue import periods, units

    placed = load.placing(judged, stored.file_name)
    if not placed["unit_code"] or not placed["period_code"]:
        return False
    unit = units.find(placed["unit_code"], periods.parse(placed["period_code"]).window_to)
    return asked.period in ("", placed["period_code"]) and bool(unit and asked.authority in ("", unit.authority))


def _what_would_change(asked: _History) -> Rereading:
    """Write everything within one transaction, look at the outcome, and take it all back."""
    from cchc import consolidate as stage
    from cchc.model.rereading import Rereading
    from cchc.store.ruleset import fingerprint

    moment = now()
    with engine().connect() as connection, connection.begin() as transaction:
        codes = _periods_to_look_at(connection, asked)
        before = stage.picture(connection, codes, moment)
        figures = dict(_rewritten(connection, asked))
        _cross_check_within(connection, codes, _in_scope(connection, asked))
        after = stage.picture(connection, codes, moment)
        transaction.rollback()
    return Rereading(
        fingerprint(),
        asked.period,
        asked.authority,
        asked.read,
        stage.version_changes(before, after, figures),
        stage.total_changes(before, after),
        stage.edition_changes(before, after),
    )


def _periods_to_look_at(connection: Connection, asked: _History) -> set[str]:
    """Periods in which something may change.

    Those of changed files, those compared with them, and those last checked across units and periods by other rules.
    """
    from cchc import load

    again = _in_scope(connection, asked)
    outdated = again & set(load.cross_checks_due(connection, again))
    return load.looking_at(asked.touched, _checked(connection) | asked.touched) | outdated


def _in_scope(connection: Connection, asked: _History) -> set[str]:
    """Periods to be checked anew across units and periods although nothing in them changed, if the rules did."""
    return {asked.period} if asked.period else _checked(connection)


def _checked(connection: Connection) -> set[str]:
    from sqlalchemy import select

    from cchc.store.tables import cross_check

    return set(connection.scalars(select(cross_check.c.period_code)))


def _rewritten(connection: Connection, asked: _History) -> Iterator[tuple[UUID, Any]]:
    from cchc import load

    for of_one in asked.changed.values():
        for judged in of_one:
            yield judged.reading.submission_id, load.rewrite(connection, judged)


def _cross_check_within(connection: Connection, codes: set[str], again: set[str]) -> None:
    from cchc import load, validate

    due = load.cross_checks_due(connection, again)
    for code in sorted(codes & set(due)):
        found = validate.cross_within(connection, code)
        load.replace_cross_findings(connection, code, due[code], found)


def _apply(asked: _History) -> None:
    """One transaction for each period, then the checks across units and periods; killed anywhere, run it again."""
    from cchc import load, validate

    for code in sorted({*asked.changed, *asked.unchanged}):
        changed, unchanged = asked.changed.get(code, []), asked.unchanged.get(code, [])
        with engine().begin() as connection:
            for judged in changed:
                load.rewrite(connection, judged)
            load.remember_unchanged(connection, unchanged)
        log.info("%s: %d files put in place anew, %d as they were", code or "-", len(changed), len(unchanged))
    load.refresh_statistics(engine())
    with engine().connect() as connection:
        due = load.cross_checks_due(connection, _in_scope(connection, asked))
    for code, inputs in sorted(due.items()):
        load.store_cross_findings(engine(), code, inputs, validate.cross(engine(), code))
        log.info("%s: checked across units and periods", code)
