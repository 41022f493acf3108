"""The demonstration: a sample city sends a quarter, Airflow collects and consolidates it.

A second demonstration finds everything received and adds nothing: files are sent only if the registry lacks them.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from cchc import steps
from cchc.catalogue import periods
from cchc.local import runs
from cchc.local.service import Say, StartError
from cchc.settings import Settings
from cchc.store import engine as warehouse
from cchc.store.tables import submission

SEED = 7
SHARES = {"defects": 0.06, "late": 0.08, "missing": 0.05}
HISTORY = 1
"""Periods before the one shown, so that there is something to compare with."""


def demonstrate(settings: Settings, authority: str, period: str, say: Say) -> str:
    """Run the main job; the summary to show."""
    with runs.session(settings, say) as installation:
        folder = make_sample(settings, authority, period, say)
        load_history(settings, folder, say)
        sent = send(settings, folder)
        say(f"{sent} workbooks put into the inbox")
        runs.collect_and_consolidate(installation, period, say)
        edition = last_edition(authority, period)
        return summary(settings, authority, period, edition)


def make_sample(settings: Settings, authority: str, period: str, say: Say) -> Path:
    """Write the sample city of this installation once; its folder."""
    folder = settings.home / "sample" / f"{authority}_{period}"
    if not (folder / "manifest.json").exists():
        say(f"sample workbooks of {authority} for {period} and the period before it")
        from cchc import sample

        sample.city(authority, periods.parse(period), folder, SEED, **SHARES, history=HISTORY)
    return folder


def load_history(settings: Settings, folder: Path, say: Say) -> None:
    """Load the periods before, without Airflow: they are the past, not what is shown."""
    past = sorted(path.parent for path in folder.glob("history/*/manifest.json"))
    if sum(send(settings, period) for period in past):
        say(f"loading the past: {', '.join(period.name for period in past)}")
        steps.ingest()


def send(settings: Settings, folder: Path) -> int:
    """Put what the registry lacks into the inbox, each with its own moment of receipt; how many."""
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    paths = {folder / file["file"]: datetime.fromisoformat(file["received_at"]) for file in files}
    known = _registered(settings, [_digest(path) for path in paths])
    fresh = {path: moment for path, moment in paths.items() if _digest(path) not in known}
    for path, moment in fresh.items():
        steps.receive([path], moment)
    return len(fresh)


def last_edition(authority: str, period: str) -> dict[str, Any]:
    """The newest edition in the registry.

    Raises:
        StartError: There is none.
    """
    found = steps.editions(authority, period)
    if not found:
        raise StartError(_texts()["nothing_collected"])
    return found[0]


def summary(settings: Settings, authority: str, period: str, edition: dict[str, Any]) -> str:
    """Numbers and paths, in Vietnamese."""
    board = steps.status(authority, period)
    wanted = periods.parse(period)
    counted = {name: board[name] for name in ("expected", "on_time", "late", "missing", "rejected")}
    return _texts()["summary"].format(
        label=wanted.label,
        authority=authority,
        due=wanted.due_text,
        edition=edition["number"],
        reported=edition["reported"],
        owed=edition["expected"],
        xlsx=edition["files"]["xlsx"]["path"],
        docx=edition["files"]["docx"]["path"],
        data_docs=settings.data_docs_page,
        **counted,
    )


def _registered(settings: Settings, digests: list[str]) -> set[str]:
    query = select(submission.c.sha256).where(submission.c.sha256.in_(digests))
    with warehouse.engine(settings).connect() as connection:
        return set(connection.scalars(query))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _texts() -> dict[str, str]:
    return yaml.safe_load(Path(__file__).with_name("summary.yaml").read_text(encoding="utf-8"))
