"""Targets and special rules that stand otherwise than in the edition before, as lines of tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc.catalogue.indicators import by_code
from cchc.catalogue.special import words
from cchc.model.changes import Changes, StandingMove
from cchc.model.special import SpecialItem, SpecialRule
from cchc.model.target import TargetResult
from cchc.report import former
from cchc.report.changes import Line, Spot, causes_words, scope_words
from cchc.report.facts import Facts
from cchc.report.figures import Link, Made
from cchc.report.special import made_of
from cchc.report.targets import target_name, target_text, word_of
from cchc.report.texts import label

_Moves = dict[str, StandingMove]
"""What moved of one body or item, by ``what``."""


def target_lines(facts: Facts, log: Changes) -> list[Line]:
    """The authority and levels whose figure moved, units whose standing did; places only are told in a sentence."""
    known = {result.target.id or result.target.source: result for result in facts.c.targets}
    found: list[Line] = []
    for (place, body), moved in _grouped(log, "target").items():
        result = known.get(place)
        if result is not None and body and ("state" in moved or (body not in _units(result) and "value" in moved)):
            found.append(_target(facts, log, len(found) + 1, result, body, moved))
    return found


def rule_lines(facts: Facts, log: Changes) -> list[Line]:
    """Items of special rules whose standing or figure moved, and the rule's outcome."""
    known = {rule.id: rule for rule in facts.c.special}
    found: list[Line] = []
    for (place, body), moved in _grouped(log, "rule").items():
        identity, _, rest = place.partition("\t")
        if identity in known and rest and moved.keys() & {"status", "value"}:
            found.append(_rule(facts, log, len(found) + 1, known[identity], rest, body, moved))
    return found


def elsewhere(log: Changes) -> str:
    """How much follows from these changes that is not listed: places, comparisons; empty where nothing does."""
    ranks = sum(move.kind == "target" and move.what == "rank" for move in log.standings)
    compared = len({(m.place, m.code) for m in log.standings if m.kind in ("comparison", "series")})
    told = [label("change_ranks", number=ranks)] if ranks else []
    told += [label("change_compared", number=compared)] if compared else []
    return label("change_elsewhere", told="; ".join(told)) if told else ""


def _grouped(log: Changes, kind: str) -> dict[tuple[str, str], _Moves]:
    found: dict[tuple[str, str], _Moves] = {}
    for move in log.standings:
        if move.kind == kind:
            found.setdefault((move.place, move.body), {})[move.what] = move
    return found


def _units(result: TargetResult) -> set[str]:
    return {unit.body for unit in result.units}


def _target(facts: Facts, log: Changes, number: int, result: TargetResult, body: str, moved: _Moves) -> Line:
    target, names = result.target, {row.unit: row.name for row in facts.c.statuses}
    now = _value_now(result, body)
    before = moved["value"].before if "value" in moved else now
    scope = "total" if body == "authority" else body
    spots = dict(_spots(facts, log, target.indicator, scope, before, now))
    states = {side: _state(result, moved.get("state"), body, side) for side in ("before", "after")}
    return Line(
        {
            "tt": number,
            "code": target.indicator,
            "name": target_name(target),
            "who": names.get(body) or scope_words(scope),
            "threshold": target_text(target),
            "uom": by_code()[target.indicator].uom,
            "before": before,
            "after": now,
            "difference": now - before if now is not None and before is not None else None,
            "state_before": states["before"],
            "state_after": states["after"],
            "causes": _who(log, moved),
        },
        spots,
    )


def _spots(
    facts: Facts, log: Changes, code: str, scope: str, before: Decimal | None, now: Decimal | None
) -> Iterator[tuple[str, Spot]]:
    then = Link("datum", before, code, scope, former.edition_of(facts, log), owner=facts.c.authority)
    if now is not None:
        yield "after", Spot(code, scope, now)
    if before is not None:
        yield "before", Spot(code, f"{scope}_before", before, made=Made("datum", (then,)))
    if now is not None and before is not None:
        made = former.apart(Link("minuend", now, code, scope), then)
        yield "difference", Spot(code, f"{scope}_difference", now - before, made=made)


def _value_now(result: TargetResult, body: str) -> Decimal | None:
    bodies = {"authority": result.authority, result.tier: result.level} | {unit.body: unit for unit in result.units}
    standing = bodies.get(body)
    return standing.value if standing else None


def _state(result: TargetResult, move: StandingMove | None, body: str, side: str) -> str:
    if move is None:
        bodies = {"authority": result.authority, result.tier: result.level}
        standing = bodies.get(body)
        state, reason = (standing.state.value, standing.reason) if standing else ("", "")
    else:
        state, _, reason = (move.before_text if side == "before" else move.after_text).partition(":")
    return word_of(state, reason, orientation=result.target.orientation) if state else label("state_figure_none")


def _rule(facts: Facts, log: Changes, number: int, rule: SpecialRule, place: str, body: str, moved: _Moves) -> Line:
    item = _item(rule, place, body)
    value, status = moved.get("value"), moved.get("status")
    now = item.value if item else None
    before = value.before if value else now
    spots = {}
    if value and item and now is not None and item.method:
        spots["after"] = Spot(value.code, "special", now, made=made_of(item, facts.c.authority))
    if value and before is not None:
        made = Made("datum", (Link("datum", before, source=former.cited(log)),))
        spots["before"] = Spot(value.code, "special_before", before, made=made)
    standing = item.status if item else ""
    return Line(
        {
            "tt": number,
            "unit": body,
            "name": f"{rule.id}. {rule.title}",
            "subject": place.rpartition("\t")[0],
            "before": before,
            "after": now,
            "uom": item.uom if item else "",
            "state_before": _status(status.before_text if status else standing),
            "state_after": _status(standing),
            "causes": _who(log, moved),
        },
        spots,
    )


def _item(rule: SpecialRule, place: str, body: str) -> SpecialItem | None:
    subject, _, nth = place.rpartition("\t")
    same = [item for item in rule.items if (item.unit, item.subject) == (body, subject)]
    return same[int(nth) - 1] if len(same) >= int(nth) else None


def _status(key: str) -> str:
    return words(f"status_{key}") if key else label("state_figure_none")


def _who(log: Changes, moved: _Moves) -> str:
    names = {cause.unit: cause.name for cause in log.causes}
    causes = dict.fromkeys(unit for move in moved.values() for unit in move.causes)
    return causes_words(names, tuple(causes)) or label("change_without_unit")
