"""Who sent what, and the report made of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cchc.steps.base import engine, now, period_of

if TYPE_CHECKING:
    from cchc.catalogue.periods import Period


def known_period(period: str) -> str:
    """The period's code as the regime writes it.

    Raises:
        ValueError: If there is no such period; one Vietnamese sentence for whoever asked.
    """
    from cchc import cli_text

    try:
        return period_of(period).code
    except ValueError as error:
        raise ValueError(cli_text.text("unknown_period", period=period)) from error


def known_authority(authority: str) -> str:
    """The code of an authority that a regime names.

    Raises:
        ValueError: If there is no such authority; one Vietnamese sentence for whoever asked.
    """
    from cchc import cli_text
    from cchc.catalogue import regimes

    known = regimes.authorities()
    if authority not in known:
        raise ValueError(cli_text.text("unknown_authority", authority=authority, known=", ".join(sorted(known))))
    return authority


def authorities(period: str) -> list[str]:
    """Authorities with at least one accepted submission for the period."""
    from cchc.store.sqlfiles import statement

    wanted = period_of(period).code
    with engine().connect() as connection:
        rows = connection.execute(statement("marts/reporting_authorities"))
        return [authority for authority, code in rows if code == wanted]


def status(authority: str, period: str, as_of: datetime | None = None) -> dict[str, Any]:
    """Who sent, who is late, who is missing (the document of ``cchc status --json``)."""
    from cchc import consolidate as stage
    from cchc.steps.mail import of_note

    wanted, moment = owed(authority, period), as_of or now()
    with engine().connect() as connection:
        found = stage.board(authority, wanted, moment, stage.statuses(connection, authority, wanted, moment))
        return {**found, "unidentified": stage.unidentified(connection, moment), "letters": of_note(connection, moment)}


def unit_versions(period: str, unit: str) -> list[dict[str, Any]]:
    """What a unit sent for a period, the newest version first, with findings."""
    from cchc import consolidate as stage

    with engine().connect() as connection:
        return stage.unit_versions(connection, unit, period_of(period).code)


def periods_known(authority: str) -> list[dict[str, Any]]:
    """Periods for which the authority is owed reports, the latest first: ``code``, ``label``, ``due_text``."""
    from sqlalchemy import text

    from cchc.catalogue import periods

    query = text("SELECT DISTINCT period_code FROM obligation WHERE authority = :authority")
    with engine().connect() as connection:
        codes = [
            periods.under(periods.parse(code), authority)
            for code in connection.scalars(query, {"authority": authority})
        ]
    latest_first = sorted(codes, key=lambda p: p.due_at, reverse=True)
    return [{"code": p.code, "label": p.label, "due_text": p.due_text} for p in latest_first]


def owed(authority: str, period: str) -> Period:
    """The period with its obligations made; an authority no regime names is refused."""
    from cchc import load
    from cchc.catalogue import regimes

    regimes.authority(authority)
    wanted = period_of(period)
    load.ensure_period(engine(), wanted)
    return wanted
