"""Mail in and out: the register of senders, the mailbox, the answers."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc import settings as environment
from cchc.steps.base import engine, now

if TYPE_CHECKING:
    from smtplib import SMTP

    from sqlalchemy import Connection, Row

    from cchc.model.receipt import Receipt
    from cchc.notify.letters import Draft
    from cchc.notify.post import Office

log = logging.getLogger(__name__)
SHOWN_DAYS = 60
"""A letter that nobody could place is shown as long: the time in which a report may still be corrected, and some."""
ANSWERED_DAYS = 14
"""What came before is not answered any more: a register filled later must not let loose a year's receipts."""


class MailError(Exception):
    """A mail server cannot be used now; the text says why, in Vietnamese. What waits goes on waiting."""


def import_contacts(file: Path) -> dict[str, int]:
    """Take over a register of senders; with one fault in it nothing is taken over.

    Raises:
        OSError: If the file cannot be opened.
        ValueError: If it cannot be used; the text lists every fault, in Vietnamese.
    """
    from cchc.catalogue.mail_texts import text
    from cchc.collect import contacts

    register = contacts.read_register(file.read_bytes())
    if register.faults:
        raise ValueError("\n".join([text("contacts_refused", number=len(register.faults)), *register.faults]))
    with engine().begin() as connection:
        contacts.store(connection, register)
    return {
        "units": len(register.addresses),
        "addresses": len({address for found in register.addresses.values() for address in found}),
    }


def list_contacts() -> list[dict[str, str]]:
    """The register of senders, by unit."""
    from cchc.collect import contacts

    with engine().connect() as connection:
        return contacts.listed(connection)


def fetch_mail(url: str = "") -> dict[str, int] | None:
    """Take in what lies in the mailbox; None where there is no mailbox.

    Args:
        url: Address of the mailbox; empty for the one of the environment.

    Raises:
        MailError: If the server cannot be reached or refuses.
    """
    here = environment.load()
    here = replace(here, mailbox_url=url or here.mailbox_url)
    if not here.mailbox_url:
        return None
    from imap_tools import ImapToolsError

    from cchc.collect import mailbox

    try:
        return mailbox.fetch(here, engine())
    except (OSError, ImapToolsError, mailbox.IMAP_ERROR) as error:
        raise _refused(error) from error


def of_note(connection: Connection, as_of: datetime) -> dict[str, list[dict[str, str]]]:
    """Letters that need a person: whose files nobody judged, and answers that no server took."""
    from sqlalchemy import select

    from cchc.catalogue.periods import ZONE
    from cchc.store.sqlfiles import statement
    from cchc.store.tables import outgoing

    span = {"since": as_of - timedelta(days=SHOWN_DAYS), "as_of": as_of}
    aside = connection.execute(statement("marts/letters_set_aside"), span).mappings()
    failed = select(outgoing.c.recipient, outgoing.c.last_error).where(outgoing.c.state == "failed")
    unsent = connection.execute(failed.order_by(outgoing.c.recipient, outgoing.c.outgoing_id)).mappings()
    return {
        "set_aside": [{**row, "received_at": row["received_at"].astimezone(ZONE).isoformat()} for row in aside],
        "unsent": [dict(row) for row in unsent],
    }


def try_to_fetch() -> dict[str, Any]:
    """The mail's part of an ingest; a mail server that is down holds up no other channel."""
    try:
        fetched = fetch_mail()
    except MailError as error:
        log.exception("the mailbox could not be read")
        return {"mail": {"error": str(error)}}
    return {} if fetched is None else {"mail": fetched}


def _refused(error: Exception) -> MailError:
    from cchc.catalogue.mail_texts import text

    return MailError(text("mail_unreachable", reason=f"{type(error).__name__}: {error}"[:300]))


def send(url: str = "") -> dict[str, int] | None:
    """Send the answers that are owed; None where there is no server for outgoing mail.

    Every letter is a row before it goes and is marked after: killed in between it goes once more, under the same
    Message-ID.

    Args:
        url: Address of the server; empty for the one of the environment.

    Raises:
        MailError: If the server cannot be reached or breaks off; what it took until then is not sent again.
        ValueError: If the address cannot be used.
    """
    address = url or environment.load().smtp_url
    if not address:
        return None
    from cchc.notify import outbox, post

    office = post.office(address)
    with outbox.only_sender(engine()) as free:
        if free:
            with engine().begin() as connection:
                outbox.queue(connection, now() - timedelta(days=ANSWERED_DAYS), office.domain)
            _send_waiting(office)
    return {state: outbox.tally(engine()).get(state, 0) for state in ("sent", "queued", "failed")}


def _send_waiting(office: Office) -> None:
    from cchc.notify import outbox, post

    letters = outbox.waiting(engine())
    if not letters:
        return
    try:
        with post.connected(office) as server:
            for row in letters:
                outbox.claim(engine(), row.outgoing_id)
                _send_one(server, office, row)
    except OSError as error:
        raise _refused(error) from error


def _send_one(server: SMTP, office: Office, row: Row[Any]) -> None:
    from cchc.notify import letters, outbox, post

    at = now()
    envelope = letters.Envelope(office.sender, row.recipient, row.message_id, row.in_reply_to, at)
    try:
        letter = letters.message(_draft(row), envelope)
    except Exception as error:  # a fault of ours in one letter holds up no other
        log.exception("the letter %s could not be written", row.outgoing_id)
        outbox.failed(engine(), row.outgoing_id, f"{type(error).__name__}: {error}", for_good=False)
        return
    try:
        post.hand_in(server, letter, office.sender, row.recipient)
    except post.RefusedLetterError as error:
        log.warning("the letter to %s was not taken: %s", row.recipient, error)
        outbox.failed(engine(), row.outgoing_id, str(error), error.for_good)
    else:
        outbox.sent(engine(), row.outgoing_id, at)


def _draft(row: Row[Any]) -> Draft:
    from sqlalchemy import select

    from cchc.collect.mailbox import MOST_LETTER_BYTES
    from cchc.notify import letters
    from cchc.steps.replies import answer
    from cchc.store.tables import mail

    if row.submission_id:
        return letters.receipt_letter(*answer(str(row.submission_id)))
    with engine().connect() as connection:
        came = connection.execute(select(mail).where(mail.c.mail_id == row.mail_id)).one()
    if row.kind == "receipt":
        return letters.repeated_letter(*_brought_again(came.files))
    if row.kind == "too_large":
        return letters.too_large_letter(came.subject, came.received_at, came.size, MOST_LETTER_BYTES)
    outlook = any(file["name"].lower() == "winmail.dat" for file in came.files)
    return letters.no_file_letter(came.subject, came.received_at, outlook)


def _brought_again(files: list[dict[str, Any]]) -> tuple[Receipt, dict[str, Any]]:
    """What is known of the file of a letter that was answered before, the first where there are several."""
    from sqlalchemy import select

    from cchc.steps.replies import answer
    from cchc.store.tables import outgoing, submission

    hashes = [file["sha256"] for file in files if file["taken"]]
    answered = select(submission.c.submission_id).join(outgoing).where(submission.c.sha256.in_(hashes))
    with engine().connect() as connection:
        known = connection.scalars(answered.order_by(submission.c.sha256)).first()
    return answer(str(known))
