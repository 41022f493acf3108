"""From what arrives to what is loaded: collect, read, judge, load, check across units."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc import settings as environment
from cchc.steps import judging
from cchc.steps.base import engine, now, period_of

if TYPE_CHECKING:
    from cchc.catalogue.periods import Period
    from cchc.model.submission import Judged

log = logging.getLogger(__name__)
CHUNK = 40
"""Files in one mapped task: engine time per task is paid once for all of them (design 8)."""
BATCH = 500
"""Files judged in one go on the command line."""
SPREAD = 300
"""From this many files on, starting further processes costs less than it saves (5 ms a file, 0.7 s a process)."""


def db_upgrade() -> dict[str, Any]:
    """Create or migrate the warehouse and load the catalogue."""
    from cchc import load
    from cchc.catalogue import indicators, units
    from cchc.store import engine as warehouse

    target = warehouse.engine(environment.load())
    warehouse.migrate(target)
    load.load_catalogue(target)
    return {"indicators": len(indicators.all_indicators()), "units": len(units.all_units())}


def receive(files: Sequence[Path], received_at: datetime | None = None) -> list[str]:
    """Put files into the inbox as the folder channel would; return the delivery ids."""
    from cchc import collect as stage

    here = environment.load()
    return [str(stage.receive(here, file, received_at)) for file in files]


def collect() -> list[str]:
    """Empty the inbox into the raw store and the registry; return ids of all submissions that wait to be judged.

    Also opens the period that is due next, so that the board shows who owes before anything came.
    """
    from cchc import collect as stage
    from cchc import load
    from cchc.catalogue import periods

    here = environment.load()
    load.ensure_period(engine(), periods.next_due(now()))
    taken = stage.collect(here, engine())
    ids = stage.waiting(engine())
    log.info("%d deliveries taken from the inbox, %d submissions wait", taken, len(ids))
    return ids


def chunks(ids: Sequence[str], size: int = CHUNK) -> list[list[str]]:
    """Cut the waiting submissions into chunks of at most ``size``."""
    return [list(ids[start : start + size]) for start in range(0, len(ids), size)]


def ingest_chunk(ids: Sequence[str], workers: int = 1) -> dict[str, Any]:
    """Parse, validate and load some submissions; return how many got which verdict and the periods they touch."""
    received = judging.raw_files(ids)
    try:
        judged = _take_in(received, workers)
    except Exception:
        # One file that we did not foresee must not hold up the others: each by itself, and the culprit is named.
        log.exception("a chunk of %d submissions failed; taking them one by one", len(received))
        judged = [outcome for file in received for outcome in _take_in_alone(file)]
    tally = _tally(judged)
    log.info("judged %d submissions: %s", len(judged), tally["verdicts"])
    return tally


def cross_check() -> list[str]:
    """Check across units and periods what changed; return the periods that wait to be consolidated anew."""
    from cchc import load, validate

    changed = load.due_for_cross_check(engine())
    for code, inputs in sorted(changed.items()):
        load.ensure_period(engine(), period_of(code))  # of which nothing acceptable may have come yet
        found = validate.cross(engine(), code)
        load.store_cross_findings(engine(), code, inputs, found)
        log.info("%s: %d submissions with findings across units and periods", code, len(found))
    return load.due_for_consolidation(engine(), now())


def data_docs(ids: Sequence[str] | None = None, period: str | None = None) -> str:
    """Build Great Expectations' Data Docs on some submissions, or on a period's versions that count; return the page.

    For the engineer who keeps the rules: how every expectation fared on every figure.
    """
    from cchc import validate

    if ids is None:
        from cchc.store.sqlfiles import statement

        with engine().connect() as connection:
            found = connection.scalars(statement("marts/current_versions"), {"period": period_of(period or "").code})
            ids = [str(identity) for identity in found]
    readings = judging.readings(judging.raw_files(ids))
    return str(validate.data_docs(readings, environment.load().gx_dir))


def ingest(workers: int = 2) -> dict[str, Any]:
    """Fetch the mail where there is a mailbox; collect, parse, validate and load all that waits."""
    from cchc.steps.mail import try_to_fetch

    letters = try_to_fetch()
    ids = collect()
    for part in chunks(ids, size=BATCH):
        ingest_chunk(part, workers=workers if len(part) >= SPREAD else 1)
    periods = cross_check()
    # Counted last: what is found between units and periods may change a verdict.
    return {"submissions": len(ids), "verdicts": _verdicts(ids), "periods": periods, **letters}


def _verdicts(ids: Sequence[str]) -> dict[str, int]:
    from uuid import UUID

    from sqlalchemy import func, select

    from cchc.store.tables import submission

    query = (
        select(submission.c.verdict, func.count())
        .where(submission.c.submission_id.in_([UUID(identity) for identity in ids]))
        .group_by(submission.c.verdict)
        .order_by(submission.c.verdict)
    )
    with engine().connect() as connection:
        return {str(verdict): int(number) for verdict, number in connection.execute(query)}


def check(file: Path) -> Judged:
    """Read and judge one file without a database.

    Raises:
        OSError: If the file cannot be opened.
    """
    from cchc import parse, validate

    return validate.judge([parse.read_file(file)])[0]


def _take_in(files: Sequence[judging.Received], workers: int = 1) -> list[Judged]:
    """Parse, judge and load files that came together."""
    return _load(judging.judged(files, workers))


def _take_in_alone(file: judging.Received) -> list[Judged]:
    """Take in one file; where our work fails on it, that is its verdict, and the traceback is in the log."""
    try:
        return _take_in([file])
    except Exception:
        log.exception("could not take in %s", file.file_name)
        return _load([judging.not_processed(file)])


def _load(judged: list[Judged]) -> list[Judged]:
    from cchc import load

    for period in _periods_of(judged):
        load.ensure_period(engine(), period)
    load.promote(engine(), judged)
    return judged


def _periods_of(judged: Sequence[Judged]) -> list[Period]:
    codes = {j.reading.period for j in judged if j.verdict.acceptable}
    return [period_of(code) for code in sorted(codes)]


def _tally(judged: Sequence[Judged]) -> dict[str, Any]:
    from collections import Counter

    return {
        "submissions": len(judged),
        "verdicts": dict(sorted(Counter(j.verdict.value for j in judged).items())),
        "periods": sorted({j.reading.period for j in judged if j.verdict.acceptable}),
    }
