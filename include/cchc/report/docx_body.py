"""The text of the report: bases, coverage, sections of the outline, narratives of the units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cchc.catalogue import periods
from cchc.catalogue.regimes import regime_of
from cchc.catalogue.unit_names import within
from cchc.model.consolidation import UnitNarrative
from cchc.report import numerals, page, voices
from cchc.report.facts import Facts, broken_window
from cchc.report.outline import groups, texts
from cchc.report.sentences import Sentences
from cchc.report.weights import weight_made, weight_share

Line = tuple[str, str]
"""A paragraph: the role of its style (``paragraph``, ``lead``, ``quote``, ``remark``) and its text."""


def bases(facts: Facts) -> list[str]:
    """On what grounds the report is written, a line each: none that is younger than the report's window."""
    known: dict[str, Any] = texts()["bases"]
    grounds = [ground["text"] for ground in known["general"] if _in_force(ground, facts)]
    plan = known["plans"].get(facts.c.authority, {}).get(facts.period.year)
    grounds += [said for said in (known["instruments"].get(_regime(facts)), plan) if said]
    return [*grounds[:-1], grounds[-1].rstrip(";") + ","]


def receivers(facts: Facts, sentences: Sentences) -> list[str]:
    """To whom the report goes, a line each: as the regime says for its authority, else as is usual at the level."""
    own, level = facts.authority.receivers, facts.authority.level
    levels = texts()["receivers"]["levels"]
    usual = next(row["lines"] for row in levels if row["level"] == level and _in_force(row, facts))
    return [sentences.fill(line) for line in own or usual]


def _regime(facts: Facts) -> str:
    try:
        return regime_of(facts.c.authority, facts.period.window_to).id
    except KeyError:
        return ""


def _in_force(row: Mapping[str, Any], facts: Facts) -> bool:
    day = facts.period.window_to
    return row.get("from", date.min) <= day <= row.get("to", date.max)


def coverage(facts: Facts, sentences: Sentences) -> str:
    """From how many units the figures come, and how much these weigh where that is known."""
    full = facts.reported == facts.c.counts.expected
    said = sentences.fill(texts()["bases"]["coverage_full" if full else "coverage"])
    window = f"{note}." if (note := broken_window(facts)) else ""
    return " ".join(filter(None, (said, window, "" if full else _weight(facts, sentences))))


def _weight(facts: Facts, sentences: Sentences) -> str:
    """The sentence of the first measure by which the units in its total are known to weigh less than all."""
    known: dict[str, Any] = texts()["bases"]
    for row in known["coverage_weight"]:
        weight, total = facts.weights.get(row["code"]), facts.totals.get(row["code"])
        if weight is None or total is None or weight.share is None or not weight.period:
            continue
        left = known["coverage_unweighed"].format(units=numerals.counted(weight.unweighed)) if weight.unweighed else ""
        made = weight_made(total, weight)
        share = sentences.mark(row["code"], weight_share(weight.share), weight.share, "weight", made)
        past = periods.parse(weight.period).label
        return str(row["say"].format(code=row["code"], past=past, share=share, unweighed=left))
    return ""


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


def _narratives(told: Sequence[UnitNarrative], outline: str) -> Iterator[Line]:
    if not told:
        return
    words, bound = texts()["words"], texts()["narratives"]
    yield "lead", f"- {words['narratives_lead']}"
    quoted = voices.chosen(voices.gather(told, bound["alike"], bound["compared"]), bound["units_per_section"][outline])
    for voice in quoted:
        yield "quote", f"+ {_quotation(voice, bound['characters'], bound['names_together'])}"
    left = len(told) - sum(len(voice.names) for voice in quoted)
    if left:
        yield "remark", words["narratives_more"].format(number=numerals.counted(left))


def _quotation(voice: voices.Voice, characters: int, together: int) -> str:
    """Whose text it is, the text, and where the rest of a long one stands."""
    words = texts()["words"]
    rest = len(voice.names) - together
    more = f" {words['names_more'].format(number=numerals.counted(rest))}" if rest > 0 else ""
    names = page.foreign(", ".join(within(name) for name in voice.names[:together])) + more
    told = page.foreign(voices.shorten(voice.text, characters))
    cut = f" {words['narratives_cut']}" if len(voice.text) > characters else ""
    alike = f" {words['narratives_alike']}" if voice.alike else ""
    return words["narratives_by"].format(names=names, text="{text}").replace("{text}", told) + alike + cut
