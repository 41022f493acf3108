"""How far the reader goes in recognising what was changed.

Source: ``reading_limits.csv``.
"""

from __future__ import annotations

from functools import cache

from cchc.catalogue.tables import rows


@cache
def limit(key: str) -> int:
    """The limit of that name.

    Raises:
        KeyError: If the table has none.
    """
    return {row["key"]: int(row["value"]) for row in rows("reading_limits")}[key]
