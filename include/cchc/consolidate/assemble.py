"""Puts together everything that a consolidated report prints."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cchc.catalogue import periods, regimes
from cchc.catalogue.periods import ZONE, Period
from cchc.consolidate import special
from cchc.consolidate.carrying import carried
from cchc.consolidate.comparison import Compared, compare
from cchc.consolidate.coverage import coverage
from cchc.consolidate.editions import edition_number
from cchc.consolidate.notes import notes_before
from cchc.consolidate.past import Past
from cchc.consolidate.status import counts, statuses
from cchc.consolidate.targets import judge
from cchc.consolidate.totals import totals
from cchc.model.comparison import Comparison
from cchc.model.consolidation import (
    Consolidation,
    Contribution,
    Earlier,
    EarlierFile,
    Total,
    UnitFinding,
    UnitNarrative,
)
from cchc.model.observation import ValueState
from cchc.model.target import TargetResult
from cchc.store.sqlfiles import statement


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles: a country's cells hold none, and each search would walk over all of them again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_uncollected()
def assemble(
    connection: Connection,
    authority: str,
    period: Period,
    as_of: datetime,
    *,
    carry_forward: bool = False,
    mould: bytes = b"",
) -> Consolidation:
    """The consolidation of a period from the versions received up to ``as_of``; nothing is written.

    Args:
        connection: To the warehouse.
        authority: Unit code of the consolidating body.
        period: The period.
        as_of: Versions received up to this moment count.
        carry_forward: Show stocks with missing units carried forward beside the totals.
        mould: The installation's own template of the document, a Word file; empty where the packaged one serves.
    """
    asked = {"authority": authority, "period": period.code, "as_of": as_of}
    rows = statuses(connection, authority, period, as_of)
    names = {row.unit: row.name for row in rows}
    data_as_of = connection.scalar(statement("marts/data_as_of"), asked)
    made = totals(connection, authority, period, as_of)
    past = compare(Past(connection, authority, period.window_to, as_of), period, made)
    made = _with_previous(made, past.comparisons)
    draft = Consolidation(
        authority=authority,
        period=period.code,
        edition=0,
        as_of=as_of.astimezone(ZONE),
        data_as_of=data_as_of.astimezone(ZONE) if data_as_of else None,
        totals=made,
        statuses=rows,
        counts=counts(rows),
        contributions=_contributions(connection, asked),
        findings=_findings(connection, asked, names),
        narratives=_narratives(connection, asked, names),
        coverage=coverage(connection, authority, period, as_of, made),
        carried=carried(connection, authority, period, as_of, made) if carry_forward else None,
        mould=mould,
        notes=notes_before(connection, authority, periods.previous(period).code),
    )
    draft = replace(draft, targets=_judged(draft, period), **_told(past))
    draft = _with_special(connection, draft, period, as_of)
    return replace(draft, edition=edition_number(connection, draft))


def _told(past: Compared) -> dict[str, Any]:
    return {field.name: getattr(past, field.name) for field in fields(past)}


def _judged(draft: Consolidation, period: Period) -> tuple[TargetResult, ...]:
    wanted = regimes.targets_for(draft.authority, period.window_to)
    return judge(draft, wanted, regimes.authority(draft.authority, period.window_to).level, period)


def _with_special(connection: Connection, draft: Consolidation, period: Period, as_of: datetime) -> Consolidation:
    """The draft with the special rules of its regime, and the year whose index scores they look at."""
    terms = special.special_terms(draft.authority, period)
    if terms is None:
        return draft
    year = None
    if special.looks_at_index(terms):
        wanted = periods.parse(f"{period.year - 1}-Y")
        mine = (draft.authority, wanted.code)
        year = next((x for x in draft.earlier if (x.authority, x.period) == mine and not x.codes), None)
        year = year or earlier(connection, draft.authority, wanted, as_of)
    found = special.judge(connection, draft, terms, year)
    used = {behind.period for rule in found for item in rule.items for behind in item.behind if behind.period}
    more = (year,) if year and year.period in used and year not in draft.earlier else ()
    whole = {(one.authority, one.period) for one in more}
    kept = (x for x in draft.earlier if (x.authority, x.period) not in whole)
    return replace(draft, special=found, earlier=(*kept, *more))


def earlier(connection: Connection, authority: str, period: Period, as_of: datetime) -> Earlier:
    """Another period's totals and the cells behind them, as of the report's moment."""
    asked = {"authority": authority, "period": period.code, "as_of": as_of, "codes": None}
    files = tuple(EarlierFile(**row._mapping) for row in connection.execute(statement("marts/earlier_cells"), asked))
    return Earlier(authority, period.code, totals(connection, authority, period, as_of) if files else (), files)


def _with_previous(found: tuple[Total, ...], told: tuple[Comparison, ...]) -> tuple[Total, ...]:
    values = {one.indicator: one.before.value for one in told if one.against == "previous"}
    return tuple(replace(total, previous=values.get(total.indicator)) for total in found)


def _contributions(connection: Connection, asked: dict[str, Any]) -> tuple[Contribution, ...]:
    states = {state.value: state for state in ValueState}
    found = connection.execute(statement("marts/counting_observations"), asked, execution_options={"yield_per": 10_000})
    # The query names its columns in the order of the fields: a country has hundreds of thousands of rows.
    return tuple(
        Contribution(code, unit, version, sheet, cell, value, states[state], raw, read_as)
        for code, unit, version, sheet, cell, value, state, raw, read_as in found
    )


def _findings(connection: Connection, asked: dict[str, Any], names: dict[str, str]) -> tuple[UnitFinding, ...]:
    found = connection.execute(statement("marts/unit_findings"), asked).mappings()
    return tuple(UnitFinding(unit=row["unit_code"], unit_name=names[row["unit_code"]], **_rest(row)) for row in found)


def _narratives(connection: Connection, asked: dict[str, Any], names: dict[str, str]) -> tuple[UnitNarrative, ...]:
    found = connection.execute(statement("marts/unit_narratives"), asked).mappings()
    return tuple(UnitNarrative(unit=row["unit_code"], unit_name=names[row["unit_code"]], **_rest(row)) for row in found)


def _rest(row: Any) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "unit_code"}
