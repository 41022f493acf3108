"""The edition before this one, as far as its figures are printed beside those that changed.

Only what differs is kept: the cells of units whose report is another one, their files, and how many units were in a
total. The rest is the same as in this edition, so that every former figure is made anew from cells as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from cchc.catalogue.forms import TIERS
from cchc.model.changes import CellMove, Changes, FigureMove
from cchc.model.consolidation import Total
from cchc.report.facts import Facts
from cchc.report.figures import Link, Made
from cchc.report.texts import label

SIGN = "#"
"""Parts period and number in the name of a former edition (``31/2026-Q3#1``): its cells overlay the period's own."""


def edition_of(facts: Facts, log: Changes) -> str:
    """How links name the former edition."""
    return f"{facts.c.period}{SIGN}{log.previous}"


def cited(log: Changes) -> str:
    """The former edition in words, with its workbook."""
    return label("change_cited", number=log.previous, sha256=log.previous_sha256 or label("change_unknown"))


def traced(facts: Facts, move: FigureMove) -> bool:
    """True where the figure is made from this period's cells; others are cited as the former edition gave them."""
    return move.scope in ("total", *TIERS) and move.code in facts.totals


def before(facts: Facts, log: Changes, move: FigureMove) -> Made:
    """How a figure of the former edition was made."""
    return Made("datum", (_then(facts, log, move),))


def difference(facts: Facts, log: Changes, move: FigureMove) -> Made:
    """By how much a figure moved."""
    place = (move.code, move.scope) if traced(facts, move) else ("", "")
    source = "" if traced(facts, move) else label("change_edition", number=facts.c.edition)
    now = Link("minuend", move.after, *place, source=source)
    return apart(now, _then(facts, log, move))


def apart(now: Link, then: Link) -> Made:
    """What stands now less what stood then."""
    return Made("sum_of", (now, replace(then, role="subtrahend", sign=-1)))


def cell(facts: Facts, log: Changes, unit: str, code: str, value: Decimal | None) -> Made:
    """What a unit's cell said in the version that the former edition used."""
    return Made("datum", (Link("datum", value, code, unit, edition_of(facts, log), owner=facts.c.authority),))


def cell_difference(facts: Facts, log: Changes, unit: str, move: CellMove) -> Made:
    """By how much a unit's cell moved."""
    (then,) = cell(facts, log, unit, move.indicator, move.before).links
    now = Link("minuend", move.after, move.indicator, unit)
    return apart(now, then)


def totals(facts: Facts, log: Changes) -> Iterator[Total]:
    """Totals with the number of units in them then, of those that moved."""
    for move in log.figures:
        if move.scope == "total" and move.code in facts.totals:
            reported, expected = move.before_reported or 0, move.before_expected or 0
            yield replace(facts.totals[move.code], reported=reported, expected=expected)


def _then(facts: Facts, log: Changes, move: FigureMove) -> Link:
    if not traced(facts, move):
        return Link("datum", move.before, source=cited(log))
    return Link("datum", move.before, move.code, move.scope, edition_of(facts, log), owner=facts.c.authority)
