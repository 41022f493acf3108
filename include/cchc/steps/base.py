"""What every step needs: the warehouse, the clock, the period."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cchc import settings as environment

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from cchc.catalogue.periods import Period


def engine() -> Engine:
    """The warehouse of this installation."""
    from cchc.store import engine as warehouse

    return warehouse.engine(environment.load())


def now() -> datetime:
    """The present moment: what is asked without a time is asked as of it."""
    from cchc.catalogue.periods import ZONE

    return datetime.now(ZONE)


def period_of(code: str) -> Period:
    """The period of a code.

    Raises:
        ValueError: If there is no such period.
    """
    from cchc.catalogue import periods

    return periods.parse(code)
