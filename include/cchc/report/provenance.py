"""The hidden sheet ``_nguon``: what stands behind every printed figure, complete enough to trace without a database.

Each row begins with its kind; rows of kind ``fields`` name the columns of the other kinds. All cells are text, so
that decimals stay exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cchc.catalogue import periods
from cchc.catalogue.indicators import Term, by_code
from cchc.model.consolidation import Total
from cchc.report.arithmetic import Recipe
from cchc.report.book import Book
from cchc.report.facts import Facts
from cchc.report.figures import Recipes, Register
from cchc.report.numerals import plain

SHEET = "_nguon"
FIELDS: dict[str, tuple[str, ...]] = {
    "meta": ("key", "value"),
    "indicator": ("code", "name", "uom", "method", "numerator", "denominator", "reported", "expected"),
    "file": ("unit", "name", "tier", "submission_id", "sha256", "file_name"),
    "figure": ("sheet", "cell", "code", "scope", "value", "text"),
    "row": ("sheet", "row", "unit"),
    "column": ("sheet", "column", "code"),
    "source": ("code", "unit", "sheet", "cell", "value", "state", "raw", "read_as"),
}


def write(book: Book, facts: Facts, recipes: Recipes, register: Register) -> None:
    """Write the hidden sheet."""
    sheet = book.hidden_sheet(SHEET)
    for number, line in enumerate(_lines(facts, recipes, register)):
        for column, value in enumerate(line):
            if value:
                sheet.write_string(number, column, value)


def expression(terms: Iterable[Term]) -> str:
    """``3.2.8a-3.2.8b``: the inverse of the catalogue's reading."""
    return "".join(f"{'-' if term.sign < 0 else '+'}{term.code}" for term in terms).removeprefix("+")


def _lines(facts: Facts, recipes: Recipes, register: Register) -> Iterator[tuple[str, ...]]:
    for kind, fields in FIELDS.items():
        yield ("fields", kind, *fields)
    yield from (("meta", key, value) for key, value in _meta(facts).items())
    yield from (_indicator(recipes.totals[total.indicator], total) for total in facts.c.totals)
    yield from _files(facts)
    for item in register.printed:
        yield ("figure", item.sheet, item.cell, item.code, item.scope, _text(item.value), item.text)
    yield from (("row", register.grid_sheet, str(row), unit) for unit, row in register.grid_rows.items())
    yield from (("column", register.grid_sheet, column, code) for column, code in register.grid_columns.items())
    yield from _sources(facts)


def _meta(facts: Facts) -> dict[str, str]:
    return {
        "format": "1",
        "authority": facts.c.authority,
        "period": facts.c.period,
        "edition": str(facts.c.edition),
        "data_as_of": facts.moment.isoformat(),
        "previous": periods.previous(facts.period).label,
    }


def _indicator(recipe: Recipe, total: Total) -> tuple[str, ...]:
    known = by_code()[recipe.code]
    parts = (expression(recipe.numerator), expression(recipe.denominator))
    coverage = (str(total.reported), str(total.expected))
    return ("indicator", recipe.code, known.name, known.uom, recipe.method, *parts, *coverage)


def _files(facts: Facts) -> Iterator[tuple[str, ...]]:
    for row in facts.c.statuses:
        yield ("file", row.unit, row.name, row.kind, str(row.submission_id or ""), row.sha256, row.file_name)


def _sources(facts: Facts) -> Iterator[tuple[str, ...]]:
    for item in facts.c.contributions:
        where = (item.indicator, item.unit, item.sheet, item.cell)
        yield ("source", *where, _text(item.value), item.state.value, item.raw, item.read_as)


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
