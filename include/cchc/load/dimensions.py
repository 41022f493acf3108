"""The catalogue in the warehouse: dim_unit, dim_indicator, dim_form_row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue import forms, indicators, lineage, units
from cchc.catalogue.regimes import regime
from cchc.catalogue.tables import rows
from cchc.store.tables import dim_form_row, dim_indicator, dim_indicator_term, dim_unit, unit_lineage, unit_predecessor


def load_catalogue(engine: Engine) -> None:
    """Bring the dimensions to the catalogue's present content; rows are updated, never dropped."""
    with engine.begin() as connection:
        _upsert(connection, dim_unit, [_unit(u) for u in units.all_units()])
        _upsert(connection, unit_predecessor, _predecessors())
        # Shares are the choice of the day as well; who sets another one must not leave the old one beside it.
        connection.execute(unit_lineage.delete())
        connection.execute(unit_lineage.insert(), _lineage())
        _upsert(connection, dim_indicator, _indicators())
        _upsert(connection, dim_indicator_term, _terms())
        # A form is the catalogue's choice of the day: a code that left it must leave the denominator of coverage.
        connection.execute(dim_form_row.delete())
        connection.execute(dim_form_row.insert(), _form_rows())


def _upsert(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest), values)


def _unit(unit: units.Unit) -> dict[str, Any]:
    names = ("code", "valid_from", "valid_to", "name", "kind", "authority", "form", "source")
    return {name: getattr(unit, name) for name in names}


def _predecessors() -> list[dict[str, Any]]:
    return [
        {**{k: v for k, v in row.items() if k not in ("part", "source")}, "partial": row["part"] == "part"}
        for row in rows("unit_predecessors")
    ]


def _lineage() -> list[dict[str, Any]]:
    lineage.check(lineage.edges())
    return [{**row, "weight": Decimal(row["weight"])} for row in rows("unit_lineage")]


def _indicators() -> list[dict[str, Any]]:
    renamed = {"unit": "uom", "time": "time_basis"}
    return [
        {
            **{renamed.get(key, key): value for key, value in row.items()},
            "valid_to": row["valid_to"] or None,
            "position": position,
        }
        for position, row in enumerate((*rows("indicators"), *_companions()))
    ]


def _companions() -> list[dict[str, str]]:
    """Companions as rows of the catalogue of indicators, after all others."""
    parents = {row["code"]: row for row in rows("indicators")}
    own = {"rollup": "none", "numerator": "", "denominator": "", "note": "", "official_ref": ""}
    return [
        {**parents[row["of"]], **own, **{key: value for key, value in row.items() if key not in ("of", "role")}}
        for row in rows("companions")
    ]


def _terms() -> list[dict[str, Any]]:
    return [
        {"code": indicator.code, "part": part, "operand": term.code, "sign": term.sign}
        for indicator in indicators.all_indicators()
        for part in ("numerator", "denominator")
        for term in getattr(indicator, part)
    ]


def _form_rows() -> list[dict[str, Any]]:
    return [
        {"form": form_id, "kind": kind, "code": row.indicator.code, "required": row.required}
        for form_id in forms.all_forms()
        for kind in regime().kinds
        for row in forms.form(form_id, kind).rows
    ]
