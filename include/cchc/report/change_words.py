"""What changed since the edition before, in the document: sentences, and a table of the totals that moved."""

from __future__ import annotations

from typing import Any

from cchc.model.changes import Changes, Note
from cchc.report import numerals
from cchc.report.changes import Line, figure_lines, note_lines, note_words, summary
from cchc.report.facts import PERCENT, Facts
from cchc.report.outline import key_figures, key_name
from cchc.report.parts import Annex, Part
from cchc.report.sentences import Sentences
from cchc.report.texts import label

_IN_SENTENCES = 8
"""Totals told in sentences; all of them stand in the annex."""
_SIDES = ("before", "after", "difference")


def change_part(facts: Facts, sentences: Sentences) -> Part:
    """Sentences and the annex; nothing in a first edition with which no correction was noted."""
    log = facts.c.changes
    lines = _totals(facts, log) if log else []
    texts = [_head(facts, log), *_told(lines, sentences)] if log else []
    texts += [_noted(facts, note, sentences) for note in facts.c.notes if note.figures]
    rows = [_row(line, number, sentences) for number, line in enumerate(lines, start=1)]
    note = label("change_annex_note", sheet=label("sheet_changes"))
    return Part(texts, [Annex(label("change_annex"), note, "docx_changes", rows)] if rows else [])


def _totals(facts: Facts, log: Changes) -> list[Line]:
    pairs = zip(figure_lines(facts, log), log.figures, strict=True)
    return [line for line, move in pairs if move.scope == "total"]


def _head(facts: Facts, log: Changes) -> str:
    first, reason = summary(facts, log)
    if log.replaces:
        first = label("change_docx_replaces", abbreviation=facts.authority.abbreviation, replaces=log.replaces)
    return f"{first} {reason}"


def _told(lines: list[Line], sentences: Sentences) -> list[str]:
    """The totals that matter most, a sentence each: those whose change is material, key figures first."""
    key = list(key_figures())
    first = [line for line in lines if line.values["code"] in key or line.material]
    first.sort(key=lambda line: (not line.material, line.values["code"] not in key))
    return [_sentence(line, sentences) for line in first[:_IN_SENTENCES]]


def _sentence(line: Line, sentences: Sentences) -> str:
    code = line.values["code"]
    name = key_name(code) if code in key_figures() else line.values["name"]
    sides = {side: _spoken(line, side, sentences) for side in ("before", "after")}
    return label("change_docx_moved", name=name, code=code, why=line.values["causes"], **sides)


def _noted(facts: Facts, note: Note, sentences: Sentences) -> str:
    lines = note_lines(facts, note)
    told = [
        label(
            "change_docx_noted_one",
            name=line.values["name"],
            code=line.values["code"],
            **{side: _spoken(line, side, sentences) for side in ("before", "after")},
        )
        for line in lines[:_IN_SENTENCES]
    ]
    rest = len(lines) - _IN_SENTENCES
    more = [label("change_docx_noted_more", number=numerals.counted(rest))] if rest > 0 else []
    return f"{label('change_docx_noted', **note_words(note))}: {'; '.join([*told, *more])}."


def _row(line: Line, number: int, sentences: Sentences) -> dict[str, Any]:
    shown = {side: _shown(line, side, sentences) for side in _SIDES}
    return line.values | shown | {"tt": str(number)}


def _spoken(line: Line, side: str, sentences: Sentences) -> str:
    """A figure in a sentence, with its unit of measure."""
    shown, uom = _shown(line, side, sentences), line.values["uom"]
    if line.figures.get(side) is None:
        return shown
    answer = line.values["answers"].get(int(line.values[side]))
    if answer:
        return f"{shown} ({answer})"
    return f"{shown}{uom}" if uom == PERCENT else f"{shown} {uom}"


def _shown(line: Line, side: str, sentences: Sentences) -> str:
    value, spot = line.values[side], line.figures.get(side)
    if value is None or isinstance(value, str):
        return value or ""
    shown = numerals.share(value) if line.values["uom"] == PERCENT else numerals.number(value)
    return sentences.mark(spot.code, shown, spot.value, spot.scope, spot.made) if spot else shown
