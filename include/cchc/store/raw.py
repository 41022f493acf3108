"""The raw store: every file ever received, by the hash of its bytes, written once and never edited."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from upath import UPath

from cchc.settings import Settings
from cchc.store.places import is_local, place

_BLOCK = 2**20


class RawFileMissingError(LookupError):
    """The raw store has no file of that hash."""


class StillWrittenError(OSError):
    """The file changed while it was copied: somebody is still writing it."""


@dataclass(frozen=True)
class RawStore:
    """Content-addressed files below ``root``."""

    root: UPath

    def put(self, data: bytes) -> str:
        """Keep ``data``; return its sha256 in hex. The same bytes are kept once."""
        with self._part() as part:
            part.write(data)
            return self._settle(part, hashlib.sha256(data).hexdigest())

    def keep(self, source: UPath) -> tuple[str, int]:
        """Keep a file block by block, however large it is; return its sha256 in hex and its size.

        Raises:
            StillWrittenError: If it changed meanwhile; nothing is kept.
            FileNotFoundError: If it is gone.
        """
        before = source.stat()
        with self._part() as part:
            digest, size = _copy(source, part)
            after = source.stat()
            if (before.st_size, before.st_mtime, size) != (after.st_size, after.st_mtime, after.st_size):
                raise StillWrittenError(source.name)
            return self._settle(part, digest), size

    def get(self, digest: str) -> bytes:
        """The bytes of that hash.

        Raises:
            RawFileMissingError: If they were never received.
        """
        found = self._place(digest)
        if not found.exists():
            raise RawFileMissingError(digest)
        return bytes(found.read_bytes())

    def _place(self, digest: str) -> UPath:
        return self.root / "raw" / digest[:2] / digest

    @contextmanager
    def _part(self) -> Iterator[BinaryIO]:
        """A nameless copy in the making, beside its final place where that is on this machine."""
        if not is_local(self.root):
            with tempfile.NamedTemporaryFile(prefix="cchc-") as part:
                yield part  # type: ignore[misc]
            return
        folder = Path(self.root.path) / "raw"
        folder.mkdir(parents=True, exist_ok=True)
        name = folder / f".{uuid4().hex}.part"
        try:
            with name.open("wb") as part:
                yield part
        finally:
            name.unlink(missing_ok=True)

    def _settle(self, part: BinaryIO, digest: str) -> str:
        """Give the copy its final name: a half-written file never bears it, whenever the process dies."""
        final = self._place(digest)
        if final.exists():
            return digest
        part.flush()
        if not is_local(final):
            final.fs.put_file(part.name, final.path)  # object stores put whole objects or nothing
            return digest
        os.fsync(part.fileno())
        Path(part.name).chmod(0o444)
        Path(final.path).parent.mkdir(exist_ok=True)
        Path(part.name).replace(final.path)
        return digest


def raw_store(settings: Settings) -> RawStore:
    """The raw store of this installation."""
    return RawStore(place(settings.storage_url))


def _copy(source: UPath, target: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
            target.write(block)
            size += len(block)
    return digest.hexdigest(), size
