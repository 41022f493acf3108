"""Opens .xls, .xlsb and .ods in a process of their own, with a limit on memory and time.

Only an .xlsx can be looked over beforehand. The native reader allocates the whole rectangle between the first and
the last cell, and where memory does not suffice it aborts the process: then better not ours.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from cchc.parse.archive import RefusedError
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind

_MOST_MEMORY = 2 * 2**30
_MOST_SECONDS = 60
_SMALLEST_OLE = 1536


def read(data: bytes) -> tuple[Grid, ...]:
    """Every sheet of the file.

    Raises:
        RefusedError: If it cannot be opened within the limits.
    """
    if len(data) < _SMALLEST_OLE:
        raise RefusedError(Kind.DAMAGED)
    command = [sys.executable, "-m", "cchc.parse.apart"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_MOST_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise RefusedError(Kind.DAMAGED) from error
    if done.returncode:
        raise RefusedError(Kind.DAMAGED)
    answer = json.loads(done.stdout)
    if isinstance(answer, str):
        raise RefusedError(Kind(answer))
    return tuple(Grid(**sheet) for sheet in answer)


def main() -> None:
    """Read a file from standard input, write its sheets or the kind of refusal to standard output."""
    from cchc.parse.workbook import sheets

    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        answer: str | Sequence[dict[str, Any]] = [
            {"name": g.name, "hidden": g.hidden, "rows": g.rows, "top": g.top, "left": g.left}
            for g in sheets(sys.stdin.buffer.read())
        ]
    except RefusedError as refusal:
        answer = refusal.kind
    json.dump(answer, sys.stdout, default=_words)


def _words(value: date | timedelta) -> str:
    """Dates and times have no place in a figure cell: as text they are told so."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


if __name__ == "__main__":
    main()
