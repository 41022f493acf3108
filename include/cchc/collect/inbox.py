"""The inbox: where every channel leaves files for the next collection, a directory or an object store.

Two kinds of entries stand side by side: a file that somebody dropped there, and a folder ``<delivery id>/`` with the
file and a ``delivery.json`` written last, so that a delivery is either whole or not yet there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from upath import UPath

from cchc.settings import TIME_ZONE, Settings
from cchc.store import places

log = logging.getLogger(__name__)
_SLIP = "delivery.json"
_UNFINISHED = (".part", ".tmp", ".crdownload")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a channel knows of one file, beside its bytes.

    Attributes:
        file_name: As the sender named it, without any folder.
        received_at: Receipt stamp with time zone.
        channel: ``folder`` or ``mail``.
        sender: Who sent it, where the channel knows.
        message_id: Of the mail that brought it, to answer it; else empty.
        sender_units: Units that the sender may speak for, as registered at that moment; None where anybody may.
    """

    file_name: str
    received_at: datetime
    channel: str = "folder"
    sender: str = ""
    message_id: str = ""
    sender_units: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One arrival of one file.

    Attributes:
        delivery_id: Same arrival, same id, however often it is collected.
        arrival: What the channel knows of it.
        file: The bytes, untouched; read block by block, since a sender may send anything.
        places: What to remove from the inbox once they are safe.
    """

    delivery_id: UUID
    arrival: Arrival
    file: UPath
    places: tuple[UPath, ...]


def receive(settings: Settings, source: Path, received_at: datetime | None = None) -> UUID:
    """Put a file into the inbox as the folder channel would; return the delivery's id.

    ``received_at`` defaults to the present moment: the one clock of the domain.

    Raises:
        OSError: If the file cannot be read.
    """
    moment = received_at or datetime.now(ZoneInfo(TIME_ZONE))
    delivery_id = uuid4()
    with source.open("rb") as data:
        put(settings, delivery_id, data, Arrival(source.name, moment))
    return delivery_id


def put(settings: Settings, delivery_id: UUID, data: BinaryIO, arrival: Arrival) -> None:
    """Put a file into the inbox, whole or not at all; the same delivery again changes nothing."""
    folder = places.place(settings.inbox_url) / str(delivery_id)
    folder.mkdir(parents=True, exist_ok=True)
    # Under a name of ours: what a sender calls a file may be no name at all, or that of the slip.
    stored = f"file{_suffix(arrival.file_name)}"
    with (folder / stored).open("wb") as target:
        shutil.copyfileobj(data, target)
    slip = {
        "file": stored,
        "name": printable(arrival.file_name),
        "received_at": arrival.received_at.isoformat(),
        "channel": arrival.channel,
        "sender": arrival.sender,
        "message_id": arrival.message_id,
        "sender_units": arrival.sender_units,
    }
    places.write_whole(folder / _SLIP, json.dumps(slip, ensure_ascii=False))


def deliveries(settings: Settings) -> Iterator[Delivery]:
    """What waits in the inbox, in a stable order; unfinished copies are left for the next time."""
    inbox = places.place(settings.inbox_url)
    if inbox.exists():
        yield from _waiting(inbox)


def remove(delivery: Delivery) -> None:
    """Take a delivery out of the inbox, after its bytes and its row are safe."""
    for entry in delivery.places:
        places.remove(entry)


def _waiting(folder: UPath) -> Iterator[Delivery]:
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if places.is_link(entry):
            log.warning("%s in the inbox is a link; links are not followed", printable(entry.name))
            continue
        with contextlib.suppress(FileNotFoundError):  # another collector was quicker
            yield from _entry(entry)


def _entry(entry: UPath) -> Iterator[Delivery]:
    if not entry.is_dir():
        found = _dropped(entry)
    elif _is_delivery(entry.name):
        found = _slipped(entry)
    else:
        # A folder that somebody dragged here: its files are drops like any other.
        yield from _waiting(entry)
        places.remove(entry)
        return
    if found:
        yield found


def _is_delivery(name: str) -> bool:
    """True for a folder that :func:`put` makes."""
    with contextlib.suppress(ValueError):
        return str(UUID(name)) == name
    return False


def _slipped(folder: UPath) -> Delivery | None:
    slip = folder / _SLIP
    if not slip.exists():
        return None
    facts = _facts(slip)
    # Only the last part of a name is taken: nothing outside the delivery's folder is ever read.
    file = folder / PurePath(facts["file"]).name if facts else None
    if file is None or not file.exists() or places.is_link(file):
        log.error("the slip of delivery %s cannot be used; the delivery is left in the inbox", folder.name)
        return None
    # The slip goes last: killed half way, the delivery is still whole or already registered.
    return Delivery(UUID(folder.name), _arrival(facts, file.name), file, (file, slip, folder))


def _facts(slip: UPath) -> dict[str, Any]:
    """What the slip says; nothing where it is not one of ours."""
    try:
        facts = dict(json.loads(slip.read_text(encoding="utf-8")))
        _arrival(facts, str(facts["file"]))
        return facts
    except (ValueError, KeyError, TypeError):
        return {}


def _arrival(facts: dict[str, Any], stored: str) -> Arrival:
    units = facts.get("sender_units")
    return Arrival(
        file_name=printable(str(facts.get("name") or stored)),
        received_at=datetime.fromisoformat(facts["received_at"]),
        channel=str(facts["channel"]),
        sender=str(facts["sender"]),
        message_id=str(facts.get("message_id") or ""),
        sender_units=None if units is None else tuple(str(unit) for unit in units),
    )


def _dropped(file: UPath) -> Delivery | None:
    if file.name.startswith((".", "~$")) or file.suffix.lower() in _UNFINISHED:
        return None
    name = printable(file.name)
    stamp = datetime.fromtimestamp(_came_to_stand(file), ZoneInfo(TIME_ZONE))
    identity = uuid5(NAMESPACE_URL, f"folder:{name}:{stamp.isoformat()}:{file.stat().st_size}")
    return Delivery(identity, Arrival(name, stamp), file, (file,))


def _came_to_stand(file: UPath) -> float:
    """When a file came to stand here, in seconds of the epoch.

    When it was last saved (mtime) is the sender's to set and says nothing of arrival; an object store's own stamp does.
    """
    return Path(file.path).stat().st_ctime if places.is_local(file) else float(file.stat().st_mtime)


def _suffix(name: str) -> str:
    """The end of a file name where it is a usual one, for whoever looks into the inbox."""
    found = PurePath(name).suffix.lower()
    return found if re.fullmatch(r"\.[a-z0-9]{1,8}", found) else ""


def printable(name: str) -> str:
    """A file name as text that can be stored and shown: bytes that are no text become question marks."""
    return _UNPRINTABLE.sub("?", name)
