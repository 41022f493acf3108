"""From a printed figure back to the cells it was made from, by the report's own file alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc.report.arithmetic import Part, Recipe, Result, combine, recompute, units_in
from cchc.report.facts import TIERS, uom_of
from cchc.report.figures import DOCUMENT, Link
from cchc.report.ledger import Cells, Ledger, Row
from cchc.report.texts import label
from cchc.report.walks import walk

__all__ = ["Ledger", "document", "trace"]
_ADDRESS = re.compile(r"'?(?P<sheet>.+?)'?!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]*)")


def trace(file: Path, address: str) -> dict[str, Any]:
    """What stands behind the figure at ``address``.

    Args:
        file: A consolidated report.
        address: ``3. Thủ tục hành chính!E12`` in a workbook; in a document a bookmark (``so_3_4_12_1``) or a code.

    Raises:
        ValueError: If the file is no consolidated report or the cell holds no figure of it; a Vietnamese sentence.
    """
    if file.suffix.lower() == f".{DOCUMENT}":
        ledger = Ledger(file)
        return document(ledger, ledger.marked(address.strip()))
    sheet, cell = _place(address)
    ledger = Ledger(file)
    return document(ledger, ledger.figure(sheet, cell))


def document(ledger: Ledger, figure: Row) -> dict[str, Any]:
    """The answer for one figure of the ledger."""
    if figure["made"]:
        return _made(ledger, figure)
    before = figure["scope"] == "previous"
    of = ledger.meta["previous_of"] if before else ""
    cells = ledger.cells(of)
    scope = "total" if before or figure["scope"] == "coverage" else figure["scope"]
    recipe = cells.recipe(figure["code"], scope)
    made = recompute(recipe, cells.given(recipe, scope))
    if figure["scope"] == "coverage":
        made = units_in(recipe, cells.given(recipe, scope))
    in_grid = scope not in ("total", *TIERS) and not figure["value"]
    value = made.value if in_grid else _decimal(figure["value"])
    return {
        **_head(figure, cells, recipe, value),
        "period": of.rpartition("/")[2] or ledger.meta["period"],
        "numerator": _json(made.numerator),
        "denominator": _json(made.denominator),
        "contributions": [_contribution(cells, part) for part in made.parts],
        "check": _check(made, value),
    }


def _head(figure: Row, cells: Cells, recipe: Recipe, value: Decimal | None) -> dict[str, Any]:
    counted = figure["scope"] == "coverage"
    return {
        "sheet": figure["sheet"],
        "cell": figure["cell"],
        "indicator": recipe.code,
        "name": cells.indicators[recipe.code]["name"],
        "uom": label("uom_units") if counted else uom_of(recipe.code, recipe.method),
        "scope": figure["scope"],
        "method": label("method_coverage" if counted else f"method_{recipe.method}"),
        "method_id": "coverage" if counted else recipe.method,
        "value": _json(value),
        "text": figure["text"],
    }


def _made(ledger: Ledger, figure: Row) -> dict[str, Any]:
    """A figure made from other figures: each of them is traced on to its cells."""
    how, rows = ledger.made[figure["made"]], ledger.behind(figure["made"])
    found = combine(how["method"], [_link(row) for row in rows])
    value, told = _decimal(figure["value"]), [_linked(ledger, row) for row in rows]
    name = ledger.indicators[figure["code"]]["name"] if figure["code"] in ledger.indicators else ""
    sound = found == value and all(link["check"]["equals"] for link in told) and _judged(ledger, how, rows)
    return {
        "sheet": figure["sheet"],
        "cell": figure["cell"],
        "indicator": figure["code"],
        "name": name,
        "uom": "",
        "scope": figure["scope"],
        "method": "; ".join(filter(None, (label(f"method_{how['method']}"), how["note"]))),
        "method_id": how["method"],
        "value": _json(value),
        "text": figure["text"],
        "period": ledger.meta["period"],
        "numerator": None,
        "denominator": None,
        "links": told,
        "contributions": [cell for link in told for cell in link["contributions"]],
        "check": {"recomputed": _json(found), "equals": sound},
    }


def _judged(ledger: Ledger, how: Row, rows: Iterable[Row]) -> bool:
    """True where the units of a list stand where the report counts them, judged anew from their cells."""
    roster = ledger.rosters[how["roster"]] if how.get("roster") else None
    return roster is None or all(roster.agrees(row["scope"]) for row in rows)


def _linked(ledger: Ledger, row: Row) -> dict[str, Any]:
    value = _decimal(row["value"])
    about = {key: row[key] for key in ("role", "code", "scope", "of", "source")}
    numbers = {"value": _json(value), "sign": int(row["sign"]), "weight": _json(Decimal(row["weight"]))}
    if not row["scope"]:
        return {**about, **numbers, "contributions": [], "check": {"recomputed": _json(value), "equals": True}}
    found = walk(ledger, row)
    told = [_contribution(cells, part) for cells, part in found.steps]
    check = {"recomputed": _json(found.value), "equals": found.value == value}
    return {**about, **numbers, "contributions": told, "check": check}


def _link(row: Row) -> Link:
    sign, weight = int(row["sign"]), Decimal(row["weight"])
    return Link(row["role"], _decimal(row["value"]), row["code"], row["scope"], sign=sign, weight=weight)


def _check(made: Result, value: Decimal | None) -> dict[str, Any]:
    return {"recomputed": _json(made.value), "equals": made.value == value}


def _contribution(cells: Cells, part: Part) -> dict[str, Any]:
    source, file = cells.sources[part.given.code][part.given.unit], cells.files[part.given.unit]
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
        **({} if part.weight == 1 else {"weight": _json(part.weight)}),
    }


def wrong(ledger: Ledger, figures: Iterable[Row]) -> list[dict[str, Any]]:
    """Answers for the figures that their cells do not give: there should be none."""
    return [told for row in figures if not (told := document(ledger, row))["check"]["equals"]]


def _place(address: str) -> tuple[str, str]:
    match = _ADDRESS.fullmatch(address.strip())
    if not match:
        raise ValueError(label("error_address", address=address))
    return match["sheet"].replace("''", "'"), f"{match['column'].upper()}{match['row']}"


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _json(value: Decimal | None) -> int | float | None:
    """A JSON number: the shortest text of the float is the decimal's own. What no float holds is given whole."""
    if value is None:
        return None
    whole = value == value.to_integral_value() or math.isinf(float(value))
    return int(value) if whole else float(value)
