"""Reads the catalogue's CSV files."""

from __future__ import annotations

import csv
from functools import cache

from cchc.settings import DATA


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``catalogue/data/<name>.csv`` as dictionaries of text.

    Raises:
        FileNotFoundError: If the catalogue has no such table.
    """
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))
