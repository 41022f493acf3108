"""Companions of an authority's totals: what it sends upward beside them, so that the next level adds up exactly.

They stand below the totals of their area in the annexes, for those authorities whose own form asks for them
(:func:`cchc.catalogue.forms.adds_up`).
"""

from __future__ import annotations

from decimal import Decimal

from cchc.catalogue.forms import adds_up, form
from cchc.catalogue.indicators import ANSWER, Companion, Term, by_code, companions
from cchc.model.consolidation import Total
from cchc.model.observation import ValueState
from cchc.report.arithmetic import Recipe
from cchc.report.facts import GIVEN_STATES, Facts

METHOD = "sent_"
"""Begins the method of a companion; its role follows, without the number of an answer."""


def sent(facts: Facts) -> tuple[Total, ...]:
    """The companions of all totals, in the order of the form; none where nobody above asks for them."""
    sender = facts.sender
    if sender is None or not adds_up(sender.form):
        return ()
    asked = form(sender.form, facts.period.kind).codes
    return tuple(_total(facts, item) for item in companions() if item.code in asked and item.of in facts.totals)


def recipe_of_sent(code: str) -> Recipe:
    """How a companion is made, from the figures of its total."""
    item = next(item for item in companions() if item.code == code)
    parent = by_code()[item.of]
    method = METHOD + ("answer" if item.role.startswith(ANSWER) else item.role)
    return Recipe(code, method, parent.numerator or (Term(1, parent.code),), parent.denominator)


def _total(facts: Facts, item: Companion) -> Total:
    whole = facts.totals[item.of]
    return Total(item.code, _value(facts, item, whole), "", None, None, {}, whole.reported, whole.expected)


def _value(facts: Facts, item: Companion, whole: Total) -> Decimal | None:
    match item.role:
        case "numerator":
            return whole.numerator
        case "denominator":
            return whole.denominator
        case "yes":
            return whole.value
    return _answers(facts, item) if whole.reported else None


def _answers(facts: Facts, item: Companion) -> Decimal:
    """How many units gave an answer, those counted by lower authorities among them."""
    answer = Decimal(item.role.removeprefix(ANSWER))
    own = sum(
        c.indicator == item.of and c.state is ValueState.REPORTED and c.value == answer for c in facts.c.contributions
    )
    passed_on = (c.value for c in facts.c.contributions if c.indicator == item.code and c.state in GIVEN_STATES)
    return own + sum((value for value in passed_on if value is not None), Decimal(0))
