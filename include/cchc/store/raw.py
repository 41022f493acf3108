"""The raw store: every file ever received, by the hash of its bytes, written once and never edited."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from upath import UPath

from cchc.settings import Settings


class RawFileMissingError(LookupError):
    """The raw store has no file of that hash."""


@dataclass(frozen=True)
class RawStore:
    """Content-addressed files below ``root``."""

    root: UPath

    def put(self, data: bytes) -> str:
        """Keep ``data``; return its sha256 in hex. The same bytes are kept once."""
        digest = hashlib.sha256(data).hexdigest()
        place = self._place(digest)
        if not place.exists():
            _write(place, data)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of that hash.

        Raises:
            RawFileMissingError: If they were never received.
        """
        place = self._place(digest)
        if not place.exists():
            raise RawFileMissingError(digest)
        return bytes(place.read_bytes())

    def _place(self, digest: str) -> UPath:
        return self.root / "raw" / digest[:2] / digest


def raw_store(settings: Settings) -> RawStore:
    """The raw store of this installation."""
    return RawStore(UPath(settings.storage_url))


def _write(place: UPath, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.protocol not in ("", "file", "local"):
        place.write_bytes(data)  # object stores put whole objects or nothing
        return
    # A half-written file must never bear the final name, whenever the process dies.
    final = Path(place.path)
    part = final.with_name(f".{uuid4().hex}.part")
    with part.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    part.chmod(0o444)
    part.replace(final)
