"""What changed since the edition before: which reports, which figures, which cells; and corrections noted earlier."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from cchc.model.changes import Changes
from cchc.report.book import Book, row_height, set_widths, table, text_lines, title_block
from cchc.report.change_standings import elsewhere, rule_lines, target_lines
from cchc.report.changes import (
    Line,
    cause_lines,
    cell_lines,
    figure_lines,
    note_lines,
    note_title,
    state_lines,
    summary,
)
from cchc.report.facts import Facts
from cchc.report.figures import Register
from cchc.report.numerals import roman
from cchc.report.texts import columns, label


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write the sheet, where there is an edition before or a correction was noted."""
    log, notes = facts.c.changes, facts.c.notes
    if log is None and not notes:
        return
    layout = columns("changes_figures")
    sheet = book.sheet(label("sheet_changes"), footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    row = title_block(book, sheet, [label("title_changes"), *facts.subtitles()], len(layout) - 1, facts.authority.body)
    sheet.freeze_panes(row, 0)
    noted = [(note_title(note), "changes_figures", note_lines(facts, note)) for note in notes]
    blocks = [*(_blocks(facts, log) if log else ()), *noted]
    row = _paragraphs(book, sheet, row, summary(facts, log) if log else [])
    for number, (title, name, lines) in enumerate((block for block in blocks if block[2]), start=1):
        sheet.write_string(row, 0, f"{roman(number)}. {title}", book.style("section"))
        row = _block(book, sheet, register, row + 1, name, lines) + 1
    row = _paragraphs(book, sheet, row, _remarks(log) if log else [])
    sheet.print_area(0, 0, row - 1, len(layout) - 1)


def _remarks(log: Changes) -> list[str]:
    more = [label("change_threshold_source")] if log.figures else []
    return [text for text in (elsewhere(log), *more) if text]


def _blocks(facts: Facts, log: Changes) -> list[tuple[str, str, list[Line]]]:
    return [
        (label("change_head_causes"), "changes_causes", cause_lines(log.causes)),
        (label("change_head_figures"), "changes_figures", figure_lines(facts, log)),
        (label("change_head_targets"), "changes_targets", target_lines(facts, log)),
        (label("change_head_rules"), "changes_rules", rule_lines(facts, log)),
        (label("change_head_cells"), "changes_cells", cell_lines(facts, log)),
        (label("change_head_states"), "changes_states", state_lines(facts, log)),
    ]


def _block(book: Book, sheet: Worksheet, register: Register, row: int, name: str, lines: Sequence[Line]) -> int:
    layout = columns(name)
    after = table(book, sheet, row, layout, [line.values for line in lines])
    place = {column.key: number for number, column in enumerate(layout)}
    for at, line in enumerate(lines, start=row + 1):
        for key, spot in line.figures.items():
            register.add(sheet.get_name(), at, place[key], spot.code, spot.scope, spot.value, spot.text, spot.made)
    return after


def _paragraphs(book: Book, sheet: Worksheet, row: int, texts: Sequence[str]) -> int:
    layout = columns("changes_figures")
    width = sum(column.width for column in layout)
    for text in texts:
        sheet.set_row(row, row_height(text_lines(text, width)))
        sheet.merge_range(row, 0, row, len(layout) - 1, text, book.style("paragraph"))
        row += 1
    return row + 1 if texts else row
