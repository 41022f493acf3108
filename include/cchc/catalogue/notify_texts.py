"""Words of the reply to the sender: what is written into a returned workbook is found again when it comes back."""

from __future__ import annotations

from functools import cache

from cchc.catalogue.tables import rows

LIST_COLUMNS = (
    "number",
    "severity",
    "place",
    "code",
    "name",
    "message",
    "found",
    "expected",
    "fix",
    "explanation",
    "rule",
)
"""Columns of the sheet Cần sửa, in its order; their headings are the texts ``column_<name>``."""
MARKER = "◄ "
"""What every marker beside a row begins with; a cell that begins so is no part of the form."""


def text(key: str, **values: object) -> str:
    """A sentence of ``notify_texts.csv`` with its placeholders filled.

    Raises:
        KeyError: If the table has no such key.
    """
    return _texts()[key].format(**values) if values else _texts()[key]


def known(key: str) -> bool:
    """True where the table has such a key."""
    return key in _texts()


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("notify_texts")}
