"""Opens what is no plain .xlsx in a process of its own, with limits on memory and time.

Only an .xlsx can be looked over beforehand. The native reader allocates the whole rectangle between the first and
the last cell, and where memory does not suffice it aborts the process: then better not ours. The process serves file
after file, because starting Python takes longer than reading; after any trouble the next file gets a fresh one.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import select
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, BinaryIO

from cchc.model.submission import Issue
from cchc.parse.archive import RefusedError
from cchc.parse.book import Workbook
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind

_MOST_MEMORY = 2**30
_MOST_SECONDS = 12
_MOST_FILES = 500
"""Then a fresh process, so that nothing a file leaves behind adds up."""
_LENGTH = struct.Struct("<Q")


class _Helper:
    """The process that opens files."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._served = 0
        self.lock = threading.Lock()

    def ask(self, data: bytes) -> Any:
        """Its answer to a file.

        Raises:
            RefusedError: If it does not answer within the limits.
        """
        process = self._running()
        try:
            assert process.stdin is not None and process.stdout is not None
            until = time.monotonic() + _MOST_SECONDS
            _send(process.stdin, data, until)
            answer = json.loads(_receive(process.stdout, until))
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.stop()
            raise RefusedError(Kind.DAMAGED) from error
        self._served += 1
        if self._served >= _MOST_FILES:
            self.stop()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        # A fork shares the pipes of its parent: it needs a helper of its own.
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            if self._owner == os.getpid():
                self.stop()
            command = [sys.executable, "-m", "cchc.parse.apart"]
            pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, bufsize=0)  # noqa: S603
            assert self._process.stdin is not None
            os.set_blocking(self._process.stdin.fileno(), False)
            self._owner, self._served = os.getpid(), 0
        return self._process

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            process.wait()


_helper = _Helper()
atexit.register(_helper.stop)
os.register_at_fork(after_in_child=lambda: _helper.__init__())  # type: ignore[misc]


def read(data: bytes) -> Workbook:
    """The file as a workbook.

    Raises:
        RefusedError: If it cannot be opened within the limits.
    """
    with _helper.lock:
        answer = _helper.ask(data)
    if isinstance(answer, str):
        raise RefusedError(Kind(answer))
    return Workbook(
        tuple(Grid(**sheet) for sheet in answer["sheets"]),
        answer["container"],
        notes={(sheet, cell): note for sheet, cell, note in answer["notes"]},
        remarks=tuple(Issue(**remark) for remark in answer["remarks"]),
    )


def _send(pipe: Any, data: bytes, until: float) -> None:
    rest = memoryview(_LENGTH.pack(len(data)) + data)
    while rest:
        _, ready, _ = select.select([], [pipe], [], max(until - time.monotonic(), 0))
        if not ready:
            raise TimeoutError
        rest = rest[os.write(pipe.fileno(), rest[: 2**16]) :]


def _receive(pipe: Any, until: float) -> bytes:
    (size,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size, until))
    return _exactly(pipe, size, until)


def _exactly(pipe: Any, size: int, until: float) -> bytes:
    found = bytearray()
    while len(found) < size:
        ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
        if not ready:
            raise TimeoutError
        piece = os.read(pipe.fileno(), min(size - len(found), 2**20))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


def main() -> None:
    """Answer file after file from standard input on standard output, until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(_LENGTH.size)) == _LENGTH.size:
        answer = json.dumps(_answer(source.read(*_LENGTH.unpack(head))), default=_words).encode()
        _write(answers, answer)


def _answer(data: bytes) -> Any:
    """What the file holds, or the kind of refusal."""
    from cchc.parse.containers.opening import opened

    try:
        book = opened(data)
    except RefusedError as refusal:
        return refusal.kind
    except Exception:  # whatever a library makes of a broken file, the file is to blame
        return Kind.DAMAGED
    return {
        "container": book.container,
        "sheets": [asdict_of(grid) for grid in book.sheets],
        "notes": [[sheet, cell, note] for (sheet, cell), note in book.notes.items()],
        "remarks": [asdict(remark) for remark in book.remarks],
    }


def asdict_of(grid: Grid) -> dict[str, Any]:
    """The grid's fields, its rows not copied."""
    return {name: getattr(grid, name) for name in grid.__dataclass_fields__}


def _write(pipe: BinaryIO, answer: bytes) -> None:
    pipe.write(_LENGTH.pack(len(answer)))
    pipe.write(answer)
    pipe.flush()


def _words(value: date | timedelta) -> str:
    """Dates and times have no place in a figure cell: as text they are told so."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


if __name__ == "__main__":
    main()
