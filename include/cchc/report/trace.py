"""From a printed figure back to the cells it was made from, by the report's own file alone."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from cchc.catalogue.indicators import Term, terms
from cchc.report import provenance
from cchc.report.arithmetic import Given, Part, Recipe, Result, recompute
from cchc.report.facts import IN_FULL, TIERS, uom_of
from cchc.report.texts import label

_GIVEN = ("reported", "confirmed_zero")
_ADDRESS = re.compile(r"'?(?P<sheet>.+?)'?!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]*)")

Row = dict[str, str]


def trace(xlsx: Path, address: str) -> dict[str, Any]:
    """What stands behind the figure at ``address`` (``3. Thủ tục hành chính!E12``).

    Raises:
        ValueError: If the file is no consolidated report or the cell holds no figure of it; a Vietnamese sentence.
    """
    sheet, cell = _place(address)
    ledger = Ledger(xlsx)
    return document(ledger, ledger.figure(sheet, cell))


class Ledger:
    """The hidden sheet of a report, read.

    Args:
        path: The report.

    Raises:
        ValueError: If it is not a consolidated report.
    """

    def __init__(self, path: Path) -> None:
        self.tables = _read(path)

    @cached_property
    def meta(self) -> dict[str, str]:
        """Facts about the report as a whole."""
        return {row["key"]: row["value"] for row in self.tables["meta"]}

    @cached_property
    def indicators(self) -> dict[str, Row]:
        """Indicators by code."""
        return {row["code"]: row for row in self.tables["indicator"]}

    @cached_property
    def files(self) -> dict[str, Row]:
        """Files by unit."""
        return {row["unit"]: row for row in self.tables["file"]}

    @cached_property
    def sources(self) -> dict[tuple[str, str], Row]:
        """Source cells by code and unit."""
        return {(row["code"], row["unit"]): row for row in self.tables["source"]}

    @cached_property
    def printed(self) -> dict[tuple[str, str], Row]:
        """Figures by sheet and cell, those of the grid by unit excepted."""
        return {(row["sheet"], row["cell"]): row for row in self.tables["figure"]}

    def figure(self, sheet: str, cell: str) -> Row:
        """The figure in a cell.

        Raises:
            ValueError: If there is none.
        """
        found = self.printed.get((sheet, cell)) or self._in_grid(sheet, cell)
        if found is None:
            raise ValueError(self._refusal(sheet, cell))
        if found["scope"] == "previous":
            raise ValueError(label("error_previous", cell=cell, sheet=sheet, period=self.meta["previous"]))
        return found

    def recipe(self, figure: Row) -> Recipe:
        """How the figure is made."""
        known = self.indicators[figure["code"]]
        parts = terms(known["numerator"]), terms(known["denominator"])
        if figure["scope"] in ("total", *TIERS):
            return Recipe(known["code"], known["method"], *parts, self._complete(parts))
        ratio = all(parts) and known["method"] != IN_FULL
        return Recipe(known["code"], "unit_ratio" if ratio else "reported", *parts)

    def given(self, recipe: Recipe, scope: str) -> list[Given]:
        """Figures that may stand behind a figure of that scope."""
        tiers = {unit: row["tier"] for unit, row in self.files.items()}
        whole = scope == "total" or recipe.method == "ratio_of_totals"
        return [
            Given(row["code"], row["unit"], tiers[row["unit"]], Decimal(row["value"]))
            for row in self.tables["source"]
            if row["state"] in _GIVEN and row["value"] and (whole or scope in (tiers[row["unit"]], row["unit"]))
        ]

    def _complete(self, parts: tuple[tuple[Term, ...], ...]) -> bool:
        rows = [self.indicators[term.code] for side in parts for term in side if term.code in self.indicators]
        return all(row["reported"] == row["expected"] for row in rows)

    def _in_grid(self, sheet: str, cell: str) -> Row | None:
        column, row = re.sub(r"\d", "", cell), re.sub(r"\D", "", cell)
        unit = next((r["unit"] for r in self.tables["row"] if (r["sheet"], r["row"]) == (sheet, row)), "")
        code = next((r["code"] for r in self.tables["column"] if (r["sheet"], r["column"]) == (sheet, column)), "")
        if not unit or not code:
            return None
        return {"sheet": sheet, "cell": cell, "code": code, "scope": unit, "value": "", "text": ""}

    def _refusal(self, sheet: str, cell: str) -> str:
        known = dict.fromkeys(row["sheet"] for row in (*self.tables["figure"], *self.tables["row"]))
        if sheet not in known:
            return label("error_no_sheet", sheet=sheet, known="; ".join(known))
        return label("error_no_figure", sheet=sheet, cell=cell)


def document(ledger: Ledger, figure: Row) -> dict[str, Any]:
    """The answer for one figure of the ledger."""
    recipe = ledger.recipe(figure)
    made = recompute(recipe, ledger.given(recipe, figure["scope"]))
    in_grid = figure["scope"] not in ("total", *TIERS)
    value = made.value if in_grid else _decimal(figure["value"])
    return {
        "sheet": figure["sheet"],
        "cell": figure["cell"],
        "indicator": recipe.code,
        "name": ledger.indicators[recipe.code]["name"],
        "uom": uom_of(recipe.code, recipe.method),
        "scope": figure["scope"],
        "method": label(f"method_{recipe.method}"),
        "method_id": recipe.method,
        "value": _json(value),
        "text": figure["text"],
        "numerator": _json(made.numerator),
        "denominator": _json(made.denominator),
        "contributions": [_contribution(ledger, part) for part in made.parts],
        "check": _check(made, value),
    }


def _check(made: Result, value: Decimal | None) -> dict[str, Any]:
    return {"recomputed": _json(made.value), "equals": made.value == value}


def _contribution(ledger: Ledger, part: Part) -> dict[str, Any]:
    source, file = ledger.sources[part.given.code, part.given.unit], ledger.files[part.given.unit]
    return {
        "unit": part.given.unit,
        "name": file["name"],
        "sha256": file["sha256"],
        "submission_id": file["submission_id"],
        "file_name": file["file_name"],
        "sheet": source["sheet"],
        "cell": source["cell"],
        "indicator": part.given.code,
        "value": _json(part.given.value),
        "raw": source["raw"],
        "read_as": source["read_as"],
        "state": source["state"],
        "role": part.role,
        "sign": part.sign,
    }


def _place(address: str) -> tuple[str, str]:
    match = _ADDRESS.fullmatch(address.strip())
    if not match:
        raise ValueError(label("error_address", address=address))
    return match["sheet"].replace("''", "'"), f"{match['column'].upper()}{match['row']}"


def _read(path: Path) -> dict[str, list[Row]]:
    if not path.is_file():
        raise ValueError(label("error_no_file", file=path.name))
    try:
        lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(provenance.SHEET).to_python()
    except OSError as error:
        raise ValueError(label("error_unreadable", file=path.name)) from error
    except CalamineError as error:
        raise ValueError(label("error_not_ours", file=path.name, sheet=provenance.SHEET)) from error
    if not lines or lines[0][0] != "fields":
        raise ValueError(label("error_not_ours", file=path.name, sheet=provenance.SHEET))
    tables: dict[str, list[Row]] = defaultdict(list)
    fields: dict[str, list[str]] = {}
    for kind, *cells in lines:
        values = [str(cell) for cell in cells]
        if kind == "fields":
            fields[values[0]] = [value for value in values[1:] if value]
        else:
            tables[str(kind)].append(dict(zip(fields[str(kind)], values, strict=False)))
    return tables


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _json(value: Decimal | None) -> int | float | None:
    """A JSON number: the shortest text of the float is the decimal's own. What no float holds is given whole."""
    if value is None:
        return None
    whole = value == value.to_integral_value() or math.isinf(float(value))
    return int(value) if whole else float(value)
