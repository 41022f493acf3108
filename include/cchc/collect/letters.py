"""What a letter holds: who wrote it, whether a machine did, and which of its attachments may be a report.

Only the standard library's parser touches it, and only with the policy that never refuses a header.
"""

from __future__ import annotations

import email
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from pathlib import PurePath

from imap_tools.utils import parse_email_addresses

_SHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".ods", ".fods", ".csv", ".tsv", ".html", ".htm"})
_TEXTS = frozenset({".docx", ".doc", ".odt", ".rtf"})
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_NEVER = frozenset({".p7s", ".p7m", ".asc", ".sig", ".ics", ".vcf"})
_NEVER_TYPES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
        "message/delivery-status",
        "message/disposition-notification",
    }
)
_OUTLOOK = "winmail.dat"
_LONGEST_NAME = 255
_DEEPEST = 4
"""Letters within letters that are opened: a forwarded one within a forwarded one, and some more."""
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply-?bounces?|bounces?)(\+[^@]*)?@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that hangs on a letter.

    Attributes:
        part: Its number in the letter.
        name: As the sender's program called it.
        data: Its bytes.
    """

    part: int
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What a letter's heading says.

    Attributes:
        message_id: As the sender's program made it, or empty.
        sender: Address in small letters, or empty.
        subject: In plain words.
        automatic: An answering machine, a bounce or this very mailbox: never taken in, never answered.
        generated: Written by a program: taken in, but not answered when something is amiss.
    """

    message_id: str
    sender: str
    subject: str
    automatic: bool
    generated: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's attachments.

    Attributes:
        reports: Those that may be a report.
        others: What came along: scanned papers beside a workbook, Outlook's own parcel.
    """

    reports: tuple[Attachment, ...]
    others: tuple[Attachment, ...]


def head(raw: bytes, own: str) -> Head:
    """Read the heading of a letter; ``own`` is this mailbox's address."""
    message = email.message_from_bytes(raw)
    sender = _sender(message)
    submitted = _word(message, "Auto-Submitted")
    precedence = _word(message, "Precedence")
    automatic = (
        submitted in ("auto-replied", "auto-notified")
        or _plain(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or precedence in ("auto_reply", "junk")
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients"))
        or bool(_MACHINES.match(sender))
        or sender == own
    )
    generated = submitted not in ("", "no") or precedence in ("bulk", "list") or "List-Id" in message
    return Head(_message_id(message), sender, _words(_plain(message, "Subject"))[:500], automatic, generated)


def open_letter(raw: bytes) -> Letter:
    """Sort the attachments of a letter.

    A workbook is the report, and what lies beside it is its covering paper. Where there is none, whatever hangs there
    is taken for the report: its sender is then told what is wrong with it.
    """
    found = [Attachment(number, *item) for number, item in enumerate(_files(email.message_from_bytes(raw), 0))]
    outlook = [item for item in found if item.name.lower() == _OUTLOOK]
    ranked = [(_rank(item), item) for item in found if item not in outlook]
    best = min((rank for rank, _ in ranked), default=0)
    reports = tuple(item for rank, item in ranked if rank == best)
    return Letter(reports, tuple(item for item in found if item not in reports))


def parcel(letter: Letter) -> bool:
    """True where Outlook has wrapped the attachments in a parcel that only Outlook opens."""
    return any(item.name.lower() == _OUTLOOK for item in letter.others)


def _rank(item: Attachment) -> int:
    suffix = PurePath(item.name).suffix.lower()
    if suffix in _SHEETS or (suffix not in _TEXTS and item.data.startswith(_CONTAINERS) and _unnamed(suffix)):
        return 0
    return 1 if suffix in _TEXTS else 2


def _unnamed(suffix: str) -> bool:
    return suffix in ("", ".bin", ".dat") or not mimetypes.guess_type(f"x{suffix}")[0]


def _files(message: Message, depth: int) -> Iterator[tuple[str, bytes]]:
    for part in message.walk():
        if part.is_multipart() or _is_junk(part):
            continue
        name, data = _name(part), part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        if depth < _DEEPEST and (name.lower().endswith(".eml") or part.get_content_type() == "message/rfc822"):
            yield from _files(email.message_from_bytes(data), depth + 1)
        elif name or part.get_content_disposition() == "attachment" or part.get_content_maintype() == "application":
            yield name or _made_up(part), data


def _is_junk(part: Message) -> bool:
    """Pictures of a signature, electronic signatures, invitations, cards: what programs hang on by themselves."""
    kind = part.get_content_type()
    if kind in _NEVER_TYPES or PurePath(_name(part)).suffix.lower() in _NEVER:
        return True
    placed = part.get_content_disposition() != "attachment" or "Content-ID" in part
    return part.get_content_maintype() == "image" and placed


def _name(part: Message) -> str:
    """The file name, whichever of the usual ways it was written in; raw bytes are taken for UTF-8."""
    clean = Message()
    for name in ("Content-Disposition", "Content-Type"):
        if text := _plain(part, name):
            clean[name] = text
    # A path is no name: Windows programs of old send one.
    return PurePath(_words(clean.get_filename() or "").replace("\\", "/")).name.strip()[:_LONGEST_NAME]


def _made_up(part: Message) -> str:
    kind = part.get_content_type()
    if kind == "application/ms-tnef":
        return _OUTLOOK
    return f"dinh-kem{mimetypes.guess_extension(kind) or ''}"


def _sender(message: Message) -> str:
    found = parse_email_addresses(_plain(message, "From") or _plain(message, "Sender"))
    return found[0].email.lower() if found else ""


def _message_id(message: Message) -> str:
    found = re.search(r"<[!-;=?-~]{3,400}>", _plain(message, "Message-ID"))
    return found.group() if found else ""


def _word(message: Message, name: str) -> str:
    """The first word of a heading; what follows are parameters and comments."""
    found = re.match(r"[\w-]+", _plain(message, name).strip())
    return found.group().lower() if found else ""


def _plain(message: Message, name: str) -> str:
    """A heading's raw text in one line."""
    text = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    data = str(text).encode("utf-8", "surrogateescape")  # raw bytes come as surrogates
    return re.sub(r"\s*[\r\n]+\s*", " ", data.decode("utf-8", "replace"))


def _words(text: str) -> str:
    try:
        return str(make_header(decode_header(text))).strip()
    except (LookupError, ValueError):  # an unknown character set, a broken code
        return text.strip()
