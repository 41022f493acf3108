"""A quarter of the whole country in a warehouse of its own: 3,321 communes and 479 departments under one authority.

Real codes and names are those of the two cities of the catalogue, over and over with numbers of their own; figures and
narratives are the sample's, a pure function of seed, unit and period. The half-year before is there too, so that
comparison and weights have what they compare with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from cchc import load
from cchc.catalogue import forms, periods, units
from cchc.catalogue.indicators import by_code
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit
from cchc.load import rows
from cchc.sample.calendar import received_at
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.store import engine as warehouse

AUTHORITY = "31"
COMMUNES, DEPARTMENTS = 3321, 479
MISSING = 20
"""One unit in so many has not sent the quarter's report."""
SEED = 7
_FINDINGS = 5
_SUBMISSION = (
    "submission_id, sha256, file_name, size, received_at, channel, sender, unit_code, period_code, form, form_version, "
    "verdict, figures, zeros, content_sha256, judged_sha256, loaded_sha256"
)


def enlarge() -> None:
    """Put the country's units in place of the city's, for this process alone."""
    day = date(2026, 9, 14)
    # The real ones stay for the catalogue's references, but owe nobody anything.
    real = [unit if unit.code == AUTHORITY else replace(unit, authority="") for unit in units.all_units()]
    made = (*real, *_like("commune", COMMUNES, day), *_like("department", DEPARTMENTS, day))
    units.all_units = lambda: made  # type: ignore[assignment]
    units._by_code.cache_clear()


def build(engine: Engine, codes: tuple[str, ...]) -> int:
    """Load the periods; return how many figures the last one holds."""
    warehouse.migrate(engine)
    load.load_catalogue(engine)
    for code in codes:
        _load(engine, periods.parse(code), short=code == codes[-1])
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
        query = text("SELECT count(*) FROM fct_observation WHERE period_code = :code")
        return int(connection.scalar(query, {"code": codes[-1]}) or 0)


PATTERNS: dict[str, Unit] = {}
"""Whose places and words a made-up unit writes about."""


def _like(form: str, number: int, day: date) -> Iterator[Unit]:
    patterns = [unit for unit in units.all_units() if unit.form == form and unit.valid_on(day)]
    for place, pattern in zip(range(number), cycle(patterns), strict=False):
        code = f"{40000 + place}" if form == "commune" else f"31-D{place:03d}"
        PATTERNS[code] = pattern
        yield replace(pattern, code=code, name=f"{pattern.name} {place}", authority=AUTHORITY)


def _load(engine: Engine, period: Period, *, short: bool) -> None:
    load.ensure_period(engine, period)
    senders = units.units_of(AUTHORITY, period.window_to)
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        given = [(place, unit) for place, unit in enumerate(senders) if not (short and place % MISSING == 1)]
        told = {unit.code: figures(SEED, unit, period) for _, unit in given}
        with driver.cursor() as cursor:
            _copy(cursor, f"submission ({_SUBMISSION})", (_file(place, unit, period) for place, unit in given))
            columns = ", ".join(rows.FIGURE_COLUMNS)
            seen = (line for _, unit in given for line in _figures(unit, period, told[unit.code]))
            _copy(cursor, f"fct_observation ({columns})", seen)
            words = (line for _, unit in given for line in _words(unit, period, told[unit.code]))
            _copy(cursor, "narrative (submission_id, section, text, sheet, cell)", words)
            _copy(cursor, "finding", (_finding(unit, period) for place, unit in given if place % _FINDINGS == 0))


def _copy(cursor: Any, target: str, lines: Iterator[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def _identity(unit: Unit, period: Period) -> UUID:
    return UUID(_hash(unit, period)[:32])


def _hash(unit: Unit, period: Period) -> str:
    return hashlib.sha256(f"{unit.code}{period.code}".encode()).hexdigest()


def _file(place: int, unit: Unit, period: Period) -> tuple[Any, ...]:
    late = place % 11 == 3
    at = received_at(SEED, unit.code, period, late)
    name, digest = f"{unit.code}_{period.code}.xlsx", _hash(unit, period)
    verdict = "accepted_with_warnings" if place % _FINDINGS == 0 else "accepted"
    form = forms.form(unit.form, period.kind)
    told = (verdict, len(form.rows), 0, digest, digest, digest)
    return (_identity(unit, period), digest, name, 30000, at, "folder", "", unit.code, period.code, form.id, "1", *told)


def _figures(unit: Unit, period: Period, told: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    identity = _identity(unit, period)
    for place, (code, value) in enumerate(told.items(), start=8):
        words = not isinstance(value, Decimal)
        read = ("confirmed_zero", "nothing_arose") if words else ("reported", "number")
        number = Decimal(0) if words else value
        sheet = f"{by_code()[code].area}. Biểu số liệu"
        yield identity, period.code, unit.code, code, number, read[0], sheet, f"E{place}", str(value), read[1]


def _words(unit: Unit, period: Period, told: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    identity, pattern, seed = _identity(unit, period), PATTERNS.get(unit.code, unit), int(_hash(unit, period)[:6], 16)
    for place, (section, said) in enumerate(narrative(seed, pattern, period, told).items(), start=5):
        yield identity, section, said, "Thuyết minh", f"C{place}"


def _finding(unit: Unit, period: Period) -> tuple[Any, ...]:
    message = "Số tăng trên 50% so với kỳ trước, cần giải trình."
    place = ("3. Biểu số liệu", "E12", "3.4.1", "1.250", "không quá 900")
    return (_identity(unit, period), "cross", 0, "x06", "warning", *place, message, "Kiểm tra lại, ghi lời giải trình.")


def moment(period: Period) -> datetime:
    """When all of it has come in."""
    return period.due_at + timedelta(days=20)
