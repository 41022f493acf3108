"""The provenance of a report, read from its own file: the hidden sheet of a workbook, the XML part of a document."""

from __future__ import annotations

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from cchc.catalogue.indicators import Term, companion_codes, terms
from cchc.report import former, provenance, rosters, weighing
from cchc.report.arithmetic import WEIGHT, Given, Recipe
from cchc.report.facts import IN_FULL, TIERS
from cchc.report.figures import DOCUMENT
from cchc.report.rosters import Roster
from cchc.report.texts import label

_GIVEN = ("reported", "confirmed_zero")

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Cells:
    """One period of one authority: how totals are made and what each unit gave.

    Attributes:
        indicators: By code.
        files: By unit.
        packed: Cells by unit, each text a JSON list.
        base: Cells that these overlay; one without a state takes away the one below it.
    """

    indicators: dict[str, Row]
    files: dict[str, Row]
    packed: tuple[tuple[str, str], ...]
    base: Cells | None = None

    @cached_property
    def sources(self) -> dict[str, dict[str, Row]]:
        """Source cells by code and unit."""
        below = self.base.sources if self.base else {}
        found = defaultdict(dict, {code: dict(rows) for code, rows in below.items()})
        for unit, text in self.packed:
            for entry in json.loads(text):
                row = dict(zip(provenance.CELL, entry, strict=True))
                if row["state"]:
                    found[row["code"]][unit] = row
                else:
                    found[row["code"]].pop(unit, None)
        return found

    def recipe(self, code: str, scope: str) -> Recipe:
        """How a total, a tier's or a unit's figure is made."""
        known = self.indicators[code]
        parts = terms(known["numerator"]), terms(known["denominator"])
        if scope in ("total", *TIERS):
            return Recipe(code, known["method"], *parts, self._complete(parts))
        ratio = all(parts) and known["method"] != IN_FULL
        return Recipe(code, "unit_ratio" if ratio else "reported", *parts)

    def given(self, recipe: Recipe, scope: str) -> list[Given]:
        """Figures that may stand behind a figure of that scope."""
        whole = scope == "total" or recipe.method == "ratio_of_totals"
        operands = {term.code for side in (recipe.numerator, recipe.denominator) for term in side}
        wanted = {recipe.code, WEIGHT} | operands | companion_codes()
        return [
            Given(code, unit, tier, Decimal(row["value"]))
            for code in sorted(wanted)
            for unit, row in self._of(code, scope, whole=whole)
            if row["state"] in _GIVEN and row["value"]
            for tier in (self.files[unit]["tier"],)
            if whole or scope in (tier, unit)
        ]

    def reported(self, code: str) -> list[Given]:
        """What each unit gave for one code, of what counts."""
        return [
            Given(code, unit, self.files[unit]["tier"], Decimal(row["value"]))
            for unit, row in self.sources.get(code, {}).items()
            if row["state"] in _GIVEN and row["value"]
        ]

    def _of(self, code: str, scope: str, *, whole: bool) -> Iterable[tuple[str, Row]]:
        """Cells of a code by unit; of one unit without a look at the others."""
        known = self.sources.get(code, {})
        if whole or scope in TIERS:
            return known.items()
        return [(scope, known[scope])] if scope in known else []

    def _complete(self, parts: tuple[tuple[Term, ...], ...]) -> bool:
        rows = [self.indicators[term.code] for side in parts for term in side if term.code in self.indicators]
        return all(row["reported"] == row["expected"] for row in rows)


