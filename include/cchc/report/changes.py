"""What changed since the edition before, in words and lines of tables, with what stands behind each figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from cchc.catalogue import materiality, periods
from cchc.catalogue.indicators import all_indicators, answer_labels, by_code
from cchc.catalogue.periods import ZONE
from cchc.model.changes import Cause, CellMove, Changes, FigureMove, Note
from cchc.model.observation import ValueState
from cchc.report import former, numerals
from cchc.report.facts import Facts, method_of, uom_of
from cchc.report.figures import Link, Made
from cchc.report.sheet_lists import HASH_LENGTH
from cchc.report.texts import label
from cchc.report.weights import carried_made, weight_made

_TOGETHER = 6
"""Units named as causes of one figure; of more it is said how many."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure of a line: the fields are those of :class:`cchc.report.figures.Printed`."""

    code: str
    scope: str
    value: Decimal | None
    text: str = ""
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table by column, its figures by the same keys, and whether its change is material."""

    values: dict[str, Any]
    figures: dict[str, Spot]
    material: bool = False


def summary(facts: Facts, log: Changes) -> list[str]:
    """Whole sentences: what this edition follows or replaces, and how much moved."""
    moment = numerals.moment(log.previous_as_of) if log.previous_as_of else label("change_unknown")
    numbers = {"number": facts.c.edition, "previous": log.previous, "moment": moment}
    first = label("change_replaces" if log.replaces else "change_follows", replaces=log.replaces, **numbers)
    totals = [move for move in log.figures if move.scope == "total"]
    counts = {"units": len(log.causes), "totals": len(totals), "material": sum(move.material for move in totals)}
    reason = "around" if log.reason == "data" and not (log.causes or totals) else log.reason
    return [first, label(f"change_reason_{reason}", **counts)]


def figure_lines(facts: Facts, log: Changes) -> list[Line]:
    """A line for each figure that moved."""
    names = {cause.unit: cause.name for cause in log.causes}
    return [
        Line(_figure(facts, move, names, number), _spots(facts, log, move), move.material)
        for number, move in enumerate(log.figures, start=1)
    ]


def note_lines(facts: Facts, note: Note) -> list[Line]:
    """A line for each total that a correction noted with an approved edition would have moved."""
    names, source = {cause.unit: cause.name for cause in note.causes}, note_cited(note)
    totals = [move for move in note.figures if move.scope == "total"]
    found = []
    for number, move in enumerate(totals, start=1):
        made = {key: Made("datum", (Link("datum", value, source=source),)) for key, value in _sides(move).items()}
        spots = {key: Spot(move.code, f"noted_{key}", _sides(move)[key], made=made[key]) for key in made}
        found.append(Line(_figure(facts, move, names, number), spots))
    return found


def cause_lines(causes: Iterable[Cause]) -> list[Line]:
    """A line for each unit whose report is another one."""
    return [
        Line(
            {
                "tt": number,
                "unit": cause.unit,
                "name": cause.name,
                "kind": kind_words(cause),
                "received": _received(cause),
                "cells": len(cause.cells),
                "sha256": (cause.sha256 or cause.before_sha256)[:HASH_LENGTH],
                "file_name": cause.file_name or cause.before_file,
            },
            {"cells": Spot("", "change_cells", Decimal(len(cause.cells)), made=_counted(cause))},
        )
        for number, cause in enumerate(causes, start=1)
    ]


def cell_lines(facts: Facts, log: Changes) -> list[Line]:
    """A line for each cell that says otherwise, of units that were in both times; others are named as a whole."""
    both = [(cause, move) for cause in log.causes if cause.kind in ("version", "reread") for move in cause.cells]
    return [_cell(facts, log, number, *found) for number, found in enumerate(both, start=1)]


def state_lines(facts: Facts, log: Changes) -> list[Line]:
    """A line for each unit whose obligation stands otherwise."""
    names = {row.unit: row.name for row in facts.c.statuses} | {cause.unit: cause.name for cause in log.causes}
    return [
        Line(
            {
                "tt": number,
                "unit": unit,
                "name": names.get(unit, ""),
                "before": _state(before),
                "after": _state(after),
            },
            {},
        )
        for number, (unit, before, after) in enumerate(log.states, start=1)
    ]


def note_title(note: Note) -> str:
    """With which report a correction was noted, and until when."""
    return label("change_note_title", **note_words(note))


def note_cited(note: Note) -> str:
    """A noted correction as the source of its figures."""
    return label("change_note_cited", **note_words(note))


def scope_words(scope: str) -> str:
    """Whose figure it is."""
    own = scope in ("total", "previous", "weight", "carried")
    return label(f"change_scope_{scope}" if own else f"kind_{scope}")


def kind_words(cause: Cause) -> str:
    """How a unit's report is another one."""
    return label(f"change_kind_{cause.kind}", version=cause.version)


def told(value: Decimal | None, text: str) -> Decimal | str:
    """The figure, else the words that stand for it."""
    return value if value is not None else text or label("state_figure_none")


def causes_words(names: dict[str, str], causes: tuple[str, ...]) -> str:
    """Names of the units that moved a figure."""
    known = [names.get(unit, unit) for unit in causes]
    rest = len(known) - _TOGETHER
    more = [label("change_more_units", number=rest)] if rest > 0 else []
    return "; ".join([*known[:_TOGETHER], *more])


@cache
def full_name(code: str) -> str:
    """An indicator's name where its line stands alone: one of a group is named with the group."""
    head, mark = "", "– "
    for item in all_indicators():
        own = item.name.removeprefix(mark)
        if item.name == own:
            head = own.partition(": tổng số")[0]
        if item.code == code:
            return own if item.name == own else f"{head}: {own}"
    raise KeyError(code)


