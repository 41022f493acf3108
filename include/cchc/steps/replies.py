"""What goes back to the sender: the marked workbook, the receipt, and an empty form where the file was of no use."""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc import settings as environment
from cchc.steps.base import engine

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from cchc.catalogue.units import Unit
    from cchc.model.receipt import Receipt
    from cchc.model.submission import Explanation, Judged

log = logging.getLogger(__name__)
_UNSAFE = re.compile(r"[^\w .()-]+")
_LONGEST_STEM = 80
_SUFFIXES = {"workbook": ".xlsx", "receipt": ".docx", "form": ".xlsx"}


def reply_files(submission_id: str) -> dict[str, Any]:
    """What goes back for one submission of the warehouse.

    Returns:
        ``workbook`` (bytes, or None where there is nothing to mark), ``receipt`` (bytes), ``form`` (bytes of an empty
        form for a file that could not be read, or None), ``original`` (bytes as received), and their file ``names``.

    Raises:
        LookupError: If there is no such submission.
    """
    return answer(submission_id)[1]


def answer(submission_id: str) -> tuple[Receipt, dict[str, Any]]:
    """What is known of a submission of the warehouse, and what goes back for it (:func:`reply_files`).

    Raises:
        LookupError: If there is no such submission.
    """
    from uuid import UUID

    from cchc import consolidate
    from cchc.store.raw import raw_store

    with engine().connect() as connection:
        facts = _registered(connection, submission_id)
        said = consolidate.explanations_of(connection, UUID(submission_id))
    data = raw_store(environment.load()).get(facts.sha256)
    judged = _judged_again(data, facts, said)
    made = _reply(data, judged, facts)
    names = {**made["names"], "original": original_name(facts.file_name, facts.sha256)}
    return _named(facts), {**made, "original": data, "names": names}


def mark(file: Path, out: Path) -> dict[str, Any]:
    """Mark one file without a database (the document of ``cchc return --json``).

    Raises:
        OSError: If the file cannot be opened, or ``out`` cannot be written.
    """
    from cchc import cli_text
    from cchc.model.receipt import Receipt
    from cchc.steps.intake import check

    data, judged = file.read_bytes(), check(file)
    reading = judged.reading
    facts = Receipt(
        hashlib.sha256(data).hexdigest(),
        file.name,
        len(data),
        judged.verdict,
        judged.findings,
        reading.unit,
        reading.unit_name,
        reading.period,
    )
    made = _reply(data, judged, facts)
    out.mkdir(parents=True, exist_ok=True)
    written = {}
    for kind, name in made["names"].items():
        if made.get(kind) is not None:
            (out / name).write_bytes(made[kind])
            written[kind] = str(out / name)
    return {**cli_text.check_document(judged), "files": written}


def _reply(data: bytes, judged: Judged, facts: Receipt) -> dict[str, Any]:
    from cchc import notify, parse

    facts = _named(facts)
    form = None if judged.reading.readable else _empty_form(facts)
    told = replace(facts, with_form=form is not None)
    marked = notify.returned_workbook(data, judged, lambda: parse.cell_values(data)) if judged.findings else None
    return {
        "workbook": marked,
        "receipt": notify.receipt(told),
        "form": form,
        "names": reply_names(facts.file_name, facts.sha256),
    }


def reply_names(file_name: str, sha256: str) -> dict[str, str]:
    """File names of a reply; what a sender called the file is cleaned of all that could lead elsewhere."""
    from cchc.catalogue.notify_texts import text

    stem = _harmless(Path(file_name.replace("\\", "/")).stem) or sha256[:12]
    stem = stem.removesuffix("_" + text("workbook_suffix"))
    return {kind: f"{stem}_{text(f'{kind}_suffix')}{suffix}" for kind, suffix in _SUFFIXES.items()}


def original_name(file_name: str, sha256: str) -> str:
    """The name that a sender gave, cleaned in the same way, its ending kept."""
    sent = Path(file_name.replace("\\", "/"))
    return f"{_harmless(sent.stem) or sha256[:12]}{_UNSAFE.sub('', sent.suffix)[:10]}"


def _harmless(stem: str) -> str:
    return _UNSAFE.sub("_", stem).strip(" ._")[:_LONGEST_STEM]


def _named(facts: Receipt) -> Receipt:
    """With the unit's official name and its authority, where the catalogue knows it."""
    unit = _unit(facts.unit, facts.period)
    return replace(facts, unit_name=unit.name, authority=unit.authority) if unit else facts


def _unit(code: str, period: str) -> Unit | None:
    from cchc.catalogue import periods, units

    return units.find(code, periods.parse(period).window_to) if code and period else None


def _empty_form(facts: Receipt) -> bytes | None:
    """The form that the sender should have sent, where the file's name says which one that is."""
    from cchc import template
    from cchc.catalogue import file_names, periods

    period = facts.period or file_names.period_hint(facts.file_name)
    unit = _unit(facts.unit or file_names.unit_hint(facts.file_name), period)
    return template.issue(unit, periods.parse(period)) if unit else None


def _registered(connection: Connection, submission_id: str) -> Receipt:
    """The facts of a submission as the warehouse has them."""
    from uuid import UUID

    from sqlalchemy import select

    from cchc import consolidate
    from cchc.model.receipt import Receipt
    from cchc.model.submission import Verdict
    from cchc.store.tables import submission

    row = connection.execute(select(submission).where(submission.c.submission_id == UUID(submission_id))).one_or_none()
    if row is None:
        raise LookupError(submission_id)
    facts = Receipt(
        row.sha256,
        row.file_name,
        row.size,
        Verdict(row.verdict),
        consolidate.findings_of(connection, row.submission_id),
        row.unit_code or "",
        "",
        row.period_code or "",
        channel=row.channel,
        received_at=row.received_at,
    )
    if not (row.unit_code and row.period_code):
        return facts
    versions = consolidate.unit_versions(connection, row.unit_code, row.period_code)
    return _numbered(facts, versions, submission_id)


def _numbered(facts: Receipt, versions: list[dict[str, Any]], submission_id: str) -> Receipt:
    """With its number among the unit's versions and the first acceptable one up to it: a later one changes neither."""
    from cchc.model.submission import Verdict

    mine = next(version for version in versions if version["submission_id"] == submission_id)
    good = [
        datetime.fromisoformat(version["received_at"])
        for version in versions
        if version["version"] <= mine["version"] and Verdict(version["verdict"]).acceptable
    ]
    return replace(facts, version=mine["version"], first_accepted_at=min(good, default=None))


def _judged_again(data: bytes, facts: Receipt, said: tuple[Explanation, ...]) -> Judged:
    """The file read again for its places, with what the warehouse found in it then and what was said to that."""
    from cchc import parse
    from cchc.model.submission import Judged, Reading, Verdict

    if facts.verdict in (Verdict.UNREADABLE, Verdict.RECEIVED):
        return Judged(Reading(facts.sha256, readable=False), facts.verdict, facts.findings)
    reading = parse.read(data, facts.file_name)
    told = replace(reading, explanations=(*said, *reading.explanations))
    return Judged(told, facts.verdict, facts.findings)
