"""What special rules are judged from, as plain values: registers, figures of units and totals, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from cchc.catalogue.periods import ZONE, Period
from cchc.catalogue.regime_terms import Duty
from cchc.catalogue.special import day_words, words
from cchc.model.register import Entry, RegisterVersion
from cchc.model.special import Behind

HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A unit's figure; ``period`` is empty for the report's own."""

    value: Decimal
    period: str = ""


@dataclass(frozen=True)
class Material:
    """Everything that the rules of one report are judged from.

    Attributes:
        authority: Unit code of the consolidating body.
        body: Its name.
        period: The report's period.
        as_of: The moment at which duties stand.
        register: The workbook of registers that counts, or None where none came.
        figures: The units' own figures of the period, by unit and code.
        scores: Their figures of the year whose index was published, by unit and code.
        totals: The authority's figures, by code; None where nothing can be said.
        names: Names of units by code.
        offices: Codes of units that speak for the authority itself.
        duties: The regime's obligations by id.
    """

    authority: str
    body: str
    period: Period
    as_of: datetime
    register: RegisterVersion | None
    figures: Mapping[str, Mapping[str, Figure]]
    totals: Mapping[str, Decimal | None]
    names: Mapping[str, str]
    scores: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    offices: frozenset[str] = frozenset()
    duties: Mapping[str, Duty] = field(default_factory=dict)

    @cached_property
    def cut(self) -> date:
        """The day on which lists stand: the last of the window, or the day asked where that is earlier."""
        return min(self.period.window_to, self.as_of.astimezone(ZONE).date())

    def entries(self, register: str) -> tuple[Entry, ...]:
        """Entries of a register, none where it is not kept."""
        return self.register.of(register) if self.register else ()

    def kept(self, register: str) -> bool:
        """True where the register is kept: only then its emptiness says something."""
        return self.register is not None and self.register.known(register)

    def name(self, unit: str) -> str:
        """A unit's name."""
        return self.body if unit == self.authority else self.names.get(unit, unit)

    def owner(self, unit: str) -> str:
        """Whose figure counts a unit's entries: the authority's own for its offices."""
        return self.authority if unit in self.offices else unit

    def given(self, owner: str, code: str) -> Figure | None:
        """The owner's figure; that of the office in charge where the owner is the authority."""
        mine = (owner, *sorted(self.offices)) if owner == self.authority else (owner,)
        return next((found for unit in mine if (found := self.figures.get(unit, {}).get(code))), None)

    def giver(self, owner: str, code: str) -> str:
        """The unit whose cell :meth:`given` is."""
        mine = (owner, *sorted(self.offices)) if owner == self.authority else (owner,)
        return next((unit for unit in mine if code in self.figures.get(unit, {})), owner)

    def cited(self, entry: Entry, key: str, role: str = "datum", value: Decimal | None = None) -> Behind:
        """A cell of a register as what a figure rests on."""
        cell = entry.cells[key]
        place = f"{entry.sheet}!{cell.cell}"
        return Behind(role, value, place=place, source=self._source(place, cell.raw))

    def listed(self, entry: Entry, role: str = "counted") -> Behind:
        """A line of a register that is counted."""
        first = next(iter(entry.cells.values()))
        place = f"{entry.sheet}!{first.cell}"
        return Behind(role, Decimal(1), place=place, source=self._source(place, first.raw))

    def _source(self, place: str, raw: str) -> str:
        assert self.register is not None  # an entry is of a register
        file, digest = self.register.file_name, self.register.sha256[:HASH_LENGTH]
        return words("register_source", file=file, digest=digest, place=place, raw=raw, year=self.register.year)


def last_good_day(duty: Duty | None, year: int) -> date | None:
    """The last day on which a duty is fulfilled on time in a year; None where the clause names no day of that year."""
    if duty is None or duty.due_date is None or duty.due_date.year != year:
        return None
    return duty.due_date if duty.inclusive else duty.due_date - timedelta(days=1)


def due_status(days: Iterable[date | None], last: date | None, as_of: datetime) -> str:
    """Where a duty of one or more papers stands: ``submitted``, ``late``, ``missing``, ``not_due`` or ``no_due_day``.

    A paper dated after the moment asked has not come yet. Without a due day nothing is late or missing.
    """
    today = as_of.astimezone(ZONE).date()
    came = [day if day and day <= today else None for day in days]
    if all(came):
        return "late" if last and any(day and day > last for day in came) else "submitted"
    if last is None:
        return "no_due_day"
    return "missing" if today > last else "not_due"


def days_late(done: date, last: date) -> str:
    """``muộn 3 ngày``."""
    return words("days_late", number=(done - last).days)


def said(day: date | None) -> str:
    """A day as printed, or that there is none."""
    return day_words(day) if day else words("no_day")
