"""The text of the report: bases, coverage, sections of the outline, narratives of the units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from cchc.model.consolidation import UnitNarrative
from cchc.report import page
from cchc.report.facts import Facts
from cchc.report.outline import groups, texts
from cchc.report.sentences import Sentences

_T = TypeVar("_T")

Line = tuple[str, str]
"""A paragraph: the role of its style (``paragraph``, ``lead``, ``quote``, ``remark``) and its text."""


def bases(facts: Facts) -> list[str]:
    """On what grounds the report is written, a line each."""
    known: dict[str, Any] = texts()["bases"]
    plan = known["plans"].get(facts.c.authority, {}).get(facts.period.year)
    grounds = [*known["general"], *([plan] if plan else [])]
    return [*grounds[:-1], grounds[-1].rstrip(";") + ","]


def coverage(facts: Facts, sentences: Sentences) -> str:
    """From how many units the figures come."""
    full = facts.reported == facts.c.counts.expected
    return sentences.fill(texts()["bases"]["coverage_full" if full else "coverage"])


def sections(facts: Facts, sentences: Sentences, outline: str) -> dict[str, list[Line]]:
    """Paragraphs of every section of the outline, by its key; a heading with nothing to say waits for the drafter."""
    found: dict[str, list[Line]] = {}
    for keys in groups(outline):
        for key in keys:
            told = [item for item in facts.c.narratives if item.section == key]
            found[key] = [
                *(("paragraph", f"- {text}") for text in sentences.section(key)),
                *_narratives(told, outline),
            ]
        if not any(found[key] for key in keys):
            found[keys[0]] = [("remark", texts()["words"]["drafter"])]
    return found


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


def _narratives(told: Sequence[UnitNarrative], outline: str) -> Iterator[Line]:
    if not told:
        return
    words, bound = texts()["words"], texts()["narratives"]
    yield "lead", f"- {words['narratives_lead']}"
    quoted = quotations(told, bound["units_per_section"][outline])
    for names, text in quoted:
        shown = ", ".join(names[: bound["names_together"]])
        rest = len(names) - bound["names_together"]
        more = f" {words['names_more'].format(number=rest)}" if rest > 0 else ""
        yield "quote", f"+ {shown}{more}: {page.foreign(shorten(text, bound['characters']))}"
    left = len(told) - sum(len(names) for names, _ in quoted)
    if left:
        yield "remark", words["narratives_more"].format(number=left)


def quotations(told: Sequence[UnitNarrative], number: int) -> list[tuple[list[str], str]]:
    """At most ``number`` texts with the units that sent them: what several sent word for word is told once, first."""
    senders: dict[str, list[str]] = {}
    for item in told:
        senders.setdefault(" ".join(item.text.split()), []).append(item.unit_name)
    shared = sorted((text for text in senders if len(senders[text]) > 1), key=lambda text: -len(senders[text]))[:number]
    alone = [text for text in senders if len(senders[text]) == 1]
    return [(senders[text], text) for text in (*shared, *spread(alone, number - len(shared)))]
