"""Items of special rules as lines of tables, and what stands behind their figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from cchc.catalogue.special import words
from cchc.model.special import SpecialItem
from cchc.report import numerals
from cchc.report.figures import Link, Made
from cchc.report.texts import label

_FIGURE_ROLES = ("numerator", "denominator", "addend", "counted", "datum")


def line(item: SpecialItem, number: int) -> dict[str, Any]:
    """An item by column."""
    return {
        "tt": number,
        "unit": item.unit,
        "name": item.unit_name,
        "subject": item.subject,
        "status": words(f"status_{item.status}"),
        "due": _day(item.due),
        "done": _day(item.done),
        "value": item.value,
        "expected": item.expected,
        "uom": "" if item.value is None and item.expected is None else item.uom,
        "reason": item.reason,
        "source": source_text(item),
    }


def source_text(item: SpecialItem) -> str:
    """Cells of registers and codes of figures that an item rests on, in short."""
    found, codes = places(item), codes_of(item)
    sheets: dict[str, list[str]] = {}
    for place in found:
        sheet, _, cell = place.rpartition("!")
        sheets.setdefault(sheet, []).append(cell)
    told = [label("special_register_cell", sheet=sheet, cells=", ".join(cells)) for sheet, cells in sheets.items()]
    told += [label("special_figure", codes="; ".join(codes))] if codes else []
    return "\n".join(told)


def places(item: SpecialItem) -> list[str]:
    """Sheet and cell of each register cell behind an item."""
    return list(dict.fromkeys(behind.place for behind in item.behind if behind.place))


def codes_of(item: SpecialItem) -> list[str]:
    """Codes of the figures behind an item, that of the report beside it last."""
    return list(dict.fromkeys(behind.code for behind in item.behind if behind.code))


def made_of(item: SpecialItem, authority: str) -> Made:
    """How an item's figure was made: each figure of a report is traced on to its cells, a register's is cited."""
    links = tuple(
        Link(
            behind.role,
            behind.value,
            behind.code,
            behind.scope,
            period=behind.period,
            sign=behind.sign,
            source=behind.source,
            owner=authority if behind.period else "",
        )
        for behind in item.behind
        if behind.role in _FIGURE_ROLES
    )
    return Made(item.method, links, item.reason)


def status_made(item: SpecialItem) -> Made:
    """What an item's standing rests on in the registers: file, hash, sheet and cell of each entry."""
    cells = (behind for behind in item.behind if behind.place)
    return Made("datum", tuple(Link("datum", None, source=behind.source) for behind in cells), item.reason)


def _day(day: date | None) -> str:
    return numerals.day(day) if day else ""
