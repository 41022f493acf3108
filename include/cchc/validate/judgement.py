"""Judges files that came together, as one batch."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc.catalogue.rules import rules
from cchc.model.submission import Judged, Reading, verdict_of
from cchc.validate import figures, issues, relations
from cchc.validate.gate import broken
from cchc.validate.hit import Hit, outspoken
from cchc.validate.scope import scope_of

if TYPE_CHECKING:
    import pandas as pd


def judge(readings: Sequence[Reading]) -> list[Judged]:
    """Every file's findings and verdict, in the order given; no database and no clock.

    All files go through Great Expectations in one run per suite, never one run per file.
    """
    hits: list[list[Hit]] = [[] for _ in readings]
    for spoken in (_remarks(readings), _figures(readings), _relations(readings), _files(readings)):
        for reading, hit in spoken:
            hits[reading].append(hit)
    return [_judged(reading, found) for reading, found in zip(readings, hits, strict=True)]


def frames(readings: Sequence[Reading]) -> dict[str, pd.DataFrame]:
    """The frame of each suite, as the batch is judged."""
    return {
        issues.SUITE: issues.frame(readings),
        figures.SUITE: figures.frame(readings),
        relations.SUITE: relations.frame([relations.evaluate(reading) for reading in readings]),
        "submission": _submissions(readings),
    }


Spoken = list[tuple[int, Hit]]


def _remarks(readings: Sequence[Reading]) -> Spoken:
    found = broken(issues.SUITE, issues.frame(readings))
    return [(n, issues.hit(rule, readings[n].issues[row])) for rule, (n, row) in found]


def _figures(readings: Sequence[Reading]) -> Spoken:
    found = broken(figures.SUITE, figures.frame(readings))
    return [(n, figures.hit(rule, readings[n].observations[row])) for rule, (n, row) in found]


def _relations(readings: Sequence[Reading]) -> Spoken:
    evaluated = [relations.evaluate(reading) for reading in readings]
    addressed = [{(item.rule, slot): item for slot, item in relations.slots(items)} for items in evaluated]
    found = broken(relations.SUITE, relations.frame(evaluated))
    return [(n, relations.hit(addressed[n][rule, slot])) for rule, (n, slot) in found]


def _files(readings: Sequence[Reading]) -> Spoken:
    return [(n, Hit(rule)) for rule, (n, _) in broken("submission", _submissions(readings))]


def _submissions(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per file that carries our form."""
    import pandas as pd

    rows = [
        {"reading": n, "row": 0, "figures_given": Decimal(_given(reading))}
        for n, reading in enumerate(readings)
        if reading.observations
    ]
    return pd.DataFrame(rows, columns=["reading", "row", "figures_given"])


def _given(reading: Reading) -> int:
    """Cells that their sender filled in, whatever with; a cell that is not understood is not an empty form."""
    return sum(1 for o in reading.observations if not o.computed and (o.value is not None or o.raw))


def _judged(reading: Reading, hits: Sequence[Hit]) -> Judged:
    findings = tuple(hit.finding(reading.period) for hit in outspoken(_in_force(reading, hits)))
    return Judged(reading, verdict_of(reading.readable, findings), findings)


def _in_force(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Hits of rules that apply to the period of the file; all of them where that is unknown."""
    scope = scope_of(reading)
    return [hit for hit in hits if scope is None or rules()[hit.rule].applies(scope.period)]
