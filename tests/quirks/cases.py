"""The cases as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
CONTAINERS = ("xlsx", "xls", "ods", "html", "docx", "csv")


@dataclass(frozen=True)
class Case:
    """A row of ``cases.csv``.

    Attributes:
        quirk: Row of domain 5.1.
        name: Of the workbook: its defect.
        edit: What is done to a sound form, see ``workbooks.py``.
        changes: Where and what: ``code=content`` and the like, separated by `` | ``.
        at: Code of the figure that is looked at; empty where every figure must be as in the sound form.
        expected: Its value, ``missing``, ``nothing`` or ``0 nothing``.
        rules: What is found, apart from what the container itself is told; in any order.
        containers: Where the quirk can occur.
        says: The quirk in words.
    """

    quirk: int
    name: str
    edit: str
    changes: tuple[tuple[str, str], ...]
    at: str
    expected: str
    rules: tuple[str, ...]
    containers: tuple[str, ...]
    says: str

    def __str__(self) -> str:
        return f"{self.quirk:02d}_{self.name}"


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((part.partition("=")[0], part.partition("=")[2]) for part in text.split(" | ") if part)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case in the table's order."""
    with (HERE / "cases.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            Case(
                int(row["quirk"]),
                row["name"],
                row["edit"],
                _pairs(row["changes"]),
                row["at"],
                row["expected"],
                tuple(sorted(row["rules"].split())),
                CONTAINERS if row["containers"] == "all" else tuple(row["containers"].split()),
                row["says"],
            )
            for row in csv.DictReader(handle)
        )


@cache
def quirks() -> dict[int, str]:
    """The rows of domain 5.1 in words."""
    with (HERE / "quirks.csv").open(encoding="utf-8", newline="") as handle:
        return {int(row["quirk"]): row["says"] for row in csv.DictReader(handle)}


@cache
def senseless() -> dict[tuple[int, str], str]:
    """Why a quirk cannot occur in a container."""
    with (HERE / "senseless.csv").open(encoding="utf-8", newline="") as handle:
        return {(int(row["quirk"]), row["container"]): row["why"] for row in csv.DictReader(handle)}
