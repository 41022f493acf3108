"""Mail in and out: the register of senders, the mailbox, the answers."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from cchc import settings as environment
from cchc.steps.base import engine

log = logging.getLogger(__name__)


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
