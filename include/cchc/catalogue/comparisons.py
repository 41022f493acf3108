"""Settings and words of comparisons over time: ``comparison_limits.csv`` and ``comparison_texts.csv``."""

from __future__ import annotations

from functools import cache

from cchc.catalogue.tables import rows


@cache
def limit(key: str) -> int:
    """A setting of ``comparison_limits.csv``.

    Raises:
        StopIteration: If there is none of that name.
    """
    return next(int(row["value"]) for row in rows("comparison_limits") if row["key"] == key)


def why(key: str, **values: object) -> str:
    """A reason or remark in Vietnamese with its placeholders filled.

    Raises:
        KeyError: If the catalogue has no such text.
    """
    return _texts()[key].format(**values)


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("comparison_texts")}
