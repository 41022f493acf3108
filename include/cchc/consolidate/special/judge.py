"""Every rule of the regime that binds an authority in a period, judged."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import Connection

from cchc.catalogue import periods, regimes, units
from cchc.catalogue.periods import Period
from cchc.catalogue.regime_terms import Rule, Terms, terms_of
from cchc.catalogue.regime_words import clause_words
from cchc.catalogue.regimes import Target
from cchc.catalogue.special import words
from cchc.consolidate.special import counted, lists, logs, remediation, shares
from cchc.consolidate.special.build import ruled
from cchc.consolidate.special.material import Figure, Material
from cchc.model.consolidation import Consolidation, Contribution, Earlier
from cchc.model.observation import ValueState
from cchc.model.special import SpecialItem, SpecialRule
from cchc.store.registers import in_force

_Judge = Callable[[Rule, str, Material], SpecialRule]
_ONE: Mapping[str, _Judge] = {
    "remediation_75": remediation.remediation,
    "breakthrough_register": counted.breakthrough,
    "initiative_register": counted.initiative,
    "consultation": lists.consultation,
    "deduction_log": logs.deduction_log,
    "procedure_events": logs.procedure_events,
    "internal_procedures": shares.internal_procedures,
    "self_inspection_share": shares.self_inspection,
    "apology_for_late": shares.apologies,
    "rating_history": logs.rating_history,
}
_COUNTS = (ValueState.REPORTED, ValueState.CONFIRMED_ZERO)


def judge(
    connection: Connection, draft: Consolidation, terms: Terms, index_year: Earlier | None
) -> tuple[SpecialRule, ...]:
    """The special rules that bind an authority in a period, judged from registers and figures.

    Args:
        connection: To the warehouse, for the registers.
        draft: The consolidation, without its special rules.
        terms: The regime's.
        index_year: The yearly report of the year before, whose index scores the rule of 75% looks at.
    """
    period = periods.parse(draft.period)
    names = {row.unit: row.name for row in draft.statuses}
    found = {code: unit for code in names if (unit := units.find(code, period.window_to))}
    material = Material(
        authority=draft.authority,
        body=regimes.authority(draft.authority, period.window_to).body,
        period=period,
        as_of=draft.as_of,
        register=in_force(connection, draft.authority, period.year, draft.as_of),
        figures=_figures(draft.contributions),
        totals={total.indicator: total.value for total in draft.totals},
        names=names,
        scores=_scores(index_year) if index_year else {},
        offices=frozenset(code for code, unit in found.items() if unit.kind == "office"),
        duties={duty.id: duty for duty in terms.duties},
    )
    return judged(terms, material)


def special_terms(authority: str, period: Period) -> Terms | None:
    """The terms that bind an authority in a period, where they hold a rule; None where none does."""
    try:
        terms = terms_of(authority, period.window_to)
    except KeyError:
        return None
    return terms if terms.rules else None


def looks_at_index(terms: Terms) -> bool:
    """True where a rule looks at the scores of the index that was published in the year."""
    return any(rule.kind == "remediation_75" for rule in terms.rules)


def judged(terms: Terms, material: Material) -> tuple[SpecialRule, ...]:
    """The rules of a regime judged from plain values, in the regime's order."""
    instrument = terms.instrument.short or terms.instrument.cite if terms.instrument else ""
    found: list[SpecialRule] = []
    for rule in terms.rules:
        if rule.kind == "overdue_and_owed":
            found += lists.overdue_and_owed(rule, instrument, material)
        elif rule.kind == "remediation_follow_up":
            trigger = next(other for other in terms.rules if other.kind == "remediation_75")
            found.append(remediation.follow_up(rule, instrument, material, trigger))
        elif rule.kind == "conflicting_thresholds":
            found.append(_conflict(rule, instrument, terms, material))
        elif rule.kind in _ONE:
            found.append(_ONE[rule.kind](rule, instrument, material))
        else:
            found.append(ruled(rule, instrument, words("followed_elsewhere"), ()))
    return tuple(found)


def _conflict(rule: Rule, instrument: str, terms: Terms, material: Material) -> SpecialRule:
    """Clauses that say different things of the same: which one is judged, which are kept."""
    targets = {target.id: target for target in terms.targets}
    taken = [(rule.params["judged"], "threshold_judged"), *((one, "threshold_kept") for one in rule.params["kept"])]
    items = [
        SpecialItem(
            unit=material.authority,
            unit_name=material.body,
            subject=targets[one].text,
            status=status,
            uom="%",
            expected=targets[one].value,
            reason=words("threshold_clause", clause=clause_words(targets[one].clause), note=targets[one].note).rstrip(
                "; "
            ),
        )
        for one, status in taken
    ]
    summary = words("conflict_summary", clause=clause_words(targets[rule.params["judged"]].clause))
    return ruled(rule, instrument, summary, items)


def _of_clause(target: Target) -> str:
    return words("threshold_clause", clause=clause_words(target.clause), note=target.note).rstrip("; ")


def _figures(contributions: Sequence[Contribution]) -> dict[str, dict[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {}
    for item in contributions:
        if item.value is not None and item.state in _COUNTS:
            found.setdefault(item.unit, {})[item.indicator] = Figure(item.value)
    return found


def _scores(year: Earlier) -> dict[str, dict[str, Figure]]:
    """Scores that units gave in a yearly report, with the period that they are of."""
    found: dict[str, dict[str, Figure]] = {}
    for file in year.files:
        for code, _, _, value, *_ in json.loads(file.cells):
            if code.startswith("1.8."):
                found.setdefault(file.unit, {})[code] = Figure(Decimal(value), year.period)
    return found
