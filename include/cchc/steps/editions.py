"""Consolidated reports as editions: made, followed, replaced or noted, approved and sent, rebuilt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cchc import settings as environment
from cchc.steps.base import engine, now
from cchc.steps.reports import owed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from cchc.consolidate import Edition, Plan
    from cchc.model.changes import Note
    from cchc.model.consolidation import Consolidation
    from cchc.report import Written

_COMPARED = ("xlsx", "docx")
"""Kinds of file whose bytes depend on nothing but what is in them."""


def consolidate(
    authority: str,
    period: str,
    out: Path | str | None = None,
    as_of: datetime | None = None,
    *,
    carry_forward: bool = False,
    extracts: bool = False,
) -> dict[str, Any]:
    """Assemble a period's report and write its edition (the document of ``cchc consolidate --json``).

    With ``extracts`` every unit's own page lies beside the edition's files, packed as one.
    """
    from cchc import consolidate as stage
    from cchc import load, report
    from cchc.steps.extracts import archive

    wanted, moment = owed(authority, period), as_of or now()
    content = load.reportable(engine(), moment).get(wanted.code)
    with engine().begin() as connection:
        stage.hold(connection, authority, wanted.code)
        mould = report.own_mould(environment.load().templates_dir, authority, wanted)
        found = stage.assemble(connection, authority, wanted, moment, carry_forward=carry_forward, mould=mould)
        made, written = _settle(connection, found, moment)
        if content and as_of is None:
            stage.mark_consolidated(connection, found, content)
    files = written.copy_to(Path(out)) if out else {kind: file["path"] for kind, file in written.files.items()}
    if extracts:
        packed = archive(found, made.number, Path(written.files["xlsx"]["path"]).parent)
        files["extracts"] = str(copy2(packed, out) if out else packed)
    return {
        "edition": made.number,
        "edition_id": str(made.edition_id),
        "authority": authority,
        "period": wanted.code,
        "coverage": {"reported": made.reported, "expected": made.expected},
        "files": files,
        "figures": made.figures,
        "sha256": {kind: file["sha256"] for kind, file in written.files.items()},
        **({"warning": written.warning} if written.warning else {}),
    }


def editions(authority: str, period: str | None = None) -> list[dict[str, Any]]:
    """Editions of an authority's reports, the newest first.

    Beside the fields of an edition: ``replaces``, the number of the approved or sent edition whose place it takes, or
    None; ``notes``, how many small corrections were noted with it; ``noted``, of each the moment ``as_of``, how many
    ``figures`` would have moved and the names of the ``units`` that brought it.
    """
    from cchc import consolidate as stage

    with engine().connect() as connection:
        found = stage.editions(connection, authority, period)
        known = {(edition.period, edition.number): edition for edition in found}
        noted = [[_noted(note) for note in stage.notes_of(connection, edition.edition_id)] for edition in found]
    return [
        {**_told(edition), "replaces": _replaces(edition, known), "notes": len(notes), "noted": notes}
        for edition, notes in zip(found, noted, strict=True)
    ]


def edition_show(authority: str, period: str, number: int) -> dict[str, Any]:
    """One edition: what it was made from, what changed, who approved it, what was noted after.

    Raises:
        ValueError: If there is none; one Vietnamese sentence.
    """
    from cchc import consolidate as stage

    with engine().connect() as connection:
        found = _known(connection, authority, period, number)
        stored = stage.snapshot(connection, found.edition_id)
        return {
            **_told(found),
            "events": [{**event, "at": _moment(event["at"])} for event in stage.events_of(connection, found)],
            "changes": _plain(stored.changes) if stored else None,
            "notes": [_plain(note) for note in stage.notes_of(connection, found.edition_id)],
            "submissions": [
                {"unit": row.unit, "submission_id": str(row.submission_id), "sha256": row.sha256}
                for row in (stored.statuses if stored else ())
                if row.submission_id
            ],
        }


def edition_diff(authority: str, period: str, number: int, against: int | None = None) -> dict[str, Any]:
    """What differs between an edition and another, the one before it by default.

    Raises:
        ValueError: If one of them is not known or was made without a snapshot; one Vietnamese sentence.
    """
    from cchc import cli_text
    from cchc import consolidate as stage

    with engine().connect() as connection:
        found = _known(connection, authority, period, number)
        if not (against or found.previous):
            raise ValueError(cli_text.text("edition_first", number=number))
        other = _known(connection, authority, period, against or found.previous or 0)
        made = _rebuilt(connection, authority, period, number)[0]
        log = stage.change_log(connection, made, other)
    return {"authority": authority, "period": period, "number": number, "against": other.number, **_plain(log)}


def edition_rebuild(authority: str, period: str, number: int, out: Path | None = None) -> dict[str, Any]:
    """Write an edition anew as of its own moment and say whether the files are the same.

    Raises:
        ValueError: If it is not known or was made without a snapshot; one Vietnamese sentence.
    """
    from cchc import report

    with engine().connect() as connection:
        found = _known(connection, authority, period, number)
        made, whence = _rebuilt(connection, authority, period, number)
    with TemporaryDirectory(prefix="cchc-rebuilt-") as scratch:
        written = report.write_edition(made, out or Path(scratch))
    again = {kind: written.files[kind]["sha256"] for kind in _COMPARED}
    return {
        "authority": authority,
        "period": period,
        "number": number,
        "as_of": made.as_of.isoformat(),
        "from": whence,
        "identical": {kind: sha256 == found.files[kind]["sha256"] for kind, sha256 in again.items()},
        "sha256": again,
        "recorded": {kind: found.files[kind]["sha256"] for kind in _COMPARED},
        "files": {kind: file["path"] for kind, file in written.files.items()} if out else {},
    }


def edition_mark(
    authority: str, period: str, number: int, status: str, author: str, at: datetime | None, words: str = ""
) -> dict[str, Any]:
    """Record that an edition was approved or sent, by whom and when.

    Raises:
        ValueError: If it cannot be; one Vietnamese sentence.
    """
    from cchc import cli_text
    from cchc import consolidate as stage

    with engine().begin() as connection:
        stage.hold(connection, authority, period)
        found = _known(connection, authority, period, number)
        try:
            stage.mark(connection, found, status, author, at or now(), words)
        except stage.RefusedError as error:
            facts = {key: _status_words(value) for key, value in error.facts.items()}
            raise ValueError(cli_text.text(error.key, **facts)) from error
    return edition_show(authority, period, number)


def _replaces(edition: Edition, known: Mapping[tuple[str, int], Edition]) -> int | None:
    """The edition whose place this one takes; a draft that follows a draft takes the place that one was to take."""
    before = known.get((edition.period, edition.previous)) if edition.previous else None
    if before is None:
        return None
    return before.number if before.status == "replaced" else _replaces(before, known)


def _noted(note: Note) -> dict[str, Any]:
    units = [cause.name for cause in note.causes]
    return {"as_of": note.as_of.isoformat(), "figures": len(note.figures), "units": units}


def _settle(connection: Connection, found: Consolidation, moment: datetime) -> tuple[Edition, Written]:
    """Make of a consolidation what it shall be: the edition that it is, a new one, or a note."""
    from cchc import cli_text, report
    from cchc import consolidate as stage

    try:
        planned = stage.plan(connection, found)
    except stage.RefusedError as error:
        raise ValueError(cli_text.text(error.key, **error.facts)) from error
    if planned.kind == "known" and planned.standing:
        standing = planned.standing
        try:
            return standing, _kept(connection, planned)
        except report.RedrawnError:
            newest = stage.editions(connection, standing.authority, standing.period)[0]
            if standing.status in stage.BINDING or standing.number != newest.number:
                return standing, _as_recorded(connection, standing)
        planned = stage.following(connection, found)
    if planned.kind == "note" and planned.standing:
        stage.add_note(
            connection,
            replace(found, edition=planned.made.edition, changes=planned.made.changes),
            planned.standing.edition_id,
        )
        return planned.standing, _as_recorded(connection, planned.standing)
    return _new(connection, planned, moment)


def _new(connection: Connection, planned: Plan, moment: datetime) -> tuple[Edition, Written]:
    from cchc import consolidate as stage
    from cchc import report

    made = planned.made
    written = report.write_edition(made, _folder(made.authority, made.period, made.edition))
    stage.register_edition(connection, made, written.files, written.figures)
    if planned.standing and planned.standing.status in stage.BINDING:
        stage.replaced(connection, planned.standing, made.edition, moment)
    return stage.known(connection, made.authority, made.period, made.edition), written


def _kept(connection: Connection, planned: Plan) -> Written:
    """The files of an edition, completed where they are not all there."""
    assert planned.standing is not None
    return _completed(connection, planned.made, planned.standing)


def _completed(connection: Connection, made: Consolidation, standing: Edition) -> Written:
    """The files of an edition; what is gone or is not what was recorded is made again.

    Raises:
        RedrawnError: If it cannot be made to the same bytes.
    """
    from cchc import consolidate as stage
    from cchc import report

    recorded = {kind: file["sha256"] for kind, file in standing.files.items()}
    written = report.write_edition(made, _folder(made.authority, made.period, made.edition), recorded)
    if written.files != standing.files:
        stage.replace_files(connection, standing.edition_id, written.files)
    return written


def _as_recorded(connection: Connection, standing: Edition) -> Written:
    """The files as they were recorded, made again where they are gone or are others; none goes out under a wrong name.

    Raises:
        ValueError: If that cannot be; one Vietnamese sentence.
    """
    from cchc import cli_text, report
    from cchc import consolidate as stage

    files = {kind: (Path(file["path"]), file["sha256"]) for kind, file in standing.files.items()}
    if all(path.is_file() and report.digest(path) == sha256 for path, sha256 in files.values()):
        return report.Written(standing.figures, standing.files)
    try:
        stored = stage.snapshot(connection, standing.edition_id)
        if stored is not None:
            return _completed(connection, stored, standing)
    except report.RedrawnError:
        pass
    raise ValueError(cli_text.text("edition_damaged", number=standing.number))


def _folder(authority: str, period: str, number: int) -> Path:
    return environment.load().editions_dir / authority / period / f"{number:02d}"


def _known(connection: Connection, authority: str, period: str, number: int) -> Edition:
    from cchc import cli_text
    from cchc import consolidate as stage

    try:
        return stage.known(connection, authority, period, number)
    except stage.RefusedError as error:
        raise ValueError(cli_text.text(error.key, **error.facts)) from error


def _rebuilt(connection: Connection, authority: str, period: str, number: int) -> tuple[Consolidation, str]:
    from cchc import cli_text
    from cchc import consolidate as stage

    try:
        return stage.rebuilt(connection, authority, period, number)
    except stage.RefusedError as error:
        raise ValueError(cli_text.text(error.key, **error.facts)) from error


def _status_words(value: Any) -> Any:
    from cchc import cli_text

    return cli_text.text(f"edition_{value}") if value in ("draft", "approved", "sent", "replaced") else value


def _told(found: Edition) -> dict[str, Any]:
    about = asdict(found)
    about.pop("inputs")
    return about | {
        "edition_id": str(found.edition_id),
        "as_of": found.as_of.isoformat(),
        "asked_at": _moment(found.asked_at),
    }


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None


def _plain(value: Any) -> Any:
    """A dataclass as plain JSON values."""
    from cchc.store.frozen import outward

    return outward(value)
