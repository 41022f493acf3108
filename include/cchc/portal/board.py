"""The board of units: where each obligation stands, filtered and searched, the worst first."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc.portal.wording import labels

_SENT = ("reported", "confirmed_zero")
_RETURNED = ("rejected", "unreadable")


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation as the board shows it.

    Attributes:
        unit: Unit code.
        name: Unit name.
        kind: Form it owes.
        standing: Key of the labels ``standing``.
        zero: True where the unit confirmed that nothing arose.
        received_at: ISO moment of the receipt that counts, or None.
        late_hours: Hours after the due moment: of the receipt, or so far where nothing acceptable came.
        versions: Files received.
        verdict: Of the version that counts, or None.
        findings: Number of findings on it.
        newer_returned: True where a newer version than the one that counts came back faulty.
    """

    unit: str
    name: str
    kind: str
    standing: str
    zero: bool
    received_at: str | None
    late_hours: int
    versions: int
    verdict: str | None
    findings: int
    newer_returned: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader asked to see; an empty field asks for all, and so does an unknown word."""

    state: str = ""
    kind: str = ""
    search: str = ""

    def admits(self, row: Row) -> bool:
        """True for a row that is to be shown."""
        return self.state in ("", row.standing) and self.kind in ("", row.kind) and self._names(row)

    def query(self, period: str, **instead: str) -> dict[str, str]:
        """Words of the address that ask for this, with some of them put otherwise."""
        return {"period": period, "state": self.state, "kind": self.kind, "q": self.search} | instead

    def _names(self, row: Row) -> bool:
        text = plain(f"{row.name} {row.unit}")
        return all(word in text for word in plain(self.search).split())


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows.

    Attributes:
        period: Period code.
        as_of: ISO moment that the board speaks of.
        expected: Obligations, the exempt ones not counted.
        sent: Obligations met, on time or late.
        counts: Number of obligations by standing.
        kinds: Kinds of units that owe something.
        rows: Those asked for, the worst first.
        total: Rows before filtering.
        unidentified: Files of which no unit or period could be made out: ``file_name``, ``received_at``, ``reason``.
    """

    period: str
    as_of: str
    expected: int
    sent: int
    counts: dict[str, int]
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    unidentified: tuple[dict[str, Any], ...] = ()


def make(status: dict[str, Any], wanted: Filter) -> Board:
    """The board from the document of ``cchc status``."""
    overdue = _hours_between(status["due_at"], status["as_of"])
    rows = [_row(unit, overdue) for unit in status["units"]]
    order = list(labels("standing"))
    ranked = sorted(filter(wanted.admits, rows), key=lambda row: (order.index(row.standing), -row.late_hours))
    kinds = {row.kind for row in rows}
    return Board(
        period=status["period"],
        as_of=status["as_of"],
        expected=status["expected"],
        sent=status["on_time"] + status["late"],
        counts={standing: status[standing] for standing in order},
        kinds=tuple(kind for kind in labels("kind") if kind in kinds),
        rows=tuple(ranked),
        total=len(rows),
        unidentified=tuple(status.get("unidentified", ())),
    )


def find(status: dict[str, Any], unit: str) -> Row | None:
    """The obligation of one unit, or None where it owes nothing to this authority."""
    overdue = _hours_between(status["due_at"], status["as_of"])
    return next((_row(found, overdue) for found in status["units"] if found["unit"] == unit), None)


def asked(state: str, kind: str, search: str) -> Filter:
    """A filter from words of the address; what nobody offers is left out."""
    return Filter(
        state if state in labels("standing") else "",
        kind if kind in labels("kind") else "",
        " ".join(search.split())[:100],
    )


def plain(text: str) -> str:
    """Lower case without diacritics: ``Đồ Sơn`` and ``do son`` are the same."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _row(unit: dict[str, Any], overdue: int) -> Row:
    standing = _standing(unit)
    return Row(
        unit=unit["unit"],
        name=unit["name"],
        kind=unit["kind"],
        standing=standing,
        zero=unit["state"] == "confirmed_zero",
        received_at=unit["received_at"],
        late_hours=overdue if standing in ("missing", "rejected") else unit["late_by_hours"],
        versions=unit["versions"],
        verdict=unit["verdict"],
        findings=unit["findings"],
        newer_returned=unit["state"] in _SENT and unit.get("latest_verdict") in _RETURNED,
    )


def _standing(unit: dict[str, Any]) -> str:
    """A unit whose file was refused has been sent back, before and after the due moment."""
    if unit["state"] in _SENT:
        return "late" if unit["late_by_hours"] else "on_time"
    if unit["state"] != "exempt" and unit["verdict"]:
        return "rejected"
    return str(unit["state"])


def _hours_between(due_at: str, as_of: str) -> int:
    passed = datetime.fromisoformat(as_of) - datetime.fromisoformat(due_at)
    return max(0, math.ceil(passed.total_seconds() / 3600))
