"""Reporting periods: code, data window, basis, due moment.

Sources: ``report_kinds.csv`` (581/BNV-CCHC) and the regime's due rule. The clock is Asia/Ho_Chi_Minh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from cchc.catalogue.period_words import mentions
from cchc.catalogue.regimes import Due, regime, regime_of
from cchc.catalogue.tables import rows
from cchc.settings import TIME_ZONE

ZONE = ZoneInfo(TIME_ZONE)
_HISTORY_YEARS = 3
_CODE = re.compile(r"(20\d\d)-(Q[1-4]|H1|Y)")


class UnknownPeriodError(ValueError):
    """The text names no period of the regime."""


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period.

    Attributes:
        code: ``2026-Q3``.
        kind: ``Q1``, ``H1``, ``Q3`` or ``Y``.
        year: Reporting year.
        window_from: First day of the data window, inclusive.
        window_to: Last day of the data window, inclusive.
        basis: ``cumulative`` from the year's start, or ``period`` only.
        due_at: Last moment that is on time: 24:00 of the 10th is 00:00 of the 11th.
        name: As printed in a form (``Quý III``).
        title: As used inside a sentence (``quý III``), without the year.
    """

    code: str
    kind: str
    year: int
    window_from: date
    window_to: date
    basis: str
    due_at: datetime
    name: str
    title: str

    @property
    def label(self) -> str:
        """``quý III năm 2026``; ``6 tháng đầu năm 2026``; ``năm 2026`` for the yearly report."""
        return f"{self.title} {self.year}" if self.title.endswith("năm") else f"{self.title} năm {self.year}"

    @property
    def due_text(self) -> str:
        """The due moment as people say it: ``24:00 ngày 10/9/2026``."""
        last_day = (self.due_at - timedelta(seconds=1)).date()
        return f"24:00 ngày {last_day.day:02d}/{last_day.month:02d}/{last_day.year}"


@cache
def parse(code: str) -> Period:
    """The period that ``code`` names; ``2026-Q2`` is read as ``2026-H1`` where the regime says so.

    Raises:
        UnknownPeriodError: If the code is malformed or the regime has no such report.
    """
    match = _CODE.fullmatch(code.strip().upper())
    if not match:
        raise UnknownPeriodError(f"not a period code: {code!r}")
    rules = regime()
    year, kind = int(match[1]), rules.kind_aliases.get(match[2], match[2])
    if kind not in rules.kinds:
        raise UnknownPeriodError(f"the regime has no report {kind}")
    return _period(year, kind)


def spoken(text: str, year: int | None = None) -> tuple[Period, ...]:
    """Reports of the regime that a text names in any spelling, ``Quý III/2026`` or ``6T đầu năm 2026``, in its order.

    Args:
        text: Of a cell, a title or a file name.
        year: Taken where the text names none; without it such a mention is no answer.
    """
    named = [(mention.year or year, mention.kind) for mention in mentions(text)]
    rules = regime()
    wanted = [(year, rules.kind_aliases.get(kind, kind)) for year, kind in named if year]
    return tuple(dict.fromkeys(_period(year, kind) for year, kind in wanted if kind in rules.kinds))


def names_another(text: str, period: Period) -> bool:
    """True where a text names reports and ``period`` is none of them; a year that it leaves out is not held against it.

    A month is no report: it may be the month of signing.
    """
    named = [mention for mention in mentions(text) if mention.kind != "M"]
    aliases = regime().kind_aliases
    return bool(named) and not any(
        aliases.get(mention.kind, mention.kind) == period.kind and mention.year in (None, period.year)
        for mention in named
    )


def previous(period: Period) -> Period:
    """The report that precedes this one in the regime's calendar."""
    kinds = regime().kinds
    index = kinds.index(period.kind)
    return _period(period.year, kinds[index - 1]) if index else _period(period.year - 1, kinds[-1])


def opening_source(period: Period) -> Period:
    """The period whose closing stock opens this one.

    A cumulative window opens at the year's start, so its source is last year's ``Y``; ``Q3`` opens where ``H1``
    closed (data README, identities).
    """
    if period.basis == "cumulative":
        return _period(period.year - 1, "Y")
    return previous(period)


def calendar(first_year: int, last_year: int) -> tuple[Period, ...]:
    """Every period of the regime in those years, in order."""
    return tuple(_period(y, k) for y in range(first_year, last_year + 1) for k in regime().kinds)


def history(period: Period) -> tuple[Period, ...]:
    """The reports before this one that a unit's own history is made of: those of this year and of the three before."""
    return tuple(p for p in calendar(period.year - _HISTORY_YEARS, period.year) if p.window_to < period.window_to)


def next_due(moment: datetime) -> Period:
    """The report that is due next at that moment, the one due at that very moment included."""
    return next(period for period in calendar(moment.year, moment.year + 1) if moment <= period.due_at)


def due_moment(period: Period, due: Due) -> datetime:
    """The last moment on time under a due rule: "trước ngày 10" ends with the 9th, "chậm nhất ngày 10" with it."""
    row = next(r for r in rows("report_kinds") if r["kind"] == period.kind)
    return _moment(period.year, int(row["last_month"]), due)


def under(period: Period, authority: str) -> Period:
    """The period with the due moment that holds for those who report to an authority; the default one's for others."""
    try:
        due = regime_of(authority, period.window_to).due
    except KeyError:
        return period
    return replace(period, due_at=due_moment(period, due))


def _moment(year: int, month: int, due: Due) -> datetime:
    last_good = date(year, month, due.day) - timedelta(days=0 if due.inclusive else 1)
    return datetime.combine(last_good + timedelta(days=1), time(0), ZONE)


@cache
def _period(year: int, kind: str) -> Period:
    row = next(r for r in rows("report_kinds") if r["kind"] == kind)
    return Period(
        code=f"{year}-{kind}",
        kind=kind,
        year=year,
        window_from=date.fromisoformat(f"{year + int(row['window_from_year'])}-{row['window_from_md']}"),
        window_to=date.fromisoformat(f"{year}-{row['window_to_md']}"),
        basis=row["basis"],
        due_at=_moment(year, int(row["last_month"]), regime().due),
        name=row["name"],
        title=row["title"],
    )
