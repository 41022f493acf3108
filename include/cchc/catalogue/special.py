"""Words about special obligations: reasons, statuses, outcomes. Source: ``special_texts.csv``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from cchc.catalogue.tables import rows


def words(key: str, **facts: object) -> str:
    """A sentence or word with its facts filled in.

    Raises:
        KeyError: If the catalogue has none of that key.
    """
    return _texts()[key].format(**facts) if facts else _texts()[key]


def upper(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def day_words(day: date) -> str:
    """``14/4/2023``."""
    return f"{day.day}/{day.month}/{day.year}"


def number_words(value: Decimal, places: int = 2) -> str:
    """Vietnamese notation, rounded to at most that many decimals."""
    shown = f"{value:,.{places}f}"
    whole, _, decimals = shown.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("special_texts")}
