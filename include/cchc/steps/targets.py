"""How everybody stands against the targets, as an edition tells it, in words for a page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cchc.steps.base import engine

if TYPE_CHECKING:
    from cchc.model.target import TargetResult


def edition_targets(authority: str, period: str) -> dict[str, Any]:
    """Targets as the newest edition judges them.

    Returns:
        ``number`` of the edition (None where there is none) and ``targets``, one per judged threshold: ``name``,
        ``level``, ``threshold`` (``≥ 90``), ``uom``, ``clause``, ``value`` (``89,95``), ``state`` (its word), ``key``
        (its key) and ``counts`` of units by standing, None where it binds no unit.
    """
    from cchc import consolidate as stage

    with engine().connect() as connection:
        newest = next(iter(stage.editions(connection, authority, period)), None)
    if newest is None:
        return {"number": None, "targets": []}
    return {"number": newest.number, "targets": [dict(told) for told in _told(newest.edition_id)]}


@lru_cache(maxsize=64)
def _told(edition_id: UUID) -> tuple[dict[str, Any], ...]:
    """Of one edition, whose snapshot never changes."""
    from cchc import consolidate as stage

    with engine().connect() as connection:
        stored = stage.snapshot(connection, edition_id)
    return tuple(_line(result) for result in (stored.targets if stored else ()) if result.judged)


def _line(result: TargetResult) -> dict[str, Any]:
    from cchc.catalogue.indicators import by_code
    from cchc.report import targets as words

    target, own = result.target, result.authority
    counted = {key: getattr(result.counts, key) for key in words.COUNTS}
    return {
        "name": words.target_name(target),
        "level": target.level,
        "threshold": words.target_text(target),
        "uom": by_code()[target.indicator].uom,
        "clause": target.source,
        "value": words.table_text(result, own) if own else "",
        "state": words.state_word(result, own) if own else "",
        "key": own.state.value if own else "",
        "counts": counted if result.units else None,
    }
