"""Judgement: is a submission what the form asks for, does its arithmetic hold, does it agree with its neighbours?

What is held to be true is data under ``expectations/`` and queries under ``sql/rules``; Great Expectations
evaluates both. A finding of a relation points at the cell of its left-hand figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection, Engine

    from cchc.model.finding import Finding
    from cchc.model.submission import Judged, Reading

__all__ = ["cross", "cross_within", "data_docs", "judge"]

# Great Expectations takes seconds to import: only who judges pays for it.


def judge(readings: Sequence[Reading]) -> list[Judged]:
    """Findings and verdict of files that came together, in the order given."""
    from cchc.validate.judgement import judge as run

    return run(readings)


def cross(engine: Engine, period_code: str) -> dict[UUID, list[Finding]]:
    """Warnings that only show beside other units and periods, by the submission they fall on."""
    from cchc.validate.across import cross as run

    return run(engine, period_code)


def cross_within(connection: Connection, period_code: str) -> dict[UUID, list[Finding]]:
    """The same within a transaction that nobody else sees."""
    from cchc.validate.across import cross_within as run

    return run(connection, period_code)


def data_docs(readings: Sequence[Reading], folder: Path) -> Path:
    """Great Expectations' own pages on a batch, written under ``folder``; return the page to open."""
    from cchc.validate.pages import data_docs as build

    return build(readings, folder)
