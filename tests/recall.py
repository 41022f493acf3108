"""Recall and precision of the findings in a seeded city with every kind of fault, rule by rule.

``python -m tests.recall [SEED ...]`` sends such a city through the intake into a warehouse of its own, prints the
table of each seed and writes that of seed 7 as ``docs/recall.md``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from cchc import settings as environment
from cchc import steps
from cchc.catalogue import periods
from cchc.catalogue.rules import rules
from cchc.catalogue.units import Unit
from cchc.sample import city
from cchc.sample.defects import all_defects
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.sample.suspects import all_suspects
from cchc.settings import REPOSITORY
from cchc.store import engine as warehouse
from cchc.store.tables import finding, submission
from cchc.template import issue

PAGE = REPOSITORY / "docs" / "recall.md"
PERIOD = "2026-Q3"
FAULTY, DOUBTFUL, HISTORY = 0.68, 0.11, 3
"""Enough for every kind once, after three honest reports of everybody."""
_SEVERITY = {"critical": "Chặn", "warning": "Cảnh báo"}


class Seen(NamedTuple):
    """A finding in the warehouse."""

    rule: str
    sheet: str
    cell: str
    scope: str


class Line(NamedTuple):
    """How a rule fared. ``follows`` are findings across units on a file in which something else was planted."""

    rule: str
    severity: str
    planted: int
    found: int
    follows: int
    extra: int


@dataclass(frozen=True)
class Outcome:
    """What was planted, and what the warehouse holds about every file after the intake."""

    manifest: dict[str, Any]
    found: dict[str, list[Seen]]
    verdicts: dict[str, str]

    def planted(self) -> Iterator[tuple[str, str, tuple[str, str] | None]]:
        """File, rule, and the place of a fault; a doubt is known by its file, and a copy by both its files."""
        for file in self.manifest["files"]:
            yield from ((file["file"], d["rule"], (d["sheet"], d["cell"])) for d in file["defects"])
        for doubt in self.manifest["suspects"]:
            for unit in filter(None, (doubt["unit"], doubt["copied_from"])):
                yield f"{unit}_{PERIOD}.xlsx", doubt["rule"], None


def send(seed: int, folder: Path) -> Outcome:
    """Write the city of a seed, take it in, and read back what was found."""
    manifest = city("31", periods.parse(PERIOD), folder, seed, defects=FAULTY, history=HISTORY, suspects=DOUBTFUL)
    for told in sorted(folder.rglob("manifest.json")):
        for file in json.loads(told.read_text(encoding="utf-8"))["files"]:
            steps.receive([told.parent / file["file"]], datetime.fromisoformat(file["received_at"]))
    steps.ingest()
    return Outcome(manifest, *_warehouse())


def send_honest(seed: int, folder: Path, of: Sequence[Unit], codes: Sequence[str]) -> Outcome:
    """Sound reports of some units for some periods, taken in; what was found."""
    for period in map(periods.parse, codes):
        for unit in of:
            own = figures(seed, unit, period)
            file = folder / f"{unit.code}_{period.code}.xlsx"
            file.write_bytes(issue(unit, period, own, narrative(seed, unit, period, own)))
            steps.receive([file], period.due_at)
    steps.ingest()
    return Outcome({"files": [], "suspects": []}, *_warehouse())


def _warehouse() -> tuple[dict[str, list[Seen]], dict[str, str]]:
    files = submission.c.file_name
    seen = select(files, finding.c.rule, finding.c.sheet, finding.c.cell, finding.c.scope).join_from(
        finding, submission
    )
    found: dict[str, list[Seen]] = {}
    with warehouse.engine(environment.load()).connect() as connection:
        for name, *rest in connection.execute(seen):
            found.setdefault(name, []).append(Seen(*rest))
        verdicts = {row.file_name: row.verdict for row in connection.execute(select(submission))}
    return found, verdicts


def table(outcome: Outcome) -> list[Line]:
    """A line for each rule that was planted or spoke, critical ones first."""
    count: dict[str, Counter[str]] = {}
    open_ = {file: list(seen) for file, seen in outcome.found.items()}
    planted = list(outcome.planted())
    for file, rule, place in planted:
        mine = [s for s in open_.get(file, []) if s.rule == rule and place in (None, (s.sheet, s.cell))]
        count.setdefault(rule, Counter()).update(planted=1, found=int(bool(mine)))
        open_[file] = [s for s in open_.get(file, []) if s not in mine]
    touched = {file for file, *_ in planted}
    for file, rest in open_.items():
        for one in rest:
            kind = "follows" if one.scope == "cross" and file in touched else "extra"
            count.setdefault(one.rule, Counter()).update({kind: 1})
    made = [
        Line(r, rules()[r].severity.value, c["planted"], c["found"], c["follows"], c["extra"]) for r, c in count.items()
    ]
    return sorted(made, key=lambda line: (line.severity, line.rule))


def planted_rules() -> set[str]:
    """Rules that something in the sample is planted for."""
    return {defect.rule for defect in all_defects()} | {suspect.rule for suspect in all_suspects()}


def main(seeds: Sequence[int]) -> None:
    """Print the table of each seed; write the page."""
    for seed in seeds:
        lines = _alone(seed)
        print(f"seed {seed}\nrule | severity | planted | found | missed | follows | extra")
        for line in lines:
            print(" | ".join(map(str, (*line[:4], line.planted - line.found, *line[4:]))))
        for severity in _SEVERITY:
            print(severity, _shares([line for line in lines if line.severity == severity]))
        if seed == 7:
            PAGE.write_text(page(lines), encoding="utf-8")


def _shares(lines: Sequence[Line]) -> str:
    planted, found = sum(line.planted for line in lines), sum(line.found for line in lines)
    wrong = sum(line.extra for line in lines)
    return f"recall {found}/{planted}, precision {found}/{found + wrong}"


def _alone(seed: int) -> list[Line]:
    """In an installation of its own, which is gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="recall-"))
    home.chmod(0o755)  # as root the server runs as another user
    for name in [name for name in os.environ if name.startswith("CCHC_")]:
        del os.environ[name]
    os.environ["CCHC_HOME"] = str(home)
    try:
        steps.db_upgrade()
        return table(send(seed, home / "city"))
    finally:
        from cchc.store import server

        warehouse.engine(environment.load()).dispose()
        server.stop(environment.load())
        shutil.rmtree(home, ignore_errors=True)


def page(lines: Sequence[Line]) -> str:
    """The table for people who keep the rules."""
    head = (REPOSITORY / "tests" / "recall_page.md").read_text(encoding="utf-8")
    told = [
        f"| `{line.rule}` | {_SEVERITY[line.severity]} | {rules()[line.rule].title} | {line.planted} | {line.found} "
        f"| {line.planted - line.found} | {line.follows} | {line.extra} |"
        for line in lines
    ]
    return head + "\n".join(told) + "\n"


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [7])
