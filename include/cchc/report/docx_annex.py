"""Annexes of the document: a table for each area, those of the parts, then the units that are late or missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from cchc.catalogue.indicators import areas
from cchc.model.consolidation import Total
from cchc.report import numerals, page, spoken
from cchc.report.comparison import previous_made
from cchc.report.facts import PERCENT, TIERS, Facts, in_state
from cchc.report.outline import texts
from cchc.report.parts import Annex
from cchc.report.sentences import STATES, Sentences
from cchc.report.sheet_annex import line
from cchc.report.sheet_lists import status_line
from cchc.report.texts import columns

_SCOPES = {"value": spoken.TOTAL, "previous": "previous", "coverage": "coverage", **{tier: tier for tier in TIERS}}
"""Which figure of its indicator stands in a column of an area's annex."""


def annexes(facts: Facts, sentences: Sentences, more: Iterable[Annex]) -> Iterator[Annex]:
    """All annexes in printed order."""
    words = texts()["heading"]
    note = sentences.fill(words["annex_note"])
    for area in facts.areas:
        title = words["annex_title"].format(area=areas()[area]["name"].upper())
        totals = enumerate(facts.area_totals(area), start=1)
        lines = [_marked(facts, line(facts, total, place), total, sentences) for place, total in totals]
        yield Annex(title, note, "docx_annex", lines, facts.layout("docx_annex"))
    yield from more
    states = [state for group in STATES.values() for state in group]
    late = in_state(facts.c.statuses, *states)
    if late:
        lines = [status_line(place, row) for place, row in enumerate(late, start=1)]
        yield Annex(words["annex_status"], sentences.fill(words["annex_status_note"]), "docx_status", lines)


def table(annex: Annex, styles: Mapping[str, str]) -> str:
    """Markup of an annex' table."""
    layout = annex.layout or columns(annex.table)
    return page.table(
        [column.width for column in layout],
        [column.heading for column in layout],
        [column.kind for column in layout],
        ([_text(item.get(column.key), item.get("uom")) for column in layout] for item in annex.lines),
        styles["table"],
        styles["cell"],
    )


def _marked(facts: Facts, item: dict[str, Any], total: Total, sentences: Sentences) -> dict[str, Any]:
    """The line with its figures as text, each marked."""
    values = {key: Decimal(total.reported) if key == "coverage" else item.get(key) for key in _SCOPES}
    made = {"previous": previous_made(facts, total)}
    return item | {
        key: sentences.mark(total.indicator, _text(item[key], item["uom"]), values[key], scope, made.get(key))
        for key, scope in _SCOPES.items()
        if isinstance(values[key], Decimal)
    }


def _text(value: Any, uom: str | None) -> str:
    show: Callable[[Any], str] = str
    if value is None:
        return ""
    if isinstance(value, Decimal):
        show = numerals.share if uom == PERCENT else numerals.number
    elif isinstance(value, datetime):
        show = numerals.moment
    return show(value)
