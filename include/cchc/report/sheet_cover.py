"""The cover: the form's own labels, so that an authority's workbook can be sent upward as a submission."""

from __future__ import annotations

from cchc.catalogue import units
from cchc.catalogue.form_texts import form_code
from cchc.catalogue.form_texts import text as form_text
from cchc.catalogue.forms import COVER_SHEET, form
from cchc.report import numerals
from cchc.report.book import Book
from cchc.report.facts import Facts
from cchc.report.texts import label

_LABEL, _VALUE = 1, 2


def write(book: Book, facts: Facts) -> None:
    """Write the cover sheet."""
    sheet = book.sheet(COVER_SHEET, landscape=False, footer=facts.authority.body)
    sheet.set_column(0, 0, 3)
    sheet.set_column(_LABEL, _LABEL, 26)
    sheet.set_column(_VALUE, _VALUE, 60)
    sheet.write_string(0, _LABEL, facts.authority.parent, book.style("agency"))
    sheet.write_string(1, _LABEL, facts.authority.agency, book.style("agency"))
    for row, key, style in ((3, "title_cover", "title"), (4, "", "subtitle")):
        words = label(key) if key else facts.period.label[:1].upper() + facts.period.label[1:]
        sheet.set_row(row, 26)
        sheet.merge_range(row, _LABEL, row, _VALUE, words, book.style(style))
    for row, (name, value) in enumerate(_lines(facts), start=6):
        sheet.set_row(row, 22)
        sheet.write_string(row, _LABEL, name, book.style("label"))
        sheet.write_string(row, _VALUE, value, book.style("wrap"))


def _lines(facts: Facts) -> tuple[tuple[str, str], ...]:
    period = facts.period
    owner = units.find(facts.c.authority, period.window_to)
    form_id = owner.form if owner else "authority"
    coverage = f"{facts.reported}/{facts.c.counts.expected}"
    return (
        (form_text("cover_unit_name"), owner.name if owner else facts.authority.body),
        (form_text("cover_unit_code"), facts.c.authority),
        (form_text("cover_period_name"), period.label[:1].upper() + period.label[1:]),
        (form_text("cover_period_code"), period.code),
        (form_text("cover_form"), form_code(form_id)),
        (form_text("cover_version"), form(form_id, period.kind).version),
        (label("cover_coverage"), coverage),
        (label("cover_moment"), numerals.moment(facts.moment)),
        (label("cover_due"), period.due_text),
        (label("cover_edition"), str(facts.c.edition)),
    )
