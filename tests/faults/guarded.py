"""Checks files in a process with limits on memory and time, as many in one process as survive it.

``python -m tests.faults.guarded`` reads paths from standard input and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import resource
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MOST_SECONDS = 20
MOST_MEMORY = 3 * 2**29
"""1.5 GB."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file; ``trouble`` is empty where it ended in a verdict."""

    file: Path
    trouble: str = ""
    verdict: str = ""
    exit_code: int = -1
    findings: list[dict[str, str]] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0


def check_all(files: Sequence[Path]) -> list[Outcome]:
    """The outcome of every file, in order; a process that dies or hangs takes only the file in its hands with it."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(files):
        outcomes += _run(files[len(outcomes) :])
    return outcomes


def _run(files: Sequence[Path]) -> Iterator[Outcome]:
    """Outcomes until the process ends or is ended."""
    command = [sys.executable, "-m", "tests.faults.guarded"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout and process.stderr
    wait = selectors.DefaultSelector()
    wait.register(process.stdout, selectors.EVENT_READ)
    try:
        assert wait.select(120) and process.stdout.readline() == "ready\n"
        for file in files:
            process.stdin.write(f"{file}\n")
            process.stdin.flush()
            line = process.stdout.readline() if wait.select(MOST_SECONDS) else "hang"
            if not line or line == "hang":
                process.kill()
                yield Outcome(file, "hung" if line else f"died: {process.stderr.read()[-2000:]}")
                return
            yield Outcome(file, **json.loads(line))
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()


def main() -> None:
    """Answer path after path."""
    from cchc import cli_text, steps, validate
    from cchc.parse import read

    validate.judge([read(b"")])  # what is imported late is imported now
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    print("ready", flush=True)
    for path in map(str.rstrip, sys.stdin):
        began = time.perf_counter()
        judged = steps.check(Path(path))
        answer = {
            "verdict": judged.verdict.value,
            "exit_code": cli_text.check_exit_code(judged),
            "findings": cli_text.check_document(judged)["findings"],
            "seconds": time.perf_counter() - began,
            "memory": _peak(resource.RUSAGE_SELF) + _peak(resource.RUSAGE_CHILDREN),
        }
        print(json.dumps(answer), flush=True)


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss * 1024


if __name__ == "__main__":
    main()
