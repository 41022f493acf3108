"""Issues the workbook of registers (Sổ theo dõi) of an authority for a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cchc.catalogue import registers
from cchc.catalogue.registers import Column, Register, text
from cchc.catalogue.units import Unit
from cchc.store.packing import to_bytes
from cchc.template import page, styles
from cchc.template.cells import put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD, _STATE = 5, 3
"""Rows of the headings and of the register's state."""
_BLANK = 60
"""Empty lines of a register that is not filled in beforehand."""
_JUDGED_AREAS = ("3", "7")
"""Areas whose scores the 75% rule looks at: a line for each of them and each unit."""
_TT = 5.0
_LABEL, _VALUE = "B", "C"
_CENTRED = frozenset({"unit", "date", "number", "whole"})
_SETS = (
    "state",
    "rating",
    "area",
    "level",
    "duty",
    "yes_no",
    "procedure_action",
    "procedure_change",
    registers.VOCABULARY,
)

Line = Mapping[str, str | date | Decimal | int]


def issue_registers(
    authority: str,
    name: str,
    year: int,
    entries: Mapping[str, Sequence[Line]] | None = None,
    states: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook as bytes; the same arguments give the same bytes.

    Args:
        authority: Unit code of the consolidating body.
        name: Its name, as printed.
        year: Of the registers.
        entries: Lines to fill in by register, each by key of column; choices by their words.
        states: What to say of each register (``kept``, ``none``, ``not_kept``).
    """
    units = registers.units_in_year(authority, year)
    book = Workbook()
    book.remove(book.worksheets[0])
    styles.register(book)
    book.properties.creator, book.properties.title = "CCHC", f"{text('book_title')} {year}"
    book.properties.created = datetime.combine(date(year, 1, 1), time(0))
    _cover(book.create_sheet(text("cover_sheet")), authority, name, year)
    places = {register.id: book.create_sheet(register.sheet) for register in registers.registers()}
    lists = _lists(book.create_sheet(text("lists_sheet")), units)
    for register in registers.registers():
        lines = _lines(register, units) if entries is None or register.id not in entries else entries[register.id]
        _register(places[register.id], register, year, lines, lists, (states or {}).get(register.id, ""))
    return to_bytes(book)


def _cover(sheet: Worksheet, authority: str, name: str, year: int) -> None:
    put_text(sheet, f"{_LABEL}2", f"{text('book_title')} năm {year}", "cchc title")
    page.merge(sheet, f"{_LABEL}2:{_VALUE}2")
    facts = (
        ("cover_authority_name", name),
        ("cover_authority", authority),
        ("cover_year", str(year)),
        ("cover_form", text("form_code")),
    )
    for row, (key, value) in enumerate(facts, start=4):
        put_text(sheet, f"{_LABEL}{row}", text(key), "cchc label")
        put_text(sheet, f"{_VALUE}{row}", value, "cchc value")
        sheet.row_dimensions[row].height = 21
    put_text(sheet, f"{_LABEL}9", text("guide_title"), "cchc left title")
    for number in range(1, 6):
        words, row = f"{number}. {text(f'guide_{number}')}", 9 + number
        put_text(sheet, f"{_LABEL}{row}", words, "cchc guide")
        page.merge(sheet, f"{_LABEL}{row}:{_VALUE}{row}")
        sheet.row_dimensions[row].height = page.height(words, 92)
    page.set_up(sheet, {"A": 2, _LABEL: 26, _VALUE: 66})


def _lists(sheet: Worksheet, units: Sequence[Unit]) -> dict[str, str]:
    """Units and choices on a sheet of their own; the range of each list by its name."""
    heads = (text("lists_units"), text("lists_names"), *(name for name in _SETS))
    columns = (
        [unit.code for unit in units],
        [unit.name for unit in units],
        *(list(registers.choices(name).values()) for name in _SETS),
    )
    ranges: dict[str, str] = {}
    for number, (name, head, values) in enumerate(zip(("unit", "name", *_SETS), heads, columns, strict=True), start=1):
        letter = get_column_letter(number)
        put_text(sheet, f"{letter}1", head if number <= 2 else "", "cchc heading")
        for row, value in enumerate(values, start=2):
            put_text(sheet, f"{letter}{row}", value, "cchc code" if number == 1 else "cchc name")
        ranges[name] = f"'{sheet.title}'!${letter}$2:${letter}${len(values) + 1}"
        sheet.column_dimensions[letter].hidden = number > 2
    page.set_up(sheet, {"A": 14, "B": 46}, repeat=1)
    return ranges


def _lines(register: Register, units: Sequence[Unit]) -> list[Line]:
    """Lines filled in beforehand: a unit each, or a unit and an area; else empty ones."""
    mine: list[Line] = [{"unit_code": unit.code, "unit_name": unit.name} for unit in units]
    if register.prefill == ("unit",):
        return mine
    if register.prefill == ("unit", "area"):
        areas = registers.choices("area")
        return [{**line, "area": areas[area]} for line in mine for area in _JUDGED_AREAS]
    return [{} for _ in range(_BLANK)]


def _register(
    sheet: Worksheet, register: Register, year: int, lines: Sequence[Line], lists: Mapping[str, str], state: str
) -> None:
    last = get_column_letter(len(register.columns) + 1)
    put_text(sheet, "A1", f"{register.title} năm {year}", "cchc left title")
    put_text(sheet, "A2", register.hint, "cchc hint")
    for row in (1, 2):
        page.merge(sheet, f"A{row}:{last}{row}")
    put_text(sheet, f"A{_STATE}", f"{text('state_label')}:", "cchc label")
    page.merge(sheet, f"A{_STATE}:B{_STATE}")
    put_text(sheet, f"C{_STATE}", registers.choices("state").get(state, ""), "cchc entry")
    _choose(sheet, lists["state"], f"C{_STATE}")
    put_text(sheet, f"A{_HEAD}", text("heading_tt"), "cchc heading")
    for number, line in enumerate(lines, start=1):
        _line(sheet, register, _HEAD + number, number, line)
    widths = {"A": _TT}
    for place, column in enumerate(register.columns, start=2):
        letter = get_column_letter(place)
        put_text(sheet, f"{letter}{_HEAD}", column.heading, "cchc heading")
        widths[letter] = column.width
        _validate(sheet, column, letter, _HEAD + len(lines), lists)
    page.set_up(sheet, widths, repeat=_HEAD)
    sheet.page_setup.orientation = "landscape"
    sheet.row_dimensions[_HEAD].height = 34
    sheet.row_dimensions[2].height = page.height(register.hint, sum(widths.values()))
    sheet.freeze_panes = f"{'D' if register.of_units else 'B'}{_HEAD + 1}"


def _line(sheet: Worksheet, register: Register, row: int, number: int, line: Line) -> None:
    put_text(sheet, f"A{row}", str(number), "cchc number")
    for place, column in enumerate(register.columns, start=2):
        cell, value = f"{get_column_letter(place)}{row}", line.get(column.key, "")
        style = "cchc words" if column.kind not in _CENTRED else "cchc note"
        if isinstance(value, str):
            put_text(sheet, cell, value, style)
        else:
            sheet[cell].style = style
            sheet[cell].value = value
        if column.kind == "date":
            sheet[cell].number_format = "dd/mm/yyyy"
        elif column.kind in ("number", "whole"):
            sheet[cell].number_format = styles.NUMBER_FORMATS["count" if column.kind == "whole" else "score"]


def _validate(sheet: Worksheet, column: Column, letter: str, last: int, lists: Mapping[str, str]) -> None:
    cells = f"{letter}{_HEAD + 1}:{letter}{last}"
    if column.kind == "choice":
        _choose(sheet, lists[column.choices], cells)
    elif column.kind == "unit":
        _choose(sheet, lists["unit"], cells)


def _choose(sheet: Worksheet, values: str, cells: str) -> None:
    rule = DataValidation(type="list", formula1=values, allow_blank=True)
    rule.add(cells)
    sheet.add_data_validation(rule)
