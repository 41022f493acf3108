"""The country's quarter from the warehouse to the workbook, beside the naive way over the same warehouse.

Loading is not timed. Each way runs in a process of its own; beside wall time stands the time of the processor, which
other work on the machine does not stretch: that of the process and that of its database session. Peak memory is the sum
of both. Target: at most 15 s and 1 GB.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

PERIODS = ("2026-H1", "2026-Q3")
TARGET_SECONDS, TARGET_MB = 15, 1024
_FIGURES = """
    SELECT c.unit_code, f.indicator, f.value
    FROM counting_submission(%(authority)s, %(period)s, %(as_of)s) AS c
    INNER JOIN fct_observation AS f ON f.submission_id = c.submission_id
"""


def build(home: Path, _files: list[str]) -> None:
    """Load the quarter and the half-year before it into the warehouse of ``home``."""
    from tests.bench import country

    engine = _warehouse(home)
    country.enlarge()
    count = country.build(engine, PERIODS)
    units = country.COMMUNES + country.DEPARTMENTS
    print(json.dumps({"note": f"{units} units, {count} figures of {PERIODS[-1]}, {PERIODS[0]} before it"}))


def ours(home: Path, _files: list[str]) -> None:
    """Consolidate it and write the workbook with the sheet by unit."""
    from cchc import consolidate, report
    from cchc.catalogue import periods
    from tests.bench import country

    engine, period = _warehouse(home), periods.parse(PERIODS[-1])
    country.enlarge()
    clock = _Clock()
    with engine.connect() as connection:
        clock.session(connection)
        as_of = country.moment(period)
        made = clock.time("marts", lambda: consolidate.assemble(connection, country.AUTHORITY, period, as_of))
        clock.time("xlsx", lambda: report.write_xlsx(made, home / "country.xlsx"))
        clock.report(f"{len(made.totals)} totals with n/N and comparison, {home / 'country.xlsx'}")


def naive(home: Path, _files: list[str]) -> None:
    """All figures to pandas, a table by unit, sums, ``to_excel``: no states, no provenance, no other sheet."""
    import pandas as pd

    from cchc.catalogue import periods
    from tests.bench import country

    engine, period = _warehouse(home), periods.parse(PERIODS[-1])
    asked = {"authority": country.AUTHORITY, "period": period.code, "as_of": country.moment(period)}
    clock = _Clock()
    with engine.connect() as connection:
        clock.session(connection)

        def marts() -> Any:
            rows = pd.read_sql(_FIGURES, connection, params=asked)
            rows["value"] = rows["value"].astype(float)
            return rows.pivot_table(index="unit_code", columns="indicator", values="value", aggfunc="first")

        def write(wide: Any) -> None:
            with pd.ExcelWriter(home / "naive.xlsx", engine="openpyxl") as book:
                wide.sum().to_excel(book, sheet_name="totals")
                wide.to_excel(book, sheet_name="units")

        wide = clock.time("marts", marts)
        clock.time("xlsx", lambda: write(wide))
        clock.report("naive way: sums and the figures by unit as floats, nothing else")


def show(note: str, ours: dict[str, Any], naive: dict[str, Any]) -> None:
    """The table of both ways and how it stands against the target."""
    print(f"\n{note}\n{'country, s':<24}{'this system':>16}{'processor':>12}{'naive way':>16}{'processor':>12}")
    for stage in ours["wall"]:
        cells = [f"{way[kind][stage]:.2f}" for way in (ours, naive) for kind in ("wall", "processor")]
        print(f"{stage:<24}{cells[0]:>16}{cells[1]:>12}{cells[2]:>16}{cells[3]:>12}")
    sums = [sum(way[kind].values()) for way in (ours, naive) for kind in ("wall", "processor")]
    print(f"{'all':<24}{sums[0]:>16.2f}{sums[1]:>12.2f}{sums[2]:>16.2f}{sums[3]:>12.2f}")
    print(f"{'peak memory, MB':<24}{ours['peak_mb']:>16.0f}{'':>12}{naive['peak_mb']:>16.0f}")
    print(f"target {TARGET_SECONDS} s and {TARGET_MB} MB\n{ours['note']}\n{naive['note']}")


def stop(home: Path) -> None:
    """End the database server of the three ways."""
    os.environ["CCHC_HOME"] = str(home / "c")
    from cchc import settings
    from cchc.store import server

    server.stop(settings.load())


def _warehouse(home: Path) -> Engine:
    os.environ["CCHC_HOME"] = str(home / "c")
    from cchc import settings
    from cchc.store import engine as warehouse

    return warehouse.engine(settings.load())


class _Clock:
    """Wall and processor seconds by stage, of this process and of one session of the database."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self._session = Path("/proc/0")

    def session(self, connection: Connection) -> None:
        """Watch the server process behind a connection, which is on this machine."""
        self._session = Path(f"/proc/{connection.exec_driver_sql('SELECT pg_backend_pid()').scalar()}")

    def time(self, stage: str, work: Callable[[], Any]) -> Any:
        """Run ``work`` and book its time under ``stage``."""
        wall, processor = time.perf_counter(), self._processor()
        result = work()
        self.wall[stage] = time.perf_counter() - wall
        self.processor[stage] = self._processor() - processor
        return result

    def report(self, note: str) -> None:
        """Print one line of JSON for the process that asked."""
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = {"wall": self.wall, "processor": self.processor, "peak_mb": own + self._peak(), "note": note}
        print(json.dumps(found))

    def _processor(self) -> float:
        ticks = (self._session / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return time.process_time() + (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")

    def _peak(self) -> float:
        lines = (self._session / "status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
