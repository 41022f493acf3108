"""Every judgement a file ever had, each with the reader and rules that it was made with. None is ever taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from cchc.model.submission import Judged
from cchc.store.ruleset import fingerprint
from cchc.store.tables import finding, judgement, submission

_FINDING = ("rule", "severity", "sheet", "cell", "indicator", "found", "expected", "message", "fix")
_CARRIED = ("verdict", "unit_code", "period_code", "findings", "content_sha256", "loaded_sha256")


def remember(connection: Connection, judged: Judged) -> None:
    """Add the judgement that was just written, unless it is the latest already.

    The ``submission`` row must have been written before: whose file it is, is read from there.
    """
    present = _submission(connection, judged.reading.submission_id)
    before = _latest(connection, present.submission_id)
    if before and (before.ruleset, before.loaded_sha256) == (fingerprint(), present.loaded_sha256):
        return
    row = _row(present, before.seq + 1 if before else 1, fingerprint(), judged.verdict.value, len(judged.findings))
    connection.execute(insert(judgement).values(row))


def remember_unchanged(connection: Connection, ids: Sequence[UUID]) -> None:
    """Add to files whose outcome stays that the present reader and rules come to it too."""
    newest = (
        select(judgement)
        .where(judgement.c.submission_id.in_(ids))
        .distinct(judgement.c.submission_id)
        .order_by(judgement.c.submission_id, judgement.c.seq.desc())
        .subquery()
    )
    carried = [newest.c[name] for name in _CARRIED]
    again = select(newest.c.submission_id, newest.c.seq + 1, literal(fingerprint()), *carried)
    names = ["submission_id", "seq", "ruleset", *_CARRIED]
    connection.execute(insert(judgement).from_select(names, again.where(newest.c.ruleset != fingerprint())))


def set_aside(connection: Connection, stored: Row[Any], figures: Sequence[Row[Any]]) -> None:
    """Keep with the latest judgement what is about to be replaced: its findings, and the figures that change."""
    before = _latest(connection, stored.submission_id)
    found = _findings(connection, stored.submission_id)
    if before is None:  # loaded before judgements were kept
        row = _row(stored, 1, "", stored.verdict, len(found)) | {"loaded_sha256": stored.loaded_sha256 or ""}
        connection.execute(insert(judgement).values(row))
    told = [{**row._asdict(), "value": None if row.value is None else str(row.value)} for row in figures]
    latest = select(func.max(judgement.c.seq)).where(judgement.c.submission_id == stored.submission_id)
    connection.execute(
        update(judgement)
        .where(judgement.c.submission_id == stored.submission_id, judgement.c.seq == latest.scalar_subquery())
        .values(replaced={"findings": found, "figures": told})
    )


def _latest(connection: Connection, identity: UUID) -> Row[Any] | None:
    query = select(judgement).where(judgement.c.submission_id == identity)
    found: Row[Any] | None = connection.execute(query.order_by(judgement.c.seq.desc()).limit(1)).one_or_none()
    return found


def _submission(connection: Connection, identity: UUID) -> Row[Any]:
    found: Row[Any] = connection.execute(select(submission).where(submission.c.submission_id == identity)).one()
    return found


def _findings(connection: Connection, identity: UUID) -> list[dict[str, str]]:
    columns = [finding.c[name] for name in _FINDING]
    mine = (finding.c.submission_id == identity, finding.c.scope == "file")
    return [dict(row) for row in connection.execute(select(*columns).where(*mine).order_by(finding.c.seq)).mappings()]


def _row(stored: Row[Any], seq: int, ruleset: str, verdict: str, findings: int) -> dict[str, Any]:
    return {
        "submission_id": stored.submission_id,
        "seq": seq,
        "ruleset": ruleset,
        "verdict": verdict,
        "unit_code": stored.unit_code,
        "period_code": stored.period_code,
        "findings": findings,
        "content_sha256": stored.content_sha256,
        "loaded_sha256": stored.loaded_sha256,
    }
