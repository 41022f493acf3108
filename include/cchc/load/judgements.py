"""Every judgement a file ever had, each with the reader and rules that it was made with. None is ever taken away."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from cchc.model.submission import Judged
from cchc.store.ruleset import fingerprint
from cchc.store.tables import judgement, submission


def latest(connection: Connection, identity: UUID) -> tuple[int, str]:
    """Number and ruleset of the present judgement of a file; 0 for one judged before judgements were kept."""
    query = select(judgement.c.seq, judgement.c.ruleset).where(judgement.c.submission_id == identity)
    found = connection.execute(query.order_by(judgement.c.seq.desc()).limit(1)).one_or_none()
    return (found.seq, found.ruleset) if found else (0, "")


def remember(connection: Connection, judged: Judged) -> None:
    """Add the judgement that was just written, unless the latest was made with the same reader and rules.

    The ``submission`` row must have been written before: whose file it is, is read from there.
    """
    identity = judged.reading.submission_id
    number, ruleset = latest(connection, identity)
    if ruleset == fingerprint():
        return
    present = connection.execute(select(submission).where(submission.c.submission_id == identity)).one()
    row = {
        "submission_id": identity,
        "seq": number + 1,
        "ruleset": fingerprint(),
        "verdict": judged.verdict.value,
        "unit_code": present.unit_code,
        "period_code": present.period_code,
        "findings": len(judged.findings),
        "content_sha256": present.content_sha256,
        "loaded_sha256": present.loaded_sha256,
    }
    connection.execute(insert(judgement).values(row))
