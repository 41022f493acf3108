"""What a file owes: its form and period, where its cover names both."""

from __future__ import annotations

from typing import NamedTuple

from cchc.catalogue import periods
from cchc.catalogue.forms import form
from cchc.catalogue.periods import Period
from cchc.model.submission import Reading


class Scope(NamedTuple):
    """The form that a file fills in, for a period."""

    form: str
    period: Period


def scope_of(reading: Reading) -> Scope | None:
    """Form and period of a file; None where the cover does not name them, which is another rule's matter."""
    try:
        period = periods.parse(reading.period)
        form(reading.form, period.kind)
    except (periods.UnknownPeriodError, KeyError):
        return None
    return Scope(reading.form, period)
