"""What becomes of a consolidation: the edition that it is, a new one, one that replaces, or a note to a standing one.

A draft is simply followed by the next edition. One that was approved or sent stands until a correction is material
(``catalogue/data/materiality.csv``): then a new edition takes its place; smaller corrections are noted with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue import periods, regimes
from cchc.catalogue.periods import ZONE
from cchc.consolidate import standings
from cchc.consolidate.assemble import assemble
from cchc.consolidate.changes import Crosses, Receipt, compare, moved_cells, states
from cchc.consolidate.editions import Edition, inputs_of, latest, numbered, same_inputs, snapshot
from cchc.consolidate.notes import notes_of
from cchc.model.changes import Changes
from cchc.model.consolidation import Consolidation
from cchc.store.sqlfiles import statement
from cchc.store.tables import edition, edition_event

BINDING = ("approved", "sent")
"""States of an edition that people rely on."""
_NEXT = {"draft": "approved", "approved": "sent"}


class RefusedError(ValueError):
    """A step that an edition cannot take.

    Attributes:
        key: Which sentence says why.
        facts: What it speaks of.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with a consolidation.

    Attributes:
        kind: ``known`` (it is the edition ``standing``), ``new`` or ``note`` (to ``standing``).
        made: The consolidation with its number and change log.
        standing: The edition it is or that it is noted with; the one before it where it is new.
    """

    kind: str
    made: Consolidation
    standing: Edition | None


def plan(connection: Connection, c: Consolidation) -> Plan:
    """What becomes of a consolidation as it was assembled."""
    same = same_inputs(connection, c)
    return Plan("known", as_made(connection, c, same), same) if same else following(connection, c)


def following(connection: Connection, c: Consolidation) -> Plan:
    """What becomes of a consolidation that no edition equals, in data or in its looks.

    Raises:
        RefusedError: If it looks back before an edition that people rely on: older data never take its place.
    """
    before = latest(connection, c.authority, c.period)
    if before is None:
        return Plan("new", replace(c, edition=1), None)
    if before.status in BINDING and c.as_of < before.as_of:
        raise RefusedError("edition_older", number=before.number, received=f"{before.as_of:%H:%M %d/%m/%Y}")
    log = change_log(connection, c, before)
    if before.status in BINDING and not log.material and log.reason != "unknown":
        return Plan("note", replace(c, edition=before.number, changes=log), before)
    told = (*c.notes, *notes_of(connection, before.edition_id)) if before.status in BINDING else c.notes
    return Plan("new", replace(c, edition=before.number + 1, changes=log, notes=told), before)


def as_made(connection: Connection, c: Consolidation, known: Edition) -> Consolidation:
    """The consolidation under the number, the moment and with the change log of an edition that has its inputs."""
    stored = snapshot(connection, known.edition_id)
    if stored is None:
        return replace(c, edition=known.number)
    return replace(c, edition=known.number, as_of=stored.as_of, changes=stored.changes, notes=stored.notes)


def rebuilt(connection: Connection, authority: str, period_code: str, number: int) -> tuple[Consolidation, str]:
    """An edition's consolidation as of its own moment, and whence: ``warehouse`` or ``snapshot``.

    The warehouse says the same as then unless files were read again by other rules, or findings across units moved
    with what came later; then the snapshot speaks.

    Raises:
        RefusedError: If there is no such edition, or none that can be rebuilt.
    """
    found = known(connection, authority, period_code, number)
    stored = snapshot(connection, found.edition_id)
    if stored is None or found.asked_at is None:
        raise RefusedError("edition_no_snapshot", number=number)
    carry, period = stored.carried is not None, periods.parse(period_code)
    again = assemble(connection, authority, period, found.asked_at, carry_forward=carry, mould=stored.mould)
    again = replace(again, edition=number, as_of=stored.as_of, changes=stored.changes, notes=stored.notes)
    same = inputs_of(again) == found.inputs and again.contributions == stored.contributions
    return (again, "warehouse") if same and again.earlier == stored.earlier else (stored, "snapshot")


def known(connection: Connection, authority: str, period_code: str, number: int) -> Edition:
    """The edition of that number.

    Raises:
        RefusedError: If there is none.
    """
    found = numbered(connection, authority, period_code, number)
    if found is None:
        raise RefusedError("edition_unknown", number=number, authority=authority, period=period_code)
    return found


def change_log(connection: Connection, c: Consolidation, before: Edition) -> Changes:
    """What differs between an edition and a consolidation that follows it."""
    stored = snapshot(connection, before.edition_id)
    replaces = before.number if before.status in BINDING else _replaced_by(stored)
    if stored is None:
        return Changes(before.number, "unknown", replaces, (), (), previous_as_of=before.as_of)
    moves, causes = compare(stored, c, receipts(connection, c), crossing(c))
    stands = states(stored, c)
    others = tuple(standings.moves(stored, c, moved_cells(causes)))
    reason = "data" if moves or causes or stands or others else "words"
    if before.inputs == inputs_of(c) or (reason == "words" and stored.mould != c.mould):
        reason = "presentation"
    workbook = before.files.get("xlsx", {}).get("sha256", "")
    return Changes(before.number, reason, replaces, moves, causes, stands, before.as_of, workbook, others)


def receipts(connection: Connection, c: Consolidation) -> dict[UUID, Receipt]:
    """Receipts of the versions that speak for the units."""
    asked = {"period": c.period, "submissions": [row.submission_id for row in c.statuses if row.submission_id]}
    rows = connection.execute(statement("marts/version_receipts"), asked)
    return {row.submission_id: Receipt(row.received_at.astimezone(ZONE), row.number) for row in rows}


def crossing(c: Consolidation) -> Crosses:
    """Whether a change carries a figure over a target that binds the authority."""
    day = periods.parse(c.period).window_to
    try:
        level, targets = regimes.authority(c.authority, day).level, regimes.regime_of(c.authority, day).targets
    except KeyError:
        level, targets = "", ()
    bounds = [(t.indicator, t.op, t.value) for t in targets if t.indicator and t.level == level]

    def crosses(code: str, before: Decimal | None, after: Decimal | None) -> bool:
        if before is None or after is None:
            return False
        return any(
            _reaches(before, op, bound) != _reaches(after, op, bound) for known, op, bound in bounds if known == code
        )

    return crosses


def mark(connection: Connection, found: Edition, status: str, author: str, at: datetime, words: str = "") -> None:
    """Record that an edition was approved or sent.

    Raises:
        RefusedError: If it cannot be from where it stands, or a newer edition exists.
    """
    newest = latest(connection, found.authority, found.period)
    if _NEXT.get(found.status) != status:
        raise RefusedError("edition_step", number=found.number, before=found.status, after=status)
    if newest is not None and newest.number != found.number:
        raise RefusedError("edition_not_newest", number=found.number, newest=newest.number)
    _step(connection, found.edition_id, status, author, at, words)


def replaced(connection: Connection, found: Edition, by_number: int, at: datetime) -> None:
    """Record that a newer edition has taken the place of one that was approved or sent."""
    _step(connection, found.edition_id, "replaced", "", at, str(by_number))


def events_of(connection: Connection, found: Edition) -> list[dict[str, object]]:
    """Who approved and sent an edition, and what replaced it."""
    query = select(edition_event).where(edition_event.c.edition_id == found.edition_id).order_by(edition_event.c.seq)
    return [
        {"status": row.status, "author": row.author, "at": row.at.astimezone(ZONE), "words": row.words}
        for row in connection.execute(query)
    ]


def _replaced_by(stored: Consolidation | None) -> int | None:
    return stored.changes.replaces if stored and stored.changes else None


def _reaches(value: Decimal, op: str, bound: Decimal) -> bool:
    return {">=": value >= bound, ">": value > bound, "<=": value <= bound, "<": value < bound}.get(op, value == bound)


def _step(connection: Connection, identity: UUID, status: str, author: str, at: datetime, words: str) -> None:
    mine = edition_event.c.edition_id == identity
    seq = connection.scalar(select(func.coalesce(func.max(edition_event.c.seq), 0) + 1).where(mine))
    row = {"edition_id": identity, "seq": seq, "status": status, "author": author, "words": words, "at": at}
    connection.execute(insert(edition_event).values(row))
    connection.execute(edition.update().where(edition.c.edition_id == identity).values(status=status))
