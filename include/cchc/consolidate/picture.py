"""How versions, findings, totals and reports stand at one moment, and what differs between two such pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.consolidate.assemble import assemble
from cchc.consolidate.editions import inputs_of
from cchc.model.consolidation import Total
from cchc.model.finding import Finding, Severity
from cchc.model.rereading import EditionChange, FigureChange, Standing, TotalChange, VersionChange
from cchc.store.sqlfiles import statement
from cchc.store.tables import edition, finding

Figures = Mapping[UUID, tuple[tuple[FigureChange, ...], int]]
_NAMES = tuple(field.name for field in fields(Finding))


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands in some periods.

    Attributes:
        versions: Every judged version of them, in order.
        findings: Findings by version.
        inputs: What each authority's report would be made from, by authority and period.
        totals: Totals by authority, period and indicator.
        numbers: The latest edition by authority and period.
    """

    versions: dict[UUID, Row[Any]]
    findings: dict[UUID, list[Finding]]
    inputs: dict[tuple[str, str], str]
    totals: dict[tuple[str, str, str], Total]
    numbers: dict[tuple[str, str], int]


def picture(connection: Connection, codes: Collection[str], as_of: datetime) -> Picture:
    """How some periods stand, as the connection sees them."""
    asked = {"periods": sorted(codes)}
    versions = {row.submission_id: row for row in connection.execute(statement("marts/standing"), asked)}
    found = Picture(versions, _findings(connection, list(versions)), {}, {}, _numbers(connection))
    for authority, code in connection.execute(statement("marts/reporting_authorities")).all():
        if code in codes:
            made = assemble(connection, authority, periods.parse(code), as_of)
            found.inputs[authority, code] = inputs_of(made)
            found.totals.update({(authority, code, total.indicator): total for total in made.totals})
    return found


def version_changes(before: Picture, after: Picture, figures: Figures) -> tuple[VersionChange, ...]:
    """Versions that stand otherwise in the second picture."""
    return tuple(_version_changes(before, after, figures))


def total_changes(before: Picture, after: Picture) -> tuple[TotalChange, ...]:
    """Totals that moved, or are made from more or fewer units."""
    places = sorted(before.totals.keys() | after.totals.keys(), key=_in_order)
    pairs = ((place, _total(before.totals.get(place)), _total(after.totals.get(place))) for place in places)
    return tuple(TotalChange(*place, *old, *new) for place, old, new in pairs if old != new)


def edition_changes(before: Picture, after: Picture) -> tuple[EditionChange, ...]:
    """Reports already made whose inputs moved."""
    places = sorted(before.inputs.keys() | after.inputs.keys())
    return tuple(
        EditionChange(*place, before.numbers[place])
        for place in places
        if place in before.numbers and before.inputs.get(place) != after.inputs.get(place)
    )


def _version_changes(before: Picture, after: Picture, figures: Figures) -> Iterator[VersionChange]:
    for identity, old in before.versions.items():
        new = after.versions.get(identity)
        if new is None:
            continue
        added = _without(after.findings.get(identity, []), before.findings.get(identity, []))
        removed = _without(before.findings.get(identity, []), after.findings.get(identity, []))
        changed, reread = figures.get(identity, ((), 0))
        stands, will = _standing(old), _standing(new)
        if stands != will or added or removed or changed or reread:
            yield VersionChange(identity, old.file_name, old.received_at, stands, will, added, removed, changed, reread)


def _standing(row: Row[Any]) -> Standing:
    return Standing(row.unit, row.period, row.verdict, row.counts)


def _without(findings: list[Finding], others: list[Finding]) -> tuple[Finding, ...]:
    """Findings that have no equal among the others; words alone make no difference."""
    rest = [_place(other) for other in others]
    kept = []
    for item in findings:
        if _place(item) in rest:
            rest.remove(_place(item))
        else:
            kept.append(item)
    return tuple(kept)


def _place(item: Finding) -> tuple[str, ...]:
    return (item.rule, item.severity, item.sheet, item.cell, item.indicator, item.found, item.expected)


def _total(total: Total | None) -> tuple[Any, str, int]:
    return (total.value, total.text, total.reported) if total else (None, "", 0)


def _in_order(place: tuple[str, str, str]) -> tuple[str, str, int]:
    authority, period, code = place
    return authority, period, by_code()[code].position


def _findings(connection: Connection, ids: list[UUID]) -> dict[UUID, list[Finding]]:
    found: dict[UUID, list[Finding]] = {}
    columns = [finding.c[name] for name in _NAMES]
    query = select(finding.c.submission_id, *columns).where(finding.c.submission_id.in_(ids))
    for row in connection.execute(query.order_by(finding.c.submission_id, finding.c.scope, finding.c.seq)).mappings():
        told = {name: row[name] for name in _NAMES} | {"severity": Severity(row["severity"])}
        found.setdefault(row["submission_id"], []).append(Finding(**told))
    return found


def _numbers(connection: Connection) -> dict[tuple[str, str], int]:
    query = select(edition.c.authority, edition.c.period_code, func.max(edition.c.number))
    rows = connection.execute(query.group_by(edition.c.authority, edition.c.period_code))
    return {(authority, code): number for authority, code, number in rows}
