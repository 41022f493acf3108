"""The consolidated workbook."""

from __future__ import annotations

from pathlib import Path

from cchc.model.consolidation import Consolidation
from cchc.report import (
    provenance,
    sheet_annex,
    sheet_changes,
    sheet_charts,
    sheet_comparison,
    sheet_cover,
    sheet_lists,
    sheet_narrative,
    sheet_special,
    sheet_summary,
    sheet_targets,
    sheet_units,
)
from cchc.report.book import Book
from cchc.report.facts import Facts, properties
from cchc.report.figures import Recipes, Register
from cchc.report.texts import label


def write_xlsx(c: Consolidation, path: Path) -> int:
    """Write the workbook; return how many indicators have a figure in the annexes.

    The same consolidation gives the same bytes.
    """
    facts, register = Facts(c), Register()
    recipes = Recipes(facts)
    title = f"{label('title_cover')} {facts.period.label.upper()}"
    book = Book(path, title, facts.authority.body, facts.moment, properties(facts))
    sheet_cover.write(book, facts)
    sheet_summary.write(book, facts, register)
    sheet_changes.write(book, facts, register)
    sheet_targets.write(book, facts, register)
    sheet_special.write(book, facts, register)
    sheet_comparison.write(book, facts, register)
    sheet_charts.write(book, facts, register)
    figures = sheet_annex.write(book, facts, register)
    sheet_narrative.write(book, facts)
    sheet_units.write(book, facts, recipes, register)
    sheet_lists.write(book, facts)
    provenance.write(book, facts, recipes, register)
    book.close()
    return figures