def _figure(facts: Facts, move: FigureMove, names: dict[str, str], number: int) -> dict[str, Any]:
    return {
        "tt": number,
        "code": move.code,
        "name": full_name(move.code),
        "scope": scope_words(move.scope),
        "uom": _uom(facts, move),
        "before": told(move.before, move.before_text),
        "after": told(move.after, move.after_text),
        "difference": None if _is_code(facts, move) else move.difference,
        "coverage_before": _coverage(move.before_reported, move.before_expected),
        "coverage_after": _coverage(move.after_reported, move.after_expected),
        "material": _material(move),
        "answers": answer_labels(by_code()[move.code].name) if _is_code(facts, move) else {},
        "causes": causes_words(names, move.causes) or label("change_without_unit"),
    }


def _spots(facts: Facts, log: Changes, move: FigureMove) -> dict[str, Spot]:
    found = {"after": _after(facts, move)}
    if move.before is not None or move.before_text:
        made = former.before(facts, log, move)
        found["before"] = Spot(move.code, f"{move.scope}_before", move.before, move.before_text, made)
    if move.difference is not None and not _is_code(facts, move):
        made = former.difference(facts, log, move)
        found["difference"] = Spot(move.code, f"{move.scope}_difference", move.difference, made=made)
    return {key: spot for key, spot in found.items() if spot.value is not None}


def _after(facts: Facts, move: FigureMove) -> Spot:
    made = None
    if move.scope == "weight" and move.code in facts.weights:
        made = weight_made(facts.totals[move.code], facts.weights[move.code])
    if move.scope == "carried" and move.code in facts.carried:
        made = carried_made(facts, facts.carried[move.code])
    return Spot(move.code, move.scope, move.after, move.after_text, made)


def _cell(facts: Facts, log: Changes, number: int, cause: Cause, move: CellMove) -> Line:
    indicator = by_code()[move.indicator]
    spots = {}
    if move.after is not None and _counts(move.after_state):
        spots["after"] = Spot(move.indicator, cause.unit, move.after)
    if move.before is not None and _counts(move.before_state):
        made = former.cell(facts, log, cause.unit, move.indicator, move.before)
        spots["before"] = Spot(move.indicator, f"{cause.unit}_before", move.before, made=made)
    if len(spots) == 2 and move.before is not None and move.after is not None and indicator.kind != "flag":
        made = former.cell_difference(facts, log, cause.unit, move)
        spots["difference"] = Spot(move.indicator, f"{cause.unit}_difference", move.after - move.before, made=made)
    return Line(
        {
            "tt": number,
            "code": move.indicator,
            "name": full_name(move.indicator),
            "unit": cause.name,
            "uom": indicator.uom,
            "before": _said(move.before, move.before_state),
            "after": _said(move.after, move.after_state),
            "difference": spots["difference"].value if "difference" in spots else None,
            "place_before": f"{move.before_sheet}!{move.before_cell}" if move.before_cell else "",
            "place": f"{move.sheet}!{move.cell}" if move.cell else "",
            "file_name": cause.file_name or cause.before_file,
        },
        spots,
    )


def _counted(cause: Cause) -> Made:
    place = [f"{move.indicator} ({move.sheet}!{move.cell})" for move in cause.cells]
    return Made("count_of", tuple(Link("counted", None, source=source) for source in place))


def _sides(move: FigureMove) -> dict[str, Decimal]:
    sides = {"before": move.before, "after": move.after, "difference": move.difference}
    return {key: value for key, value in sides.items() if value is not None}


def _counts(state: ValueState | None) -> bool:
    return state in (ValueState.REPORTED, ValueState.CONFIRMED_ZERO)


def _said(value: Decimal | None, state: ValueState | None) -> Decimal | str:
    if value is not None and state is ValueState.REPORTED:
        return value
    return label(f"state_figure_{state.value if state else 'none'}")


def _uom(facts: Facts, move: FigureMove) -> str:
    if move.scope == "weight":
        return "%"
    total = facts.totals.get(move.code)
    if by_code()[move.code].kind == "flag" and not _is_code(facts, move):
        return label("uom_units")
    return uom_of(move.code, method_of(total, facts.period.kind)) if total else by_code()[move.code].uom


def _is_code(facts: Facts, move: FigureMove) -> bool:
    """True for an answer that stands as a code, of which there is no difference; else it is counted who gave it."""
    total = facts.totals.get(move.code)
    counted = total is not None and method_of(total, facts.period.kind) == "count_yes"
    return by_code()[move.code].kind == "flag" and not counted


def _coverage(reported: int | None, expected: int | None) -> str:
    if reported is None:
        return ""
    return f"{reported}/{expected}" if expected is not None else str(reported)


def _material(move: FigureMove) -> str:
    """Whether the change would replace an approved report, and from which change on it does."""
    if move.scope != "total":
        return ""
    words = materiality.threshold(by_code()[move.code]).words
    return label("change_material" if move.material else "change_immaterial", threshold=words)


def _received(cause: Cause) -> str:
    if cause.received_at is None:
        return ""
    local = cause.received_at.astimezone(ZONE)
    return f"{local:%H:%M} {numerals.day(local.date())}"


def _state(state: str) -> str:
    return label(f"change_state_{state or 'none'}")


def note_words(note: Note) -> dict[str, Any]:
    """With which report a correction was noted, and until when, for sentences."""
    period, moment = periods.parse(note.period).label, numerals.moment(note.as_of)
    return {"number": note.number, "period": period, "moment": moment}
