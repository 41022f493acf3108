"""Zip files whose bytes depend on their content only."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def repack(data: bytes, path: Path, leave_out: frozenset[str] = frozenset()) -> None:
    """Write the members of a zip file again, without times of writing and without those left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in leave_out:
                member = zipfile.ZipInfo(name, _EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(member, source.read(name))
