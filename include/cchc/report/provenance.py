"""What stands behind every printed figure, complete enough to trace without a database.

In a workbook it is the hidden sheet ``_nguon``, in a document a custom XML part. Each row begins with its kind; rows
of kind ``fields`` name the columns of the other kinds. All cells are text, so that decimals stay exact. ``of`` says
which period a row speaks of: empty for the report's own, else ``authority/period``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from cchc.catalogue import lineage, periods
from cchc.catalogue.indicators import Term, by_code
from cchc.model.changes import CellMove, Changes
from cchc.model.consolidation import Contribution, Earlier, Total
from cchc.model.target import TargetStanding
from cchc.report import former
from cchc.report.arithmetic import Recipe
from cchc.report.book import Book
from cchc.report.facts import Facts
from cchc.report.figures import Made, Printed, Recipes, Register, recipe_of
from cchc.report.numerals import plain
from cchc.report.page import clean
from cchc.report.sent import recipe_of_sent, sent
from cchc.report.texts import label

SHEET = "_nguon"
NAMESPACE = "urn:cchc:nguon:2"
FIELDS: dict[str, tuple[str, ...]] = {
    "meta": ("key", "value"),
    "period": ("of", "label"),
    "indicator": ("code", "name", "uom", "method", "numerator", "denominator", "reported", "expected", "of"),
    "file": ("unit", "name", "tier", "submission_id", "sha256", "file_name", "of"),
    "figure": ("sheet", "cell", "code", "scope", "value", "text", "made"),
    "made": ("made", "method", "note", "roster", "pick"),
    "link": ("made", "role", "value", "code", "scope", "of", "sign", "weight", "source"),
    "row": ("sheet", "row", "unit"),
    "column": ("sheet", "column", "code", "roster", "what"),
    "roster": ("roster", "code", "op", "threshold", "orientation", "source"),
    "standings": ("roster", "units"),
    "cells": ("unit", "of", "cells"),
    "share": ("of", "unit", "former", "weight"),
}
CELL = ("code", "sheet", "cell", "value", "state", "raw", "read_as")
"""What each entry of ``cells`` holds, a JSON list of lists of texts."""
STANDING = ("unit", "state", "reason", "value", "distance", "rank")
"""What each entry of ``standings`` holds, likewise."""
_LONGEST = 32_000
"""Characters that a cell of a workbook holds, and a little less."""
_RAW = 500
_ITEM = "/customXml/item%d.xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_ID = "{5B9C5E8C-6A4B-4C53-9D0B-2C1B6B7A7C02}"

Line = tuple[str, ...]


def write(book: Book, facts: Facts, recipes: Recipes, register: Register) -> None:
    """Write the hidden sheet."""
    sheet = book.hidden_sheet(SHEET)
    for number, line in enumerate(lines(facts, recipes, register)):
        for column, value in enumerate(line):
            if value:
                sheet.write_string(number, column, value)


def embed(document: Document, facts: Facts, recipes: Recipes, register: Register) -> None:
    """Put the provenance into a document as a custom XML part, which Word and LibreOffice keep when they save."""
    rows = "\n".join(
        f"<r>{''.join(f'<c>{escape(clean(value))}</c>' for value in line)}</r>"
        for line in lines(facts, recipes, register)
    )
    package = document.part.package
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<nguon xmlns="{NAMESPACE}">\n{rows}\n</nguon>'
    name = package.next_partname(_ITEM)
    item = Part(name, "application/xml", content.encode(), package)
    about = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    item.relate_to(
        Part(PackURI(name.replace("item", "itemProps")), kind, about.encode(), package),
        RELATIONSHIP_TYPE.CUSTOM_XML_PROPS,
    )
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def lines(facts: Facts, recipes: Recipes, register: Register) -> Iterator[Line]:
    """All rows, the report's own period first."""
    for kind, fields in FIELDS.items():
        yield ("fields", kind, *fields)
    yield from (("meta", key, value) for key, value in _meta(facts).items())
    yield from (_indicator(recipes.totals[total.indicator], total, "") for total in facts.c.totals)
    yield from (_indicator(recipe_of(total, facts.period.kind), total, "") for total in _unasked(facts))
    yield from (_indicator(recipe_of_sent(total.indicator), total, "") for total in sent(facts))
    for row in facts.c.statuses:
        yield ("file", row.unit, row.name, row.kind, str(row.submission_id or ""), row.sha256, row.file_name, "")
    yield from _figures(register.printed)
    for grid in register.grids:
        yield from (("row", grid.sheet, str(row), unit) for unit, row in grid.rows.items())
        for letter, shown in grid.columns.items():
            yield ("column", grid.sheet, letter, shown.code, shown.roster, shown.what)
    yield from _rosters(facts, register)
    for unit, given in groupby(facts.c.contributions, key=lambda item: item.unit):
        yield from _cells(unit, "", [_cell(item) for item in given])
    for share in facts.c.shares:
        if share.weight:
            of = place_of(former_name(facts.c.authority), share.period)
            yield ("share", of, share.unit, share.former, plain(share.weight))
    for other in facts.c.earlier:
        yield from _earlier(other, facts.c.authority, {row.unit: row.name for row in facts.c.statuses})
    if facts.c.changes and (facts.c.changes.figures or facts.c.changes.causes):
        yield from _former(facts, facts.c.changes)


def _unasked(facts: Facts) -> list[Total]:
    """Indicators that a target names and no form of the period asks for: their cells are empty, and say so."""
    named = dict.fromkeys(result.target.indicator for result in facts.c.targets if result.target.indicator)
    return [Total(code, None, "", None, None, {}, 0, 0) for code in named if code not in facts.totals]


