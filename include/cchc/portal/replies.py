"""What goes back to a unit for one version: the marked workbook, the receipt, the file as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from cchc.portal.access import NotFoundError
from cchc.portal.contract import PortalData
from cchc.portal.editions import MEDIA, DamagedError

_MEDIA = {
    "workbook": MEDIA["xlsx"],
    "receipt": MEDIA["docx"],
    "form": MEDIA["xlsx"],
    # Whatever a sender's file is, a browser must not open it by itself.
    "original": "application/octet-stream",
}
_NOT_MARKED = ("unreadable", "received")


@dataclass(frozen=True, slots=True)
class Reply:
    """A file as it goes out."""

    name: str
    media_type: str
    content: bytes

    @property
    def disposition(self) -> str:
        """To be saved, not shown; the name in a spelling that every browser reads (RFC 6266)."""
        return f"attachment; filename*=UTF-8''{quote(self.name)}"


def offered(version: dict[str, Any]) -> list[str]:
    """Kinds of files that there are for a version."""
    marked = bool(version["findings"]) and version["verdict"] not in _NOT_MARKED
    return ["workbook"] * marked + ["receipt", "original"]


def download(data: PortalData, versions: list[dict[str, Any]], submission_id: str, kind: str) -> Reply:
    """One file for one of these versions.

    Raises:
        NotFoundError: No such version among these, or no such file for it.
        DamagedError: The file as received is gone.
    """
    if kind not in _MEDIA or all(version["submission_id"] != submission_id for version in versions):
        raise NotFoundError
    try:
        files = data.reply_files(submission_id)
    except LookupError as cause:
        raise DamagedError from cause
    if files.get(kind) is None:
        raise NotFoundError
    return Reply(files["names"][kind], _MEDIA[kind], files[kind])
