"""Letters that go out: what is said, and how it is put into a message. Words are those of ``mail_texts.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from cchc.catalogue import periods
from cchc.catalogue.mail_texts import text
from cchc.model.finding import Severity
from cchc.model.receipt import Receipt
from cchc.model.submission import Verdict
from cchc.notify.cells import shown
from cchc.notify.receipt import moment

MOST_ATTACHED_BYTES = 15 * 2**20
"""A larger workbook stays here: encoded, mail servers would refuse the letter with all that is in it."""
_MEGABYTE = 2**20
_QUOTED = 200
_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {"receipt": _WORD, "workbook": _EXCEL, "form": _EXCEL}


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter without its heading.

    Attributes:
        subject: One line.
        paragraphs: In order.
        files: Name, subtype of ``application`` and bytes of each attachment.
    """

    subject: str
    paragraphs: tuple[str, ...]
    files: tuple[tuple[str, str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, and under which number."""

    sender: str
    recipient: str
    message_id: str
    in_reply_to: str
    sent_at: datetime


def receipt_letter(facts: Receipt, files: Mapping[str, Any]) -> Draft:
    """The answer to a file: what became of it, what to do, and the papers."""
    verdict = facts.verdict.value
    counts = _counts(facts)
    unit = shown(facts.unit_name, _QUOTED)
    period = periods.parse(facts.period).label if facts.period else text("subject_unknown_period")
    attached, remarks = _attached(facts, files)
    received = moment(facts.received_at) if facts.received_at else ""
    return Draft(
        text(
            "subject_receipt",
            verdict=text(f"verdict_{verdict}"),
            unit=unit or text("subject_unknown_unit"),
            period=period,
        ),
        (
            text("greeting", unit=unit) if unit else text("greeting_unknown"),
            text("body_received", file=shown(facts.file_name, _QUOTED), moment=received),
            text(f"body_{verdict}", **counts),
            *remarks,
            text("body_receipt"),
            text("farewell"),
        ),
        attached,
    )


def repeated_letter(facts: Receipt, files: Mapping[str, Any]) -> Draft:
    """The answer to a letter that brings a file once more: nothing in it has changed, the first answer stands."""
    first = receipt_letter(facts, files)
    received = moment(facts.received_at) if facts.received_at else ""
    said = text("body_repeated", file=shown(facts.file_name, _QUOTED), moment=received)
    return Draft(
        text("subject_repeated", subject=first.subject), (first.paragraphs[0], said, *first.paragraphs[1:]), first.files
    )


def no_file_letter(subject: str, received_at: datetime, outlook: bool) -> Draft:
    """The answer to a letter without a report."""
    title = shown(subject, _QUOTED) or text("no_subject")
    more = (text("body_no_file_outlook"),) if outlook else ()
    body = (text("body_no_file", subject=title, moment=moment(received_at)), *more)
    return Draft(text("subject_no_file", subject=title), (text("greeting_unknown"), *body, text("farewell")))


def too_large_letter(subject: str, received_at: datetime, size: int, most: int) -> Draft:
    """The answer to a letter that was not fetched."""
    title = shown(subject, _QUOTED) or text("no_subject")
    facts = {"size": -(-size // _MEGABYTE), "most": most // _MEGABYTE}
    body = text("body_too_large", subject=title, moment=moment(received_at), **facts)
    return Draft(text("subject_too_large", subject=title), (text("greeting_unknown"), body, text("farewell")))


def message(draft: Draft, envelope: Envelope) -> bytes:
    """The letter as it is sent; marked as written by a program, so that no program answers it."""
    made = EmailMessage(policy=SMTP)
    made["From"] = _address(envelope.sender)
    made["To"] = _address(envelope.recipient)
    made["Date"] = format_datetime(envelope.sent_at)
    made["Message-ID"] = envelope.message_id
    if envelope.in_reply_to:
        made["In-Reply-To"] = made["References"] = envelope.in_reply_to
    made["Auto-Submitted"] = "auto-replied"
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content("\n\n".join(draft.paragraphs) + "\n", cte="base64")
    for name, subtype, data in draft.files:
        made.add_attachment(data, maintype="application", subtype=subtype, filename=name)
    # EmailMessage loses a blank where it breaks a long subject (Python 3.11); the older class does not.
    subject = Header(" ".join(draft.subject.split()), "utf-8", header_name="Subject").encode(linesep="\r\n")
    return b"Subject: " + subject.encode("ascii") + b"\r\n" + made.as_bytes()


def _address(address: str) -> Address:
    return Address(addr_spec=address)


def _counts(facts: Receipt) -> dict[str, int]:
    critical = sum(finding.severity == Severity.CRITICAL for finding in facts.findings)
    return {"critical": critical, "warnings": len(facts.findings) - critical}


def _attached(facts: Receipt, files: Mapping[str, Any]) -> tuple[tuple[tuple[str, str, bytes], ...], tuple[str, ...]]:
    """The papers that go along, and what is to be said of those that do not."""
    wanted = ["receipt", "form"] if facts.verdict == Verdict.ACCEPTED else ["receipt", "workbook", "form"]
    found = {kind: files[kind] for kind in wanted if files.get(kind)}
    remarks = [text("body_with_form")] if "form" in found else []
    if "workbook" in found and len(found["workbook"]) > MOST_ATTACHED_BYTES:
        del found["workbook"]
        remarks.append(text("body_workbook_too_large", most=MOST_ATTACHED_BYTES // _MEGABYTE))
    elif "workbook" not in found and facts.verdict in (Verdict.REJECTED, Verdict.ACCEPTED_WITH_WARNINGS):
        remarks.append(text("body_without_workbook"))
    return tuple((files["names"][kind], _KINDS[kind], data) for kind, data in found.items()), tuple(remarks)
