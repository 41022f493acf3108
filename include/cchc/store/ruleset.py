"""The reader and the rules as one fingerprint: a judgement names what it was made with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cchc.settings import EXPECTATIONS, SQL

_PACKAGE = Path(__file__).resolve().parents[1]
_PARTS = ("catalogue", "model", "parse", "validate")
_KINDS = {".py", ".csv", ".json", ".sql"}


@cache
def fingerprint() -> str:
    """Digest of every file that decides how a workbook is read and judged.

    Code counts as it is written: a change that changes no outcome gives another fingerprint, and reading history
    again then says that nothing would change.
    """
    digest = hashlib.sha256()
    for name, path in sorted(_files()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files() -> Iterator[tuple[str, Path]]:
    roots = [_PACKAGE / part for part in _PARTS] + [EXPECTATIONS, SQL / "rules"]
    for root in roots:
        for path in root.rglob("*"):
            if path.suffix in _KINDS:
                yield f"{root.name}/{path.relative_to(root).as_posix()}", path
