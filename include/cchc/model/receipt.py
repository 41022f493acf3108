"""What a sender is told about one file: the facts of a biên nhận."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cchc.model.finding import Finding
from cchc.model.submission import Verdict


@dataclass(frozen=True, slots=True)
class Receipt:
    """Facts of a receipt; a file that was only checked on the spot has no ``received_at``.

    Attributes:
        sha256: Hex digest of the file's bytes.
        file_name: As sent.
        size: In bytes.
        verdict: What the file was judged.
        findings: What was found in it, in reading order.
        unit: Unit code, or empty where it is not known.
        unit_name: Its official name, or what the cover says, or empty.
        period: Period code, or empty where it is not known.
        authority: Code of the body that receives, or empty where it is not known.
        channel: Key of the channel that brought the file, or empty.
        received_at: When it came, or None where it was not sent.
        version: Number of the file among those of the unit for the period, or None where that is not known.
        first_accepted_at: When the unit's first acceptable version for the period came, or None.
        with_form: True where an empty form goes back with the receipt.
    """

    sha256: str
    file_name: str
    size: int
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    unit: str = ""
    unit_name: str = ""
    period: str = ""
    authority: str = ""
    channel: str = ""
    received_at: datetime | None = None
    version: int | None = None
    first_accepted_at: datetime | None = None
    with_form: bool = False

    @property
    def code(self) -> str:
        """Number of the receipt: it follows from the file, so that a rerun gives the same."""
        return self.sha256[:12]