class Ledger:
    """The provenance of a report, read.

    Args:
        path: The report, a workbook or a document.

    Raises:
        ValueError: If it is not a consolidated report.
    """

    def __init__(self, path: Path) -> None:
        self.tables = _tables(_lines(path), path)
        self._cells: dict[str, Cells] = {}
        self.pairs: dict[tuple[str, str], Any] = {}
        """Figures of two periods by code and other period, kept by :mod:`cchc.report.restating`."""

    @cached_property
    def meta(self) -> dict[str, str]:
        """Facts about the report as a whole."""
        return {row["key"]: row["value"] for row in self.tables["meta"]}

    @property
    def indicators(self) -> dict[str, Row]:
        """Indicators of the report's own period by code."""
        return self.cells("").indicators

    @cached_property
    def periods(self) -> dict[str, str]:
        """Words for the other periods whose cells are here."""
        return {row["of"]: row["label"] for row in self.tables["period"]}

    @cached_property
    def made(self) -> dict[str, Row]:
        """How figures were made that are no plain totals."""
        return {row["made"]: row for row in self.tables["made"]}

    @cached_property
    def links(self) -> dict[str, list[Row]]:
        """From what they were made."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["link"]:
            found[row["made"]].append(row)
        return found

    @cached_property
    def rosters(self) -> dict[str, Roster]:
        """Units beside each threshold, by the name of their list."""
        return rosters.read(self.tables["roster"], self.tables["standings"], self.cells(""))

    def behind(self, made: str) -> list[Row]:
        """From what a figure was made, those among units of a list included."""
        how = self.made[made]
        if how["method"] == weighing.METHOD:
            weighed = weighing.read(how["pick"])
            of = provenance.place_of(self.meta["authority"], weighed.period)
            return weighing.links(weighed, self.cells(""), self.cells(of), of, self.links[made])
        listed = self.rosters[how["roster"]].links(how["method"], how["pick"]) if how.get("roster") else []
        return [*self.links[made], *listed]

    @cached_property
    def printed(self) -> dict[tuple[str, str], Row]:
        """Figures by sheet and cell, those of the grid by unit excepted."""
        return {(row["sheet"], row["cell"]): row for row in self.tables["figure"]}

    @cached_property
    def shares(self) -> dict[str, dict[str, list[tuple[str, Decimal]]]]:
        """By period and unit of today: former units with the share that it took over of each."""
        found: dict[str, dict[str, list[tuple[str, Decimal]]]] = defaultdict(lambda: defaultdict(list))
        for row in self.tables["share"]:
            found[row["of"]][row["unit"]].append((row["former"], Decimal(row["weight"])))
        return {of: dict(units) for of, units in found.items()}

    def cells(self, of: str) -> Cells:
        """What units gave for a period; the report's own for an empty ``of``."""
        if of not in self._cells:
            base = self.cells("") if former.SIGN in of else None
            self._cells[of] = Cells(
                (base.indicators if base else {}) | {r["code"]: r for r in self.tables["indicator"] if r["of"] == of},
                (base.files if base else {}) | {row["unit"]: row for row in self.tables["file"] if row["of"] == of},
                tuple((row["unit"], row["cells"]) for row in self.tables["cells"] if row["of"] == of),
                base,
            )
        return self._cells[of]

    def figure(self, sheet: str, cell: str) -> Row:
        """The figure in a cell.

        Raises:
            ValueError: If there is none.
        """
        found = self.printed.get((sheet, cell)) or self._in_grid(sheet, cell)
        if found is None:
            raise ValueError(self._refusal(sheet, cell))
        if found["scope"] == "previous" and not found["made"] and self.meta["previous_of"] not in self.periods:
            raise ValueError(label("error_previous", cell=cell, sheet=sheet, period=self.meta["previous"]))
        return found

    def marked(self, name: str) -> Row:
        """The figure of a document in a bookmark, or the first one of a code.

        Raises:
            ValueError: If there is none.
        """
        found = self.printed.get((DOCUMENT, name))
        found = found or next((row for row in self.tables["figure"] if row["code"] == name), None)
        if found is None:
            raise ValueError(label("error_no_mark", mark=name))
        return found

    def grid(self) -> list[Row]:
        """Every figure of the sheets with a line for each unit."""
        found = (
            self._crossing(column, row)
            for row in self.tables["row"]
            for column in self.tables["column"]
            if column["sheet"] == row["sheet"]
        )
        return [row for row in found if row is not None]

    def _in_grid(self, sheet: str, cell: str) -> Row | None:
        letters, digits = re.sub(r"\d", "", cell), re.sub(r"\D", "", cell)
        row = next((r for r in self.tables["row"] if (r["sheet"], r["row"]) == (sheet, digits)), None)
        column = next((c for c in self.tables["column"] if (c["sheet"], c["column"]) == (sheet, letters)), None)
        return self._crossing(column, row) if row and column else None

    def _crossing(self, column: Row, row: Row) -> Row | None:
        """The figure where a column and a unit's row meet; None where nothing is printed there."""
        at = {"sheet": row["sheet"], "cell": f"{column['column']}{row['row']}", "code": column["code"]}
        name, what, unit = column.get("roster", ""), column.get("what", ""), row["unit"]
        if not name:
            return {**at, "scope": unit, "value": "", "text": "", "made": ""}
        shown = self.rosters[name].shown(unit, what)
        if shown is None:
            return None
        made = "" if what == "value" else self._beside(name, what, unit)
        return {**at, "scope": what if made else unit, **shown, "made": made}

    def _beside(self, name: str, what: str, unit: str) -> str:
        """How a unit's distance, standing or place was made, kept like what a report tells of its other figures."""
        known = f"{name}/{what}/{unit}"
        if known not in self.made:
            ranked = what == "rank"
            how = {"made": known, "method": "rank_of" if ranked else "sum_of", "note": ""}
            self.made[known] = {**how, "roster": name if ranked else "", "pick": unit}
            self.links[known] = [] if ranked else self.rosters[name].apart(unit)
        return known

    def _refusal(self, sheet: str, cell: str) -> str:
        known = dict.fromkeys(row["sheet"] for row in (*self.tables["figure"], *self.tables["row"]))
        if sheet not in known:
            return label("error_no_sheet", sheet=sheet, known="; ".join(known))
        return label("error_no_figure", sheet=sheet, cell=cell)


def _lines(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise ValueError(label("error_no_file", file=path.name))
    try:
        if path.suffix.lower() == f".{DOCUMENT}":
            return _part(path)
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(provenance.SHEET)
        return [[str(cell) for cell in line] for line in sheet.to_python()]
    except OSError as error:
        raise ValueError(label("error_unreadable", file=path.name)) from error
    except (CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise ValueError(_not_ours(path)) from error


def _part(path: Path) -> list[list[str]]:
    """Rows of the XML part; programs that save a document may number its parts anew."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"customXml/item\d+\.xml", name):
                root = etree.fromstring(archive.read(name), parser)
                if root.tag == f"{{{provenance.NAMESPACE}}}nguon":
                    return [[cell.text or "" for cell in row] for row in root]
    return []


def _tables(lines: Iterable[list[str]], path: Path) -> Tables:
    tables: Tables = defaultdict(list)
    fields: dict[str, list[str]] = {}
    for kind, *values in lines:
        if kind == "fields":
            fields[values[0]] = [value for value in values[1:] if value]
        elif kind not in fields:
            break
        else:
            padded = values + [""] * (len(fields[kind]) - len(values))
            tables[kind].append(dict(zip(fields[kind], padded, strict=False)))
    if not tables["meta"]:
        raise ValueError(_not_ours(path))
    return tables


def _not_ours(path: Path) -> str:
    return label("error_not_ours", file=path.name, sheet=provenance.SHEET)
