"""One function for each thing that is done, for DAGs, command line and portal alike.

The only place where stages meet. Arguments and results are plain JSON values. Heavy imports are made inside the
functions, so that reading a DAG file stays quick.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc import settings as environment

if TYPE_CHECKING:
    from sqlalchemy import Engine

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
    load.ensure_period(_engine(), periods.next_due(_now()))
    taken = stage.collect(here, _engine())
    ids = stage.waiting(_engine())
    log.info("%d deliveries taken from the inbox, %d submissions wait", taken, len(ids))
    return ids


def chunks(ids: Sequence[str], size: int = CHUNK) -> list[list[str]]:
    """Cut the waiting submissions into chunks of at most ``size``."""
    return [list(ids[start : start + size]) for start in range(0, len(ids), size)]


def ingest_chunk(ids: Sequence[str], workers: int = 1) -> dict[str, Any]:
    """Parse, validate and load some submissions; return how many got which verdict and the periods they touch."""
    received = _raw_files(ids)
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

    changed = load.due_for_cross_check(_engine())
    for code, inputs in sorted(changed.items()):
        found = validate.cross(_engine(), code)
        load.store_cross_findings(_engine(), code, inputs, found)
        log.info("%s: %d submissions with findings across units and periods", code, len(found))
    return load.due_for_consolidation(_engine(), _now())


def data_docs(ids: Sequence[str] | None = None, period: str | None = None) -> str:
    """Build Great Expectations' Data Docs on some submissions, or on a period's versions that count; return the page.

    For the engineer who keeps the rules: how every expectation fared on every figure.
    """
    from cchc import parse, validate

    if ids is None:
        from cchc.store.sqlfiles import statement

        with _engine().connect() as connection:
            found = connection.scalars(statement("marts/current_versions"), {"period": _period(period or "").code})
            ids = [str(identity) for identity in found]
    readings = parse.read_many([(file.data, file.file_name) for file in _raw_files(ids)])
    return str(validate.data_docs(readings, environment.load().gx_dir))


def ingest(workers: int = 2) -> dict[str, Any]:
    """Collect, parse, validate and load all that waits."""
    total: dict[str, Any] = {"submissions": 0, "verdicts": {}, "periods": []}
    for part in chunks(collect(), size=BATCH):
        tally = ingest_chunk(part, workers=workers if len(part) >= SPREAD else 1)
        total["submissions"] += tally["submissions"]
        for verdict, number in tally["verdicts"].items():
            total["verdicts"][verdict] = total["verdicts"].get(verdict, 0) + number
    total["periods"] = cross_check()
    return total


def check(file: Path) -> Judged:
    """Read and judge one file without a database.

    Raises:
        OSError: If the file cannot be opened.
    """
    from cchc import parse, validate

    return validate.judge([parse.read(file.read_bytes(), file.name)])[0]


def known_period(period: str) -> str:
    """The period's code as the regime writes it.

    Raises:
        ValueError: If there is no such period; one Vietnamese sentence for whoever asked.
    """
    from cchc import cli_text

    try:
        return _period(period).code
    except ValueError as error:
        raise ValueError(cli_text.text("unknown_period", period=period)) from error


def known_authority(authority: str) -> str:
    """The code of an authority that the regime names.

    Raises:
        ValueError: If there is no such authority; one Vietnamese sentence for whoever asked.
    """
    from cchc import cli_text
    from cchc.catalogue import regimes

    known = regimes.regime().authorities
    if authority not in known:
        raise ValueError(cli_text.text("unknown_authority", authority=authority, known=", ".join(sorted(known))))
    return authority


def authorities(period: str) -> list[str]:
    """Authorities with at least one accepted submission for the period."""
    from cchc.store.sqlfiles import statement

    wanted = _period(period).code
    with _engine().connect() as connection:
        rows = connection.execute(statement("marts/reporting_authorities"))
        return [authority for authority, code in rows if code == wanted]


def status(authority: str, period: str, as_of: datetime | None = None) -> dict[str, Any]:
    """Who sent, who is late, who is missing (the document of ``cchc status --json``)."""
    from cchc import consolidate as stage

    wanted, moment = _owed(authority, period), as_of or _now()
    with _engine().connect() as connection:
        found = stage.board(authority, wanted, moment, stage.statuses(connection, authority, wanted, moment))
        return {**found, "unidentified": stage.unidentified(connection, moment)}


def consolidate(
    authority: str, period: str, out: Path | str | None = None, as_of: datetime | None = None
) -> dict[str, Any]:
    """Assemble a period's report and write its edition (the document of ``cchc consolidate --json``)."""
    from cchc import consolidate as stage
    from cchc import load, report

    wanted, moment = _owed(authority, period), as_of or _now()
    content = load.reportable(_engine(), moment).get(wanted.code)
    with _engine().connect() as connection:
        found = stage.assemble(connection, authority, wanted, moment)
    folder = environment.load().editions_dir / authority / wanted.code / f"{found.edition:02d}"
    written = report.write_edition(found, folder)
    with _engine().begin() as connection:
        identity = stage.register_edition(connection, found, written.files, written.figures)
        if content and as_of is None:
            stage.mark_consolidated(connection, found, content)
    files = written.copy_to(Path(out)) if out else {kind: file["path"] for kind, file in written.files.items()}
    return {
        "edition": found.edition,
        "edition_id": str(identity),
        "authority": authority,
        "period": wanted.code,
        "coverage": {"reported": found.counts.on_time + found.counts.late, "expected": found.counts.expected},
        "files": files,
        "figures": written.figures,
        "sha256": {kind: file["sha256"] for kind, file in written.files.items()},
    }


