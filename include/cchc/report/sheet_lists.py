"""Lists for those who chase and check: obligations, findings, narratives, and where figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue.tables import rows as catalogue_rows
from cchc.model.consolidation import UnitFinding, UnitNarrative, UnitStatus
from cchc.report import numerals
from cchc.report.book import Book, row_height, set_widths, table, text_lines, title_block
from cchc.report.facts import Facts, state_key
from cchc.report.texts import columns, explanations, label

HASH_LENGTH = 12


def write(book: Book, facts: Facts) -> None:
    """Write the four lists."""
    _status(book, facts)
    findings = [finding_line(number, found) for number, found in enumerate(facts.c.findings, start=1)]
    _list(book, facts, "findings", findings, label("no_findings"))
    texts = [_narrative_line(number, found) for number, found in enumerate(facts.c.narratives, start=1)]
    _list(book, facts, "narratives", texts, label("no_narratives"))
    _sources(book, facts)


def status_line(number: int, row: UnitStatus) -> dict[str, Any]:
    """One obligation by column."""
    return {
        "tt": number,
        "unit": row.unit,
        "name": row.name,
        "kind": label(f"kind_{row.kind}"),
        "state": label(f"state_{state_key(row)}"),
        "due_at": numerals.due(row.due_at),
        "received_at": row.received_at,
        "late": row.late_by_hours or None,
        "versions": row.versions - row.repeats,
        "verdict": label(f"verdict_{row.verdict}") if row.verdict else "",
        "findings": row.findings,
        "file_name": row.file_name,
        "sha256": row.sha256[:HASH_LENGTH],
    }


def _status(book: Book, facts: Facts) -> None:
    lines = [status_line(number, row) for number, row in enumerate(facts.c.statuses, start=1)]
    sheet, first, last = _list(book, facts, "status", lines, "")
    column = next(number for number, column in enumerate(columns("status")) if column.key == "state")
    for word, accent in (("missing", "bad"), ("rejected", "bad"), ("unreadable", "bad"), ("late", "fair")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{label(f"state_{word}")}"', "format": book.accent(accent)}
        sheet.conditional_format(first, column, last, column, rule)


def finding_line(number: int, found: UnitFinding) -> dict[str, Any]:
    """One finding by column."""
    place = f"{found.sheet}!{found.cell}" if found.cell else found.sheet
    return {
        "tt": number,
        "unit": found.unit,
        "unit_name": found.unit_name,
        "severity": label(f"severity_{found.severity}"),
        "place": place,
        "indicator": found.indicator,
        "found": found.found,
        "expected": found.expected,
        "message": found.message,
        "fix": found.fix,
        "explanation": found.explanation,
        "rule": found.rule,
    }


def _narrative_line(number: int, found: UnitNarrative) -> dict[str, Any]:
    return {
        "tt": number,
        "section": found.section,
        "heading": _headings().get(found.section, ""),
        "unit": found.unit,
        "unit_name": found.unit_name,
        "text": found.text,
    }


@cache
def _headings() -> dict[str, str]:
    return {row["section"]: row["heading"] for row in catalogue_rows("narrative_sections")}


def _list(
    book: Book, facts: Facts, name: str, lines: Iterable[Mapping[str, Any]], nothing: str
) -> tuple[Worksheet, int, int]:
    layout = columns(name)
    sheet = book.sheet(label(f"sheet_{name}"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    titles = [label(f"title_{name}"), *facts.subtitles()]
    row = title_block(book, sheet, titles, len(layout) - 1, facts.authority.body)
    after = table(book, sheet, row, layout, lines)
    if after == row + 1 and nothing:
        sheet.merge_range(after, 0, after, len(layout) - 1, nothing, book.style("center"))
    else:
        sheet.autofilter(row, 0, after - 1, len(layout) - 1)
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 3)
    return sheet, row + 1, max(after - 1, row + 1)


def _sources(book: Book, facts: Facts) -> None:
    sheet = book.sheet(label("sheet_sources"), landscape=False, footer=facts.authority.body)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 74)
    row = title_block(book, sheet, [label("title_sources"), *facts.subtitles()], 1, facts.authority.body)
    for heading, text in explanations():
        sheet.set_row(row, row_height(text_lines(text, 74)))
        sheet.write_string(row, 0, heading, book.style("label"))
        sheet.write_string(row, 1, text, book.style("wrap"))
        row += 1
