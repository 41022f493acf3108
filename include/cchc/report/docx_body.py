"""The text of the report: bases, coverage, sections of the outline, narratives of the units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from docx.document import Document

from cchc.catalogue.tables import rows
from cchc.model.consolidation import UnitNarrative
from cchc.report.facts import Facts
from cchc.report.outline import texts
from cchc.report.page import paragraph
from cchc.report.sentences import Sentences

_INDENT = 12.7
_T = TypeVar("_T")


def opening(document: Document, facts: Facts, sentences: Sentences) -> None:
    """On what grounds, about what, and from how many units."""
    bases: dict[str, Any] = texts()["bases"]
    plan = bases["plans"].get(facts.c.authority, {}).get(facts.period.year)
    grounds = [*bases["general"], *([plan] if plan else [])]
    grounds[-1] = grounds[-1].rstrip(";") + ","
    for ground in grounds:
        paragraph(document, ground, italic=True, indent=_INDENT)
    paragraph(document, sentences.fill(bases["opening"]), indent=_INDENT)
    full = facts.reported == facts.c.counts.expected
    paragraph(document, sentences.fill(bases["coverage_full" if full else "coverage"]), indent=_INDENT)


def sections(document: Document, facts: Facts, sentences: Sentences) -> None:
    """Every section of the outline."""
    outline = rows("narrative_sections")
    parents = {row["parent"] for row in outline}
    for row in outline:
        key = row["section"]
        if row["parent"]:
            paragraph(document, f"{key.rpartition('.')[2]}. {row['heading']}", bold=True, indent=_INDENT, keep=True)
        else:
            paragraph(document, f"{key}. {row['heading']}", bold=True, indent=_INDENT, keep=True)
        if key not in parents:
            _section(document, facts, sentences, key)


def shorten(text: str, limit: int) -> str:
    """The text on one line, cut after a sentence or a word within ``limit`` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit + 1]
    stop = head.rfind(". ")
    return head[: stop + 1] if stop > limit // 2 else head[: head.rfind(" ")].rstrip(",;:") + "…"


def spread(items: Sequence[_T], number: int) -> list[_T]:
    """At most ``number`` items, taken evenly from the whole so that no kind of unit speaks alone."""
    if len(items) <= number:
        return list(items)
    return [items[place * len(items) // number] for place in range(number)]


def _section(document: Document, facts: Facts, sentences: Sentences, key: str) -> None:
    said = sentences.section(key)
    for text in said:
        paragraph(document, f"- {text}", indent=_INDENT)
    told = [item for item in facts.c.narratives if item.section == key]
    _narratives(document, told)
    if not said and not told:
        paragraph(document, texts()["words"]["drafter"], italic=True, indent=_INDENT)


def _narratives(document: Document, told: Sequence[UnitNarrative]) -> None:
    if not told:
        return
    words, bound = texts()["words"], texts()["narratives"]
    paragraph(document, f"- {words['narratives_lead']}", indent=_INDENT, keep=True)
    quoted = quotations(told, bound["units_per_section"])
    for names, text in quoted:
        shown = ", ".join(names[: bound["names_together"]])
        rest = len(names) - bound["names_together"]
        more = f" {words['names_more'].format(number=rest)}" if rest > 0 else ""
        paragraph(document, f"+ {shown}{more}: {shorten(text, bound['characters'])}", indent=_INDENT)
    left = len(told) - sum(len(names) for names, _ in quoted)
    if left:
        paragraph(document, words["narratives_more"].format(number=left), italic=True, indent=_INDENT)


def quotations(told: Sequence[UnitNarrative], number: int) -> list[tuple[list[str], str]]:
    """At most ``number`` texts with the units that sent them: what several sent word for word is told once, first."""
    senders: dict[str, list[str]] = {}
    for item in told:
        senders.setdefault(" ".join(item.text.split()), []).append(item.unit_name)
    shared = sorted((text for text in senders if len(senders[text]) > 1), key=lambda text: -len(senders[text]))[:number]
    alone = [text for text in senders if len(senders[text]) == 1]
    return [(senders[text], text) for text in (*shared, *spread(alone, number - len(shared)))]
