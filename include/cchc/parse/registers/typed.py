"""A cell of a register as the column's kind reads it; what is no such value is said, never guessed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cchc.catalogue import registers
from cchc.catalogue.registers import Column
from cchc.parse import dates, values
from cchc.parse.words import clean, fold, plain

SHOWN = "{0.day}/{0.month}/{0.year}"


class UnreadError(ValueError):
    """The cell holds no value of the column's kind; ``key`` names the remark, ``known`` what could stand there."""

    def __init__(self, key: str, known: str = "") -> None:
        super().__init__(key)
        self.key, self.known = key, known


def raw(cell: Any) -> str:
    """The cell as people see it."""
    if isinstance(cell, datetime | date):
        return SHOWN.format(cell)
    return values.read(cell, "score").raw if isinstance(cell, float) else clean(str(cell))


def typed(cell: Any, column: Column) -> str:
    """The value as text: see :class:`cchc.model.register.RegisterCell`.

    Raises:
        UnreadError: If the cell holds no such value.
    """
    match column.kind:
        case "date":
            return _date(cell).isoformat()
        case "number" | "whole":
            return str(_number(cell, whole=column.kind == "whole"))
        case "choice":
            return choice(cell, column.choices)
    return plain(cell) if not isinstance(cell, datetime | date) else raw(cell)


def choice(cell: Any, name: str) -> str:
    """The key of the choice that the cell names by its words, its key or its number.

    Raises:
        UnreadError: If it names none.
    """
    known, said = registers.choices(name), fold(plain(cell))
    for value, label in known.items():
        if said in (fold(label), fold(label.partition(". ")[2]), fold(value)):
            return value
    raise UnreadError("bad_choice", "; ".join(known.values()))


def _date(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = dates.of_serial(cell) if isinstance(cell, float) else dates.one(clean(str(cell)))
    if found is None:
        raise UnreadError("bad_date")
    return found


def _number(cell: Any, *, whole: bool) -> Decimal:
    found = values.read(cell, "count" if whole else "score")
    if found.value is None or found.trouble:
        raise UnreadError("bad_number")
    if whole and (found.value < 0 or found.value != found.value.to_integral_value()):
        raise UnreadError("not_whole")
    if found.value < 0:
        raise UnreadError("negative")
    return found.value.normalize() if found.value % 1 else found.value.quantize(Decimal(1))
