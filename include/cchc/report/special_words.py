"""Special obligations in the document: a paragraph for each rule, and a list of what is to be chased."""

from __future__ import annotations

from typing import Any

from cchc.model.special import SpecialItem, SpecialRule
from cchc.report.facts import Facts
from cchc.report.parts import Annex, Part
from cchc.report.sentences import Sentences
from cchc.report.special import line
from cchc.report.texts import label

CHASED = (
    "triggered",
    "unknown",
    "missing",
    "no_due_day",
    "late",
    "not_registered",
    "registered_late",
    "overdue",
    "owed",
    "answered_late",
    "no_opinion",
    "differs",
    "not_reported",
    "incomplete",
    "not_met",
    "not_yet",
    "apology_lacking",
)
"""Standings that somebody has to do something about."""


def special_part(facts: Facts, _sentences: Sentences) -> Part:
    """Paragraphs and the annex of the special rules; nothing where the regime has none."""
    rules = facts.c.special
    texts = [f"{rule.title} ({rule.clause}): {_lower(rule.summary)}" for rule in rules if _says_something(rule)]
    chased = [(rule, item) for rule in rules for item in rule.items if item.status in CHASED]
    lines = [_line(number, rule, item) for number, (rule, item) in enumerate(chased, start=1)]
    note = label("special_annex_note", sheet=label("sheet_special"))
    annexes = [Annex(label("special_annex"), note, "docx_special", lines)] if lines else []
    return Part(texts, annexes)


def _says_something(rule: SpecialRule) -> bool:
    """Rules that no figure and no register measures stand in the workbook only."""
    return bool(rule.items) or rule.kind not in ("rating_history", "head_attends", "one_stop_integrity")


def _line(number: int, rule: SpecialRule, item: SpecialItem) -> dict[str, Any]:
    return {**line(item, number), "tt": str(number), "rule": rule.title}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
