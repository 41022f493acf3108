"""The mailbox: what registered senders attach goes into the same inbox as what is dropped there.

A letter is written down, its files lie in the inbox, then it is moved aside: killed anywhere, the next run finishes it
under the same ids. Nothing is ever deleted from the mailbox.
"""

from __future__ import annotations

import hashlib
import imaplib
import logging
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxFolderCreateError
from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert

from cchc.collect import inbox
from cchc.collect.contacts import units_of_senders
from cchc.collect.letters import Attachment, Head, head, open_letter
from cchc.settings import TIME_ZONE, Settings
from cchc.store import addresses
from cchc.store.raw import RawStore, raw_store
from cchc.store.tables import delivery, mail

log = logging.getLogger(__name__)
MOST_LETTER_BYTES = 64 * 2**20
"""A larger letter is not fetched: two of the largest files that are read fit into it, encoded."""
IMAP_ERROR = imaplib.IMAP4.error
SECONDS = 60
"""How long the server may keep silent."""
STRANGERS = "CCHC-Khong-dang-ky"
FOLDERS = {
    "taken": "CCHC-Da-nhan",
    "no_file": "CCHC-Da-nhan",
    "unregistered": STRANGERS,
    "automatic": "CCHC-Tu-dong",
    "too_large": "CCHC-Can-xem",
    "failed": "CCHC-Can-xem",
}
_FACTS = "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER])"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the mailbox is."""

    tls: str
    host: str
    port: int
    user: str
    password: str
    folder: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A letter before it is fetched."""

    uid: str
    size: int
    received_at: datetime
    head: Head
    heading_sha256: str

    @property
    def mail_id(self) -> UUID:
        """Same letter, same id, in whatever folder it lies."""
        return uuid5(NAMESPACE_URL, f"mail:{self.head.message_id or self.heading_sha256}:{self.head.sender}")


def fetch(settings: Settings, engine: Engine) -> dict[str, int]:
    """Take in what lies in the mailbox; return how many letters went which way.

    Raises:
        OSError: If the server cannot be reached.
        imap_tools.ImapToolsError: If it refuses; what was done until then stays done.
    """
    place = _place(settings.mailbox_url)
    with engine.connect() as connection:
        senders = units_of_senders(connection)
    tally: Counter[str] = Counter()
    with _opened(place) as box:
        _make_folders(box)
        office = _Office(settings, engine, raw_store(settings), senders, place.user.lower(), box)
        for uid in box.uids("UNDELETED"):
            tally[office.take(uid)] += 1
        for uid in _known_by_now(office):
            tally[office.take(uid)] += 1
    del tally[""]
    log.info("letters: %s", dict(tally))
    return dict(sorted(tally.items()))


