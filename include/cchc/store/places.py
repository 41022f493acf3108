"""Where files lie: a directory of this machine or an object store, by one address.

Addresses are fsspec's. A local one becomes a plain path: fsspec's own would remove a folder with all that is in it. An
object store is asked anew each time, for others write to it too; its keys come from the environment only.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from upath import UPath

_LOCAL = ("", "file", "local")


def place(address: str) -> UPath:
    """The place of an address."""
    found = UPath(address)
    return UPath(found.path) if found.protocol in _LOCAL else UPath(address, use_listings_cache=False)


def is_local(path: UPath) -> bool:
    """True for a path of this machine."""
    return path.protocol in _LOCAL


def is_link(path: UPath) -> bool:
    """True for a symbolic link; an object store has none."""
    return is_local(path) and Path(path.path).is_symlink()


def write_whole(path: UPath, text: str) -> None:
    """Write a small file so that it is there whole or not at all."""
    if not is_local(path):
        path.write_text(text, encoding="utf-8")  # object stores put whole objects or nothing
        return
    part = Path(f"{path.path}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path.path)


def remove(path: UPath) -> None:
    """Remove a file, or a folder that is empty by now; what another has removed already is no fault."""
    if is_local(path) and Path(path.path).is_dir():
        with contextlib.suppress(OSError):
            Path(path.path).rmdir()
        return
    # In an object store a folder ends with the last object in it.
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
