"""The way out: a mail server that takes letters."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cchc.store import addresses

SECONDS = 60
"""How long the server may keep silent."""
_YES = ("true", "yes", "1")


class RefusedLetterError(Exception):
    """The server does not take this letter; others it may take.

    Attributes:
        for_good: It will never take it.
    """

    def __init__(self, words: str, for_good: bool) -> None:
        super().__init__(words)
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Office:
    """Where letters are handed in, read from ``smtp://user:password@host:587?from=address``.

    Attributes:
        place: The server.
        sender: Address that the letters bear.
    """

    place: addresses.Address
    sender: str

    @property
    def domain(self) -> str:
        """Behind the @ of the sender: letters are numbered under it."""
        return self.sender.rpartition("@")[2]

    @property
    def tls(self) -> str:
        """``tls`` from the first word on, ``starttls``, or ``none``: only on this machine, or where told so."""
        if self.place.scheme == "smtps" or self.place.port == 465:
            return "tls"
        plain = self.place.is_here or self.place.options.get("disable_tls", "").lower() in _YES
        return "none" if plain else "starttls"


def office(url: str) -> Office:
    """Read the address of the server.

    Raises:
        ValueError: If it is none, or names no sender.
    """
    place = addresses.parse(url, "smtps", "smtp")
    sender = place.options.get("from") or place.options.get("from_email") or place.user
    if "@" not in sender:
        raise ValueError("the address of the mail server must end with ?from=address")
    return Office(place, sender)


@contextmanager
def connected(where: Office) -> Iterator[smtplib.SMTP]:
    """A conversation with the server.

    Raises:
        OSError: If it cannot be reached or refuses to talk (``smtplib``'s own errors are such).
    """
    trust = ssl.create_default_context()
    place = where.place
    if where.tls == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(place.host, place.port or 465, timeout=SECONDS, context=trust)
    else:
        server = smtplib.SMTP(place.host, place.port or (25 if where.tls == "none" else 587), timeout=SECONDS)
    with server:
        if where.tls == "starttls":
            server.starttls(context=trust)
        if place.user and place.password:
            server.login(place.user, place.password)
        yield server


def hand_in(server: smtplib.SMTP, letter: bytes, sender: str, recipient: str) -> None:
    """Give one letter to the server.

    Raises:
        RefusedLetterError: If it does not take it.
        OSError: If the conversation broke off.
    """
    try:
        server.sendmail(sender, [recipient], letter)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = error.recipients[recipient]
        raise RefusedLetterError(_said(code, words), code >= 500) from error
    except smtplib.SMTPResponseException as error:
        raise RefusedLetterError(_said(error.smtp_code, error.smtp_error), error.smtp_code >= 500) from error


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