@dataclass(frozen=True)
class _Office:
    """All that is needed to take in one letter after the other."""

    settings: Settings
    engine: Engine
    store: RawStore
    senders: dict[str, tuple[str, ...]]
    own: str
    box: BaseMailBox

    def take(self, uid: str) -> str:
        """Take in one letter; return what became of it, empty where it is gone."""
        seen = self._look(uid)
        if seen is None:
            return ""
        state = self._state(seen)
        files: list[dict[str, Any]] = []
        if state == "taken":
            raw = self._fetched(seen)
            if raw is None:
                return ""
            state, files = self._contents(seen, raw)
        self._write_down(seen, state, files)
        self.box.move(uid, FOLDERS[state])
        return state

    def _look(self, uid: str) -> _Seen | None:
        _, items = self.box.client.uid("FETCH", uid, _FACTS)
        raw = next((item[1] for item in items if isinstance(item, tuple)), None)
        facts = b" ".join(item[0] if isinstance(item, tuple) else item for item in items if item)
        size = re.search(rb"RFC822\.SIZE (\d+)", facts)
        stamp = re.search(rb'INTERNALDATE "([^"]+)"', facts)
        if raw is None or size is None or stamp is None:
            return None
        moment = datetime.strptime(stamp[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(ZoneInfo(TIME_ZONE))
        return _Seen(uid, int(size[1]), moment, self._head(raw), hashlib.sha256(raw).hexdigest())

    def _head(self, raw: bytes) -> Head:
        try:
            return head(raw, self.own)
        except Exception:  # a heading that breaks the parser is a stranger's: kept, and shown to a person
            log.exception("the heading of a letter could not be read")
            return Head("", "", "", automatic=False, generated=True)

    def _state(self, seen: _Seen) -> str:
        if seen.head.automatic:
            return "automatic"
        if seen.head.sender not in self.senders:
            log.warning("a letter of %s, who is not registered, was set aside", seen.head.sender or "nobody")
            return "unregistered"
        return "too_large" if seen.size > MOST_LETTER_BYTES else "taken"

    def _fetched(self, seen: _Seen) -> bytes | None:
        """The whole letter; None where another run has moved it meanwhile."""
        _, items = self.box.client.uid("FETCH", seen.uid, "(BODY.PEEK[])")
        return next((bytes(item[1]) for item in items if isinstance(item, tuple)), None)

    def _contents(self, seen: _Seen, raw: bytes) -> tuple[str, list[dict[str, Any]]]:
        """Put the reports of a letter into the inbox, the rest into the raw store."""
        try:
            letter = open_letter(raw)
        except Exception:  # whatever a letter holds, the others must not wait for it
            log.exception("the letter %s could not be opened and was set aside", seen.head.message_id)
            return "failed", []
        for item in letter.reports:
            self._deliver(seen, item)
        files = [self._kept(item, True) for item in letter.reports] + [self._kept(i, False) for i in letter.others]
        return "taken" if letter.reports else "no_file", files

    def _deliver(self, seen: _Seen, item: Attachment) -> None:
        digest = hashlib.sha256(item.data).hexdigest()
        identity = uuid5(NAMESPACE_URL, f"{seen.mail_id}:{item.part}:{digest}")
        with self.engine.connect() as connection:
            if connection.scalar(select(delivery.c.delivery_id).where(delivery.c.delivery_id == identity)):
                return  # collected before the letter could be moved aside
        arrival = inbox.Arrival(
            item.name,
            seen.received_at,
            "mail",
            seen.head.sender,
            seen.head.message_id,
            self.senders[seen.head.sender],
        )
        inbox.put(self.settings, identity, BytesIO(item.data), arrival)

    def _kept(self, item: Attachment, taken: bool) -> dict[str, Any]:
        """What is written down of an attachment; one that is no report is kept by its hash too."""
        digest = hashlib.sha256(item.data).hexdigest() if taken else self.store.put(item.data)
        return {"name": inbox.printable(item.name), "size": len(item.data), "sha256": digest, "taken": taken}

    def _write_down(self, seen: _Seen, state: str, files: list[dict[str, Any]]) -> None:
        row = {
            "message_id": seen.head.message_id,
            "received_at": seen.received_at,
            "sender": seen.head.sender,
            "subject": inbox.printable(seen.head.subject),
            "size": seen.size,
            "state": state,
            "answerable": state in ("taken", "no_file", "too_large") and not seen.head.generated,
            "files": files,
        }
        new = insert(mail).values(mail_id=seen.mail_id, **row)
        with self.engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["mail_id"], set_=row))


def _known_by_now(office: _Office) -> Iterator[str]:
    """Letters set aside whose senders have been registered since; the folder is left open."""
    waiting = select(mail.c.sender).where(mail.c.state == "unregistered", mail.c.sender.in_(list(office.senders)))
    with office.engine.connect() as connection:
        known = sorted(connection.scalars(waiting.distinct()))
    if known:
        office.box.folder.set(STRANGERS)
    for address in known:
        yield from office.box.uids(f'UNDELETED FROM "{address}"')


def _make_folders(box: BaseMailBox) -> None:
    there = {folder.name for folder in box.folder.list()}
    for name in sorted(set(FOLDERS.values()) - there):
        try:
            box.folder.create(name)
        except MailboxFolderCreateError:  # made by another run meanwhile
            if not box.folder.exists(name):
                raise


def _place(url: str) -> _Place:
    """Read ``imaps://user:password@host:993/INBOX``.

    Without TLS only on this machine; ``imap://`` to another asks for STARTTLS.
    """
    given = addresses.parse(url, "imaps", "imap")
    tls = "tls" if given.scheme == "imaps" or given.port == 993 else "none" if given.is_here else "starttls"
    port = given.port or (993 if tls == "tls" else 143)
    return _Place(tls, given.host, port, given.user, given.password, given.path or "INBOX")


@contextmanager
def _opened(place: _Place) -> Iterator[BaseMailBox]:
    with _connected(place) as box:
        ascii_only = f"{place.user}{place.password}".isascii()
        (box.login if ascii_only else box.login_utf8)(place.user, place.password, place.folder)
        yield box


def _connected(place: _Place) -> BaseMailBox:
    if place.tls == "none":
        return MailBoxUnencrypted(place.host, place.port, SECONDS)
    trust = ssl.create_default_context()  # the library itself would not ask for a valid certificate
    if place.tls == "starttls":
        return MailBoxStartTls(place.host, place.port, SECONDS, trust)
    return MailBox(place.host, place.port, SECONDS, ssl_context=trust)
