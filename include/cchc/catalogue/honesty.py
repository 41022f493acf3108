"""Limits of the checks that look for copies, jumps and outliers.

Source: ``honesty.csv``; each is a proposal until the authority has tried it on reports of its own.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from cchc.catalogue.tables import rows


@cache
def limits() -> dict[str, Decimal]:
    """Every limit by its key."""
    return {row["key"]: Decimal(row["value"]) for row in rows("honesty")}
