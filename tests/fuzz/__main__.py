"""Fuzz every target for a share of the time: ``python -m tests.fuzz --seconds 120 [--target html] [--folder DIR]``.

What is found is written below the folder and, to be replayed by the tests for ever, below ``tests/fuzz/regressions``.
Ends with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

TARGETS = ("xlsx", "html", "csv", "docx", "xml", "binary", "numbers")
REGRESSIONS = Path(__file__).parent / "regressions"
_SHORTEST = 3
_START = 90
"""Seconds to import and instrument, at most; they do not count as time over."""


@dataclass
class Tally:
    """Of one target."""

    target: str
    executions: int = 0
    coverage: int = 0
    features: int = 0
    seconds: float = 0.0
    found: int = 0


def fuzz(target: str, seconds: int, folder: Path, regressions: Path | None = REGRESSIONS, seed: int = 0) -> Tally:
    """Fuzz one target; after a finding go on with the time that is left. A seed of 0 is another one each time."""
    tally, until = Tally(target), time.monotonic() + seconds
    while (left := int(until - time.monotonic())) >= _SHORTEST:
        before = set(folder.glob(f"{target}-*"))
        text = _run(target, left, folder, seed)
        _count(tally, text)
        new = sorted(set(folder.glob(f"{target}-*")) - before)
        if not new:
            if "Done " not in text:
                tally.found += 1
                (folder / f"log-{target}.txt").write_text(text, encoding="utf-8")
            break
        tally.found += len(new)
        for path in new:
            (folder / f"log-{path.name}.txt").write_text(text[-6000:], encoding="utf-8")
            if regressions:
                (regressions / path.name).write_bytes(path.read_bytes())
    tally.seconds = round(seconds - max(until - time.monotonic(), 0), 1)
    return tally


def _run(target: str, seconds: int, folder: Path, seed: int) -> str:
    """The fuzzer's own words; it is ended where it does not end by itself."""
    command = [sys.executable, "-m", "tests.fuzz.run", target, str(seconds), str(folder), str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        words, _ = process.communicate(timeout=seconds + _START)
    except subprocess.TimeoutExpired:
        process.kill()
        words, _ = process.communicate()
        words += b"\nended from outside: "
    return words.decode("utf-8", "replace")


def _count(tally: Tally, text: str) -> None:
    numbers = [(int(n), int(cov), int(ft)) for n, cov, ft in re.findall(r"#(\d+)\s.*?cov: (\d+) ft: (\d+)", text)]
    stated = re.findall(r"stat::number_of_executed_units:\s*(\d+)", text)
    tally.executions += int(stated[-1]) if stated else max((n for n, _, _ in numbers), default=0)
    tally.coverage = max([tally.coverage, *(cov for _, cov, _ in numbers)])
    tally.features = max([tally.features, *(ft for _, _, ft in numbers)])


def main() -> int:
    """Fuzz, and print a tally for each target."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="cchc-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    targets = given.target or TARGETS
    tallies = []
    for target in targets:
        tallies.append(fuzz(target, given.seconds // len(targets), folder))
        print(json.dumps(asdict(tallies[-1])), flush=True)
    return int(any(tally.found for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
