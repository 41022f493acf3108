"""The inbox: where the folder channel leaves files for the next collection.

Two kinds of entries stand side by side: a file that somebody dropped there, and a folder ``<delivery id>/`` with the
file and a ``delivery.json`` written last, so that a delivery is either whole or not yet there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from upath import UPath

from cchc.settings import TIME_ZONE, Settings

log = logging.getLogger(__name__)
_SLIP = "delivery.json"
_LOCAL = ("", "file", "local")
_UNFINISHED = (".part", ".tmp", ".crdownload")


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One arrival of one file.

    Attributes:
        delivery_id: Same arrival, same id, however often it is collected.
        file_name: As the sender named it, without any folder.
        received_at: Receipt stamp with time zone.
        channel: ``folder`` so far.
        sender: Who sent it, where the channel knows.
        data: The bytes, untouched.
        places: What to remove from the inbox once they are safe.
    """

    delivery_id: UUID
    file_name: str
    received_at: datetime
    channel: str
    sender: str
    data: bytes
    places: tuple[UPath, ...]


def receive(settings: Settings, source: Path, received_at: datetime | None = None) -> UUID:
    """Put a file into the inbox as the folder channel would; return the delivery's id.

    ``received_at`` defaults to the present moment: the one clock of the domain.

    Raises:
        OSError: If the file cannot be read.
    """
    moment = received_at or datetime.now(ZoneInfo(TIME_ZONE))
    delivery_id = uuid4()
    folder = UPath(settings.inbox_url) / str(delivery_id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / source.name).write_bytes(source.read_bytes())
    slip = {"file": source.name, "received_at": moment.isoformat(), "channel": "folder", "sender": ""}
    # Under another name first: a slip that was cut off must never be taken for a whole one.
    part = folder / f"{_SLIP}.part"
    part.write_text(json.dumps(slip, ensure_ascii=False), encoding="utf-8")
    part.rename(folder / _SLIP)
    return delivery_id


def deliveries(settings: Settings) -> Iterator[Delivery]:
    """What waits in the inbox, in a stable order; unfinished copies are left for the next time."""
    inbox = UPath(settings.inbox_url)
    if inbox.exists():
        yield from _waiting(inbox)


def _waiting(folder: UPath) -> Iterator[Delivery]:
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if Path(entry.path).is_symlink():
            log.warning("%s in the inbox is a link; links are not followed", _printable(entry.name))
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
        _remove_if_empty(entry)
        return
    if found:
        yield found


def remove(delivery: Delivery) -> None:
    """Take a delivery out of the inbox, after its bytes and its row are safe."""
    for place in delivery.places:
        with contextlib.suppress(FileNotFoundError):  # another collector took the same delivery
            place.rmdir() if place.is_dir() else place.unlink()


def _is_delivery(name: str) -> bool:
    """True for a folder that :func:`receive` makes."""
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
    if file is None or not file.exists() or Path(file.path).is_symlink():
        log.error("the slip of delivery %s cannot be used; the delivery is left in the inbox", folder.name)
        return None
    return Delivery(
        delivery_id=UUID(folder.name),
        file_name=_printable(file.name),
        received_at=datetime.fromisoformat(facts["received_at"]),
        channel=facts["channel"],
        sender=facts["sender"],
        data=file.read_bytes(),
        # The slip goes last: killed half way, the delivery is still whole or already registered.
        places=(file, slip, folder),
    )


def _facts(slip: UPath) -> dict[str, str]:
    """What the slip says; nothing where it is not one of ours."""
    try:
        facts = json.loads(slip.read_text(encoding="utf-8"))
        datetime.fromisoformat(facts["received_at"])
        return {name: str(facts[name]) for name in ("file", "received_at", "channel", "sender")}
    except (ValueError, KeyError, TypeError):
        return {}


def _remove_if_empty(folder: UPath) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def _dropped(file: UPath) -> Delivery | None:
    if file.name.startswith((".", "~$")) or file.suffix.lower() in _UNFINISHED:
        return None
    before = file.stat()
    data = file.read_bytes()
    after = file.stat()
    if (before.st_size, before.st_mtime) != (after.st_size, after.st_mtime):
        return None  # still being copied
    stamp = datetime.fromtimestamp(_arrival(file), ZoneInfo(TIME_ZONE))
    identity = uuid5(NAMESPACE_URL, f"folder:{_printable(file.name)}:{stamp.isoformat()}:{after.st_size}")
    return Delivery(identity, _printable(file.name), stamp, "folder", "", data, (file,))


def _arrival(file: UPath) -> float:
    """When a file came to stand here, in seconds of the epoch.

    When it was last saved (mtime) is the sender's to set and says nothing of arrival; an object store's own stamp does.
    """
    if file.protocol in _LOCAL:
        return Path(file.path).stat().st_ctime
    return float(file.stat().st_mtime)


def _printable(name: str) -> str:
    """A file name as text that can be stored and shown: bytes that are no text become question marks."""
    return _UNPRINTABLE.sub("?", name)
