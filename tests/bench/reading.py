"""Reading alone, one process: clean forms and faulty ones, beside pandas with openpyxl on the same bytes."""

from __future__ import annotations

import contextlib
import json
import time
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

PERIODS = ("2026-Q3", "2026-H1", "2026-Y")
NAIVE_SHARE = 5
"""One file in so many is read the naive way: it is that much slower."""
_MINUTE = 60


def run(home: Path, files: list[str]) -> None:
    """Print files a minute, by kind of file."""
    from cchc import parse

    clean = [(Path(file).read_bytes(), Path(file).name) for file in files]
    faulty = _faulty()
    parse.read(*clean[0])  # imports and the catalogue are read once for all
    found = {
        kind: {"files": len(items), "ours": _rate(parse.read, items), "naive": _rate(_naive, items[::NAIVE_SHARE])}
        for kind, items in (("clean forms", clean), ("faulty forms", faulty))
    }
    print(json.dumps(found))


def show(found: dict[str, Any]) -> None:
    """The table of :func:`run`."""
    print(f"\n{'read, files a minute':<24}{'this system':>16}{'pandas+openpyxl':>18}   one process")
    for kind, rates in found.items():
        print(f"{kind:<24}{rates['ours']:>16,.0f}{rates['naive']:>18,.0f}   {rates['files']} files")


def _rate(reader: Callable[[bytes, str], Any], items: list[tuple[bytes, str]]) -> float:
    started = time.perf_counter()
    for data, name in items:
        reader(data, name)
    return _MINUTE * len(items) / (time.perf_counter() - started)


def _naive(data: bytes, name: str) -> None:
    """What pandas does before anyone has looked for a heading; files that it cannot open cost it little."""
    import pandas as pd

    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pd.read_excel(BytesIO(data), sheet_name=None, header=None, dtype=object, engine="openpyxl")


def _faulty() -> list[tuple[bytes, str]]:
    """Every kind of fault that the sample plants in one file, in each commune form that it suits."""
    from cchc.catalogue import periods, units
    from cchc.sample.defects import all_defects, plant
    from cchc.sample.figures import figures
    from cchc.sample.narratives import narrative

    made = []
    for code in PERIODS:
        period = periods.parse(code)
        unit = units.find("10993", period.window_to)
        assert unit is not None
        own = figures(7, unit, period)
        words = narrative(7, unit, period, own)
        suited = [defect for defect in all_defects() if defect.suits(unit, period)]
        made += [(plant(defect, unit, period, own, words)[0], f"10993_{code}.xlsx") for defect in suited]
    return made
