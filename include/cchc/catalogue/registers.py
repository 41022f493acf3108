"""Registers that an authority keeps by the year: which there are, their columns, what may stand in them.

Sources: ``registers.csv``, ``register_columns.csv``, ``register_choices.csv``; every row names its clause or says
"proposal". Words for people are in ``register_texts.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from cchc.catalogue.regime_terms import weaknesses
from cchc.catalogue.tables import rows
from cchc.catalogue.units import Unit, all_units

KEPT, NONE, NOT_KEPT = "kept", "none", "not_kept"
"""What an authority says of a register: entries arose, none arose, it is not kept. Not kept is not none."""

VOCABULARY = "weaknesses"
"""Set of choices: the controlled words for what fell short (``weaknesses.csv``)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register.

    Attributes:
        key: As in the warehouse.
        heading: As printed.
        kind: ``unit``, ``name``, ``text``, ``date``, ``number``, ``whole`` or ``choice``.
        choices: Name of the set that a choice is from, else empty.
        required: True where no entry can do without it.
        width: Characters in the workbook.
    """

    key: str
    heading: str
    kind: str
    choices: str
    required: bool
    width: float


@dataclass(frozen=True, slots=True)
class Register:
    """One register.

    Attributes:
        id: ``remediation``, ``breakthrough``, …
        sheet: Name of its sheet.
        title: Heading of the sheet.
        hint: How it is kept, in a sentence.
        of_units: True where an entry belongs to a unit; else to the authority itself.
        prefill: Columns that an issued workbook fills in: one row for each unit, or each unit and area judged.
        unique: Columns that no two entries share.
        dated: Column whose date belongs to the register's year, or empty.
        columns: In printed order.
        source: The clause that wants it.
    """

    id: str
    sheet: str
    title: str
    hint: str
    of_units: bool
    prefill: tuple[str, ...]
    unique: tuple[str, ...]
    dated: str
    columns: tuple[Column, ...]
    source: str

    def column(self, key: str) -> Column:
        """The column of that key.

        Raises:
            KeyError: If there is none.
        """
        return {column.key: column for column in self.columns}[key]


@cache
def registers() -> tuple[Register, ...]:
    """Every register, in the order of the workbook's sheets."""
    return tuple(
        Register(
            id=row["id"],
            sheet=row["sheet"],
            title=row["title"],
            hint=row["hint"],
            of_units=row["owner"] == "unit",
            prefill=tuple(row["prefill"].split()),
            unique=tuple(row["unique"].split()),
            dated=row["dated"],
            columns=_columns(row["id"]),
            source=row["source"],
        )
        for row in rows("registers")
    )


@cache
def by_id() -> dict[str, Register]:
    """Registers by id."""
    return {register.id: register for register in registers()}


@cache
def choices(name: str) -> dict[str, str]:
    """Values of a set of choices with their words."""
    if name == VOCABULARY:
        return weaknesses()
    return {row["value"]: row["label"] for row in rows("register_choices") if row["set"] == name}


def text(key: str, **facts: object) -> str:
    """A sentence about registers with its facts filled in."""
    return _texts()[key].format(**facts) if facts else _texts()[key]


def units_in_year(authority: str, year: int) -> tuple[Unit, ...]:
    """Units that reported to the authority on some day of the year, itself left out, each once."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    mine = [
        unit
        for unit in all_units()
        if unit.authority == authority
        and unit.kind != "authority"
        and unit.valid_from <= last
        and (unit.valid_to is None or unit.valid_to >= first)
    ]
    return tuple({unit.code: unit for unit in mine}.values())


def _columns(register: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            key=row["key"],
            heading=row["heading"],
            kind=row["kind"].partition(":")[0],
            choices=row["kind"].partition(":")[2],
            required=row["required"] == "yes",
            width=float(row["width"]),
        )
        for row in rows("register_columns")
        if row["register"] == register
    )


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("register_texts")}
