"""A quarter of 209 communes from files to reports, then the country's, each beside the naive way, in one run.

The naive way is what is written first by most: for each file ``pandas.read_excel`` of every sheet, one Great
Expectations run, one ``to_sql``; then a mean by pandas. Both ways run in processes of their own, so that each peak of
memory is its own. Nothing here is asserted: the machines are small and noisy.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import quarter, reading

PERIOD = "2026-Q3"
AUTHORITIES = ("31", "75")


def main() -> None:
    """Make the city, run both ways, print the table."""
    with tempfile.TemporaryDirectory(prefix="cchc-b") as folder:
        home = Path(folder)
        home.chmod(0o755)
        files = _city(home / "s")
        print(f"{len(files)} workbooks of communes, period {PERIOD}, 2 processes at most\n")
        ours = _apart("ours", home, files)
        naive = _apart("naive", home, files)
        _print(ours, naive)
        reading.show(_apart("reading", home, files))
        built = _apart("country", home, [])
        quarter.show(built["note"], _apart("quarter", home, []), _apart("quarter_naive", home, []))
        quarter.stop(home)


def _city(folder: Path) -> list[str]:
    from cchc import sample
    from cchc.catalogue import periods

    made = []
    for authority in AUTHORITIES:
        manifest = sample.city(authority, periods.parse(PERIOD), folder / authority)
        communes = [entry for entry in manifest["files"] if re.fullmatch(r"\d{5}", entry["unit"])]
        made += [str(folder / authority / entry["file"]) for entry in communes]
    return made


def _apart(way: str, home: Path, files: list[str]) -> dict[str, Any]:
    listing = home / f"{way}.json"
    listing.write_text(json.dumps(files), encoding="utf-8")
    command = [sys.executable, "-m", "tests.bench", way, str(home), str(listing)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _print(ours: dict[str, Any], naive: dict[str, Any]) -> None:
    print(f"{'stage':<24}{'this system, s':>16}{'naive way, s':>16}")
    for stage in {**ours["seconds"], **naive["seconds"]}:
        cells = [f"{way['seconds'][stage]:.2f}" if stage in way["seconds"] else "-" for way in (ours, naive)]
        print(f"{stage:<24}{cells[0]:>16}{cells[1]:>16}")
    totals = [sum(way["seconds"].values()) for way in (ours, naive)]
    print(f"{'all':<24}{totals[0]:>16.2f}{totals[1]:>16.2f}")
    print(f"{'peak memory, MB':<24}{ours['peak_mb']:>16.0f}{naive['peak_mb']:>16.0f}")
    print(f"\n{ours['note']}\n{naive['note']}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        from tests.bench import naive, ours

        way = {
            "ours": ours.run,
            "naive": naive.run,
            "reading": reading.run,
            "country": quarter.build,
            "quarter": quarter.ours,
            "quarter_naive": quarter.naive,
        }[sys.argv[1]]
        way(Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")))
