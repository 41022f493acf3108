"""Words of the reports, read from the catalogue: labels, columns of tables, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cchc.catalogue.tables import rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table.

    Attributes:
        key: What it shows.
        heading: As printed.
        width: Characters in a workbook, millimetres in a document.
        kind: How a cell is shown (``text``, ``center``, ``figure`` …).
    """

    key: str
    heading: str
    width: float
    kind: str


@cache
def _labels() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("report_texts_labels")}


def label(key: str, **values: object) -> str:
    """A label with its placeholders filled.

    Raises:
        KeyError: If the catalogue has no such label.
    """
    text = _labels()[key]
    return text.format(**values) if values else text


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Columns of a table in printed order."""
    return tuple(
        Column(row["key"], row["heading"], float(row["width"]), row["kind"])
        for row in rows("report_texts_columns")
        if row["table"] == table
    )


def explanations() -> tuple[tuple[str, str], ...]:
    """Heading and text of each paragraph that explains where figures come from."""
    return tuple((row["heading"], row["text"]) for row in rows("report_texts_sources"))
