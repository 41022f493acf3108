"""Findings across units and periods: kept per period, made anew whenever the period's content changed.

They are warnings only. Their outcome depends on what else is loaded, so they are computed from the whole state and
not while a file is loaded: two runs that end with the same versions end with the same findings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue import periods
from cchc.load import digests
from cchc.load.rows import finding_rows
from cchc.model.finding import Finding
from cchc.store.ruleset import fingerprint
from cchc.store.sqlfiles import statement
from cchc.store.tables import consolidated, cross_check, finding, submission


def _contents(connection: Connection) -> dict[str, str]:
    present = {row.period_code: row.versions for row in connection.execute(statement("marts/period_content"))}
    return {code: _digest(code, present) for code in present}


def due_for_cross_check(engine: Engine) -> dict[str, str]:
    """Periods whose content changed since their last check across units, periods and versions: code to digest."""
    with engine.connect() as connection:
        return cross_checks_due(connection)


def cross_checks_due(connection: Connection, again: Collection[str] = ()) -> dict[str, str]:
    """The same within a transaction; periods in ``again`` also where their last check had other rules."""
    known = {row.period_code: row for row in connection.execute(select(cross_check))}
    # A period that has nothing left to look at still has findings to be taken away.
    present = dict.fromkeys(known, "") | checked_contents(connection)
    outdated = {code for code, row in known.items() if code in again and row.ruleset != fingerprint()}
    return {
        code: digest
        for code, digest in present.items()
        if code not in known or known[code].inputs != digest or code in outdated
    }


def looking_at(changed: Collection[str], known: Collection[str]) -> set[str]:
    """Periods among those known that are compared with one that changed, itself included."""
    return {code for code in known if _looked_at(code) & set(changed)}


def checked_contents(connection: Connection) -> dict[str, str]:
    """Digest of all that the rules across units, periods and versions look at, by period."""
    repeats = {row.period_code: row.repeats for row in connection.execute(statement("marts/period_repeats"))}
    found = dict(_contents(connection))
    for code, digest in repeats.items():
        found[code] = f"{found.get(code, '')};repeats={digest}"
    return found


def reportable(engine: Engine, as_of: datetime) -> dict[str, str]:
    """Digest of what a report would be made from, by period.

    That is the content, whether the due moment has passed, what was found across units and periods, and what was
    said to warnings.
    """
    with engine.connect() as connection:
        found = _contents(connection)
        marks = {
            row.period_code: f";across={row.findings_sha256}"
            for row in connection.execute(select(cross_check))
            if row.findings_sha256
        }
        said = {
            row.period_code: f";said={row.said}" for row in connection.execute(statement("marts/period_explanations"))
        }
    return {
        code: f"{digest};closed={as_of > periods.parse(code).due_at}{marks.get(code, '')}{said.get(code, '')}"
        for code, digest in found.items()
    }


def due_for_consolidation(engine: Engine, as_of: datetime) -> list[str]:
    """Periods that an authority concerned has not consolidated from their present content.

    Asked of the state and not of what the last run did: a run that died before it announced its periods is made
    good by the next. A period also waits once its due moment has passed, for then who is missing is known.
    """
    with engine.connect() as connection:
        owing = connection.execute(statement("marts/reporting_authorities")).all()
        done = {(row.authority, row.period_code): row.content for row in connection.execute(select(consolidated))}
    now = reportable(engine, as_of)
    return sorted({code for authority, code in owing if done.get((authority, code)) != now[code]})


def store_cross_findings(
    engine: Engine, period_code: str, inputs: str, findings: Mapping[UUID, Sequence[Finding]]
) -> None:
    """Replace the period's cross findings in one transaction and let the verdicts of its versions follow."""
    with engine.begin() as connection:
        replace_cross_findings(connection, period_code, inputs, findings)


def replace_cross_findings(
    connection: Connection, period_code: str, inputs: str, findings: Mapping[UUID, Sequence[Finding]]
) -> None:
    """The same within a transaction."""
    of_period = select(submission.c.submission_id).where(submission.c.period_code == period_code)
    connection.execute(delete(finding).where(finding.c.scope == "cross", finding.c.submission_id.in_(of_period)))
    rows = [row for identity, found in sorted(findings.items()) for row in finding_rows(identity, "cross", found)]
    if rows:
        connection.execute(finding.insert(), rows)
    _let_verdicts_follow(connection, period_code)
    counting = set(connection.scalars(statement("marts/current_versions"), {"period": period_code}))
    printed = {identity: found for identity, found in findings.items() if identity in counting}
    _mark_checked(connection, period_code, inputs, digests.findings(printed))


def _mark_checked(connection: Connection, period_code: str, inputs: str, found: str) -> None:
    if not inputs:
        connection.execute(delete(cross_check).where(cross_check.c.period_code == period_code))
        return
    seen = {"inputs": inputs, "ruleset": fingerprint(), "findings_sha256": found}
    mark = insert(cross_check).values(period_code=period_code, **seen)
    connection.execute(mark.on_conflict_do_update(index_elements=["period_code"], set_=seen))


def _digest(code: str, present: Mapping[str, str]) -> str:
    """The versions of a period and of all that its rules look at, as one text."""
    return ";".join(f"{name}={present[name]}" for name in sorted(_looked_at(code)) if name in present)


def _looked_at(code: str) -> set[str]:
    """The period, and those that its rules compare it with."""
    period = periods.parse(code)
    looked_at = {code, periods.previous(period).code, periods.opening_source(period).code}
    looked_at |= {f"{period.year}-{kind}" for kind in ("Q1", "H1", "Q3")} | {f"{period.year - 1}-{period.kind}"}
    return looked_at | {earlier.code for earlier in periods.history(period)}


def _let_verdicts_follow(connection: Connection, period_code: str) -> None:
    with_marks = select(finding.c.submission_id)
    for verdict, condition in (
        ("accepted_with_warnings", submission.c.submission_id.in_(with_marks)),
        ("accepted", submission.c.submission_id.not_in(with_marks)),
    ):
        connection.execute(
            update(submission)
            .where(submission.c.period_code == period_code, condition)
            .where(submission.c.verdict.in_(("accepted", "accepted_with_warnings")))
            .values(verdict=verdict)
        )