def unit_versions(period: str, unit: str) -> list[dict[str, Any]]:
    """What a unit sent for a period, the newest version first, with findings."""
    from cchc import consolidate as stage

    with _engine().connect() as connection:
        return stage.unit_versions(connection, unit, _period(period).code)


def editions(authority: str, period: str | None = None) -> list[dict[str, Any]]:
    """Editions of an authority's reports, the newest first."""
    from dataclasses import asdict

    from cchc import consolidate as stage

    with _engine().connect() as connection:
        found = stage.editions(connection, authority, period)
    return [{**asdict(e), "edition_id": str(e.edition_id), "as_of": e.as_of.isoformat()} for e in found]


def periods_known(authority: str) -> list[dict[str, Any]]:
    """Periods for which the authority is owed reports, the latest first: ``code``, ``label``, ``due_text``."""
    from sqlalchemy import text

    from cchc.catalogue import periods

    query = text("SELECT DISTINCT period_code FROM obligation WHERE authority = :authority")
    with _engine().connect() as connection:
        codes = [periods.parse(code) for code in connection.scalars(query, {"authority": authority})]
    latest_first = sorted(codes, key=lambda p: p.due_at, reverse=True)
    return [{"code": p.code, "label": p.label, "due_text": p.due_text} for p in latest_first]


def grants(username: str) -> list[str]:
    """Authorities whose pages a user of the portal may see."""
    from cchc.store import access

    with _engine().connect() as connection:
        return access.grants(connection, username)


def grant(username: str, authority: str, role: str = "viewer") -> None:
    """Let a user of the portal see an authority's pages."""
    from cchc.store import access

    with _engine().begin() as connection:
        access.grant(connection, username, authority, role)


def revoke(username: str, authority: str) -> None:
    """Take a grant back."""
    from cchc.store import access

    with _engine().begin() as connection:
        access.revoke(connection, username, authority)


def _engine() -> Engine:
    from cchc.store import engine as warehouse

    return warehouse.engine(environment.load())


def _now() -> datetime:
    from cchc.catalogue.periods import ZONE

    return datetime.now(ZONE)


def _period(code: str) -> Period:
    from cchc.catalogue import periods

    return periods.parse(code)


def _owed(authority: str, period: str) -> Period:
    """The period with its obligations made; an authority the regime does not name is refused."""
    from cchc import load
    from cchc.catalogue import regimes

    regimes.authority(authority)
    wanted = _period(period)
    load.ensure_period(_engine(), wanted)
    return wanted


@dataclass(frozen=True, slots=True)
class _Received:
    """A registered file as it came."""

    data: bytes
    file_name: str
    received_at: datetime


def _take_in(files: Sequence[_Received], workers: int = 1) -> list[Judged]:
    """Parse, judge and load files that came together."""
    from cchc import load, parse, validate

    readings = parse.read_many([(file.data, file.file_name) for file in files], workers=workers)
    readings = [parse.arrived(reading, file.received_at) for reading, file in zip(readings, files, strict=True)]
    judged = validate.judge(readings)
    for period in _periods_of(judged):
        load.ensure_period(_engine(), period)
    load.promote(_engine(), judged)
    return judged


def _take_in_alone(file: _Received) -> list[Judged]:
    """Take in one file; where our work fails on it, that is its verdict, and the traceback is in the log."""
    from cchc import load, parse, validate

    try:
        return _take_in([file])
    except Exception:
        log.exception("could not take in %s", file.file_name)
        judged = validate.judge([parse.not_processed(file.data)])
        load.promote(_engine(), judged)
        return judged


def _raw_files(ids: Sequence[str]) -> list[_Received]:
    from uuid import UUID

    from sqlalchemy import select

    from cchc.store.raw import raw_store
    from cchc.store.tables import submission

    wanted = [UUID(identity) for identity in ids]
    columns = (submission.c.sha256, submission.c.file_name, submission.c.received_at)
    query = select(*columns).where(submission.c.submission_id.in_(wanted)).order_by(submission.c.sha256)
    store = raw_store(environment.load())
    with _engine().connect() as connection:
        return [_Received(store.get(digest), name, at) for digest, name, at in connection.execute(query)]


def _periods_of(judged: Sequence[Judged]) -> list[Period]:
    codes = {j.reading.period for j in judged if j.verdict.acceptable}
    return [_period(code) for code in sorted(codes)]


def _tally(judged: Sequence[Judged]) -> dict[str, Any]:
    from collections import Counter

    return {
        "submissions": len(judged),
        "verdicts": dict(sorted(Counter(j.verdict.value for j in judged).items())),
        "periods": sorted({j.reading.period for j in judged if j.verdict.acceptable}),
    }
