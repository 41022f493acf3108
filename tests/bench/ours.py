"""This system's way: batches, COPY, sums in SQL."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from tests.bench.watch import Watch

AUTHORITIES = ("31", "75")
PERIOD = "2026-Q3"


def run(home: Path, files: list[str]) -> None:
    """Files to reports, a stage at a time."""
    os.environ["CCHC_HOME"] = str(home / "w")
    from cchc import consolidate, load, parse, report, settings, steps, validate
    from cchc.catalogue import periods
    from cchc.store import engine as warehouse
    from cchc.store import server

    period = periods.parse(PERIOD)
    as_of = datetime(2026, 10, 1, tzinfo=periods.ZONE)
    steps.db_upgrade()
    engine = warehouse.engine(settings.load())
    watch = Watch()
    steps.receive([Path(file) for file in files], datetime(2026, 9, 8, tzinfo=periods.ZONE))
    watch.time("collect", steps.collect)
    items = [(Path(file).read_bytes(), Path(file).name) for file in files]
    readings = watch.time("parse", lambda: parse.read_many(items, workers=2))
    judged = watch.time("validate", lambda: validate.judge(readings))
    load.ensure_period(engine, period)
    watch.time("load", lambda: load.promote(engine, judged))
    watch.time("validate across units", steps.cross_check)

    def assemble() -> list:
        with engine.connect() as connection:
            return [consolidate.assemble(connection, code, period, as_of) for code in AUTHORITIES]

    found = watch.time("consolidate", assemble)
    out = home / "out"
    out.mkdir()
    watch.time("report xlsx", lambda: [report.write_xlsx(c, out / f"{c.authority}.xlsx") for c in found])
    watch.time("report docx", lambda: [report.write_docx(c, out / f"{c.authority}.docx") for c in found])
    reported = sum(c.counts.on_time + c.counts.late for c in found)
    server.stop(settings.load())
    watch.report(f"this system: {reported} units in the totals, every figure with its source cell")
