"""Editions of consolidated reports and their files, by the registry only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cchc.portal.access import NotFoundError

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "manifest": "application/json",
}


class DamagedError(Exception):
    """The file is gone or is no longer what the registry recorded."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it goes out."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def offered(edition: dict[str, Any]) -> list[str]:
    """Kinds of files that an edition has, in the order in which they are offered."""
    return [kind for kind in MEDIA if kind in edition["files"]]


def download(editions: list[dict[str, Any]], edition_id: str, kind: str) -> Download:
    """The file of an edition: its place comes from the registry, nothing of the address becomes part of a path.

    Raises:
        NotFoundError: No such edition among these, or no such file in it.
        DamagedError: The bytes are not those that were recorded.
    """
    edition = next((found for found in editions if found["edition_id"] == edition_id), None)
    if edition is None or kind not in offered(edition):
        raise NotFoundError
    path, recorded = Path(edition["files"][kind]["path"]), edition["files"][kind]["sha256"]
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise DamagedError from cause
    if hashlib.sha256(content).hexdigest() != recorded:
        raise DamagedError
    return Download(path.name, MEDIA[kind], content, recorded)