def expression(terms: Iterable[Term]) -> str:
    """``3.2.8a-3.2.8b``: the inverse of the catalogue's reading."""
    return "".join(f"{'-' if term.sign < 0 else '+'}{term.code}" for term in terms).removeprefix("+")


def place_of(authority: str, period: str) -> str:
    """How rows name another period: ``31/2026-H1``."""
    return f"{authority}/{period}"


def former_name(authority: str) -> str:
    """How rows name the units that became those of an authority: no authority had them all."""
    return f"{authority}~"


def _meta(facts: Facts) -> dict[str, str]:
    before = periods.previous(facts.period)
    return {
        "format": "2",
        "authority": facts.c.authority,
        "period": facts.c.period,
        "edition": str(facts.c.edition),
        "data_as_of": facts.moment.isoformat(),
        "previous": before.label,
        "previous_of": place_of(facts.c.authority, before.code),
    }


def _indicator(recipe: Recipe, total: Total, of: str) -> Line:
    known = by_code()[recipe.code]
    parts = (expression(recipe.numerator), expression(recipe.denominator))
    coverage = (str(total.reported), str(total.expected))
    return ("indicator", recipe.code, known.name, known.uom, recipe.method, *parts, *coverage, of)


def _figures(printed: Sequence[Printed]) -> Iterator[Line]:
    numbers: dict[Made, str] = {}
    for item in printed:
        if item.made is not None:
            numbers.setdefault(item.made, str(len(numbers) + 1))
        made = numbers[item.made] if item.made is not None else ""
        yield ("figure", item.sheet, item.cell, item.code, item.scope, _text(item.value), item.text, made)
    for made_of, number in numbers.items():
        yield ("made", number, made_of.method, made_of.note, made_of.roster, made_of.pick)
        for link in made_of.links:
            of = place_of(link.owner, link.period) if link.period else ""
            weight = (str(link.sign), _text(link.weight), link.source)
            yield ("link", number, link.role, _text(link.value), link.code, link.scope, of, *weight)


def _rosters(facts: Facts, register: Register) -> Iterator[Line]:
    """Lists of units beside a threshold, of those that a printed figure is taken from."""
    used = {item.made.roster for item in register.printed if item.made is not None}
    used |= {shown.roster for grid in register.grids for shown in grid.columns.values()}
    for name, result in facts.rosters.items():
        if name in used:
            target = result.target
            orientation = "1" if target.orientation else ""
            yield ("roster", name, target.indicator, target.op, _text(target.value), orientation, target.source)
            for part in _packed([_standing(unit) for unit in result.units]):
                yield ("standings", name, part)


def _standing(unit: TargetStanding) -> list[str]:
    figures = (_text(unit.value), _text(unit.distance), str(unit.rank or ""))
    return [unit.body, unit.state.value, unit.reason, *figures]


def _cell(item: Contribution) -> list[str]:
    where = [item.indicator, item.sheet, item.cell]
    return [*where, _text(item.value), item.state.value, item.raw[:_RAW], item.read_as]


def _cells(unit: str, of: str, given: list[list[str]]) -> Iterator[Line]:
    yield from (("cells", unit, of, packed) for packed in _packed(given))


def _packed(given: list[list[str]]) -> Iterator[str]:
    """JSON in as few texts as a workbook's cells can hold."""
    packed = json.dumps(given, ensure_ascii=True, separators=(",", ":"))
    if len(packed) > _LONGEST and len(given) > 1:
        half = len(given) // 2
        yield from _packed(given[:half])
        yield from _packed(given[half:])
    else:
        yield packed


def _earlier(other: Earlier, authority: str, names: dict[str, str]) -> Iterator[Line]:
    period, of = periods.parse(other.period), place_of(other.authority, other.period)
    former = lineage.names_before(period.window_to) if other.authority == former_name(authority) else {}
    yield ("period", of, period.label)
    yield from (_indicator(recipe_of(total, period.kind), total, of) for total in other.totals)
    for row in other.files:
        name = former.get(row.unit) or names.get(row.unit, row.unit)
        yield ("file", row.unit, name, row.kind, str(row.submission_id), row.sha256, row.file_name, of)
        yield from _cells(row.unit, of, [[*cell[:5], cell[5][:_RAW], cell[6]] for cell in json.loads(row.cells)])


def _former(facts: Facts, log: Changes) -> Iterator[Line]:
    """What stood otherwise in the edition before: it overlays the report's own cells."""
    of = place_of(facts.c.authority, former.edition_of(facts, log))
    yield ("period", of, label("change_edition", number=log.previous))
    yield from (_indicator(recipe_of(total, facts.period.kind), total, of) for total in former.totals(facts, log))
    for cause in log.causes:
        identity = str(cause.before_id or cause.submission_id or "")
        file = (cause.before_sha256 or cause.sha256, cause.before_file or cause.file_name)
        yield ("file", cause.unit, cause.name, cause.tier, identity, *file, of)
        yield from _cells(cause.unit, of, [_former_cell(move) for move in cause.cells])


def _former_cell(move: CellMove) -> list[str]:
    """A cell as it stood; without a state where there was none."""
    where = [move.indicator, move.before_sheet, move.before_cell]
    state = move.before_state.value if move.before_state else ""
    return [*where, _text(move.before), state, move.before_raw[:_RAW], move.before_read_as]


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
