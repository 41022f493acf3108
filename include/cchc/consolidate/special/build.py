"""Putting a judged rule together: counts in the order of statuses, sentence of the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cchc.catalogue.regime_terms import Rule
from cchc.catalogue.regime_words import clause_words
from cchc.catalogue.special import words
from cchc.catalogue.unit_names import within
from cchc.model.special import SpecialItem, SpecialRule

NOT_KEPT = "not_kept"


def ruled(
    rule: Rule, instrument: str, summary: str, items: Sequence[SpecialItem], *, part: str = "", title: str = ""
) -> SpecialRule:
    """A rule with its items; ``part`` tells the lists of one rule apart."""
    found = Counter(item.status for item in items)
    return SpecialRule(
        id=f"{rule.id}{part}",
        kind=rule.kind,
        title=title or words(f"title_{rule.kind}"),
        text=rule.text,
        clause=clause_of(rule, instrument),
        summary=summary,
        counts=tuple(found.items()),
        items=tuple(items),
    )


def clause_of(rule: Rule, instrument: str) -> str:
    """``mục 3 ¶2, 05/CT-UBND …``."""
    return words("clause", clauses="; ".join(map(clause_words, rule.clauses)), instrument=instrument)


def not_kept(rule: Rule, instrument: str, register: str, *, part: str = "", title: str = "") -> SpecialRule:
    """A rule whose register is not kept: that is said, and nothing is judged."""
    return ruled(rule, instrument, words("register_not_kept", register=register), (), part=part, title=title)


def tally(items: Sequence[SpecialItem], *statuses: str) -> int:
    """Items in one of these statuses."""
    return sum(item.status in statuses for item in items)


def told_of(parts: Iterable[tuple[str, int]]) -> list[str]:
    """Parts of a sentence that have a number; what there is none of is not said."""
    return [words(f"part_{key}", number=number) for key, number in parts if number]


def names(items: Sequence[SpecialItem]) -> str:
    """Names of the items' units, each once, in order."""
    return "; ".join(dict.fromkeys(within(item.unit_name) for item in items))
