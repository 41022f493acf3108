"""How values are said to an office reader: labels from ``data/labels.csv``, Vietnamese numbers and moments."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from cchc.catalogue import periods

LABELS = Path(__file__).with_name("data") / "labels.csv"


@cache
def labels(group: str) -> dict[str, str]:
    """The labels of a group by key, in the order of the file."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row["text"] for row in csv.DictReader(lines) if row["group"] == group}


def label(key: str | None, group: str) -> str:
    """The label of a key; empty where there is no key."""
    return labels(group)[key] if key else ""


def moment(value: datetime | str | None) -> str:
    """``09/09/2026 16:05`` on the clock of the province; empty for none."""
    if not value:
        return ""
    parsed = datetime.fromisoformat(value) if isinstance(value, str) else value
    return parsed.astimezone(periods.ZONE).strftime("%d/%m/%Y %H:%M")


def number(value: int) -> str:
    """``1.813``."""
    return f"{value:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """``94,7%``; empty where there is no whole."""
    return f"{Decimal(100 * part) / whole:.1f}%".replace(".", ",") if whole else ""


def span(hours: int) -> str:
    """``2 ngày 5 giờ``; empty for no time."""
    days, rest = divmod(hours, 24)
    words = labels("span")
    parts = [words["day"].format(number(days))] * bool(days) + [words["hour"].format(rest)] * bool(rest)
    return " ".join(parts)


def period_label(code: str) -> str:
    """``Quý III năm 2026``."""
    text = periods.parse(code).label
    return text[:1].upper() + text[1:]


def due_text(code: str, authority: str) -> str:
    """``24:00 ngày 10/09/2026``: when a period's reports to that authority are due."""
    return periods.under(periods.parse(code), authority).due_text
