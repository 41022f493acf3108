"""The sheet that turns red before the file is sent: blanks, identities, parts of a whole.

The comparisons are those of the register (``relations.csv``), so that the sender sees what will be judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import Form, base
from cchc.catalogue.indicators import Term
from cchc.catalogue.periods import Period
from cchc.catalogue.rules import Relation, relations, rules
from cchc.template import formulas, page
from cchc.template.cells import put_figure, put_formula, put_text
from cchc.template.layout import Places, address, reference
from cchc.template.styles import AMBER, GREEN, RED

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"A": 5, "B": 72, "C": 14, "D": 14, "E": 16}
_HEADINGS = ("check_number", "check_subject", "check_left", "check_right", "check_result")
_HEADING_ROW, _OVERALL_ROW = 5, 3
_OPERATORS = {"=": "op_equal", "<=": "op_at_most"}
_ASKED = ("must", "should")


def write(sheet: Worksheet, form: Form, period: Period) -> None:
    """Fill the sheet with formulas over the area sheets."""
    put_text(sheet, "A1", text("check_title"), "cchc title")
    page.merge(sheet, "A1:E1")
    for column, key in zip("ABCDE", _HEADINGS, strict=True):
        put_text(sheet, f"{column}{_HEADING_ROW}", text(key), "cchc heading")
    row = _HEADING_ROW
    for row, line in enumerate((*_blanks(form), *_relations(form, period)), start=_HEADING_ROW + 1):
        _line(sheet, row, *line)
    _overall(sheet, row)
    _colours(sheet, row)
    page.set_up(sheet, _WIDTHS, repeat=_HEADING_ROW)
    page.protect(sheet)


Line = tuple[str, str, str, str]


def _blanks(form: Form) -> Iterator[Line]:
    """Lines that count empty cells: the required ones first, then sheet by sheet."""
    must = "+".join(formulas.blanks(sheet, form.area_rows(area), ("must",)) for area, sheet in form.sheets.items())
    yield text("check_must_blank"), f"={must}", "=0", _result("C{row}=0", "check_filled", "check_wrong")
    for area, sheet in form.sheets.items():
        count = formulas.blanks(sheet, form.area_rows(area), _ASKED)
        subject = text("check_area_blank", sheet=sheet)
        yield subject, f"={count}", "=0", _result("C{row}=0", "check_filled", "check_blank")


def _relations(form: Form, period: Period) -> Iterator[Line]:
    places = address(form)
    for relation in relations():
        if relation.op not in _OPERATORS or not relation.codes <= places.keys() or not relation.right:
            continue
        if rules()[relation.rule].applies(period) and (not relation.forms or base(form.id) in relation.forms):
            yield _relation(places, relation)


def _relation(places: Places, relation: Relation) -> Line:
    op = text(_OPERATORS[relation.op])
    right = relation.right_text.replace("+", " + ")
    subject = text("check_codes", title=rules()[relation.rule].title, left=relation.left, op=op, right=right)
    missing = formulas.blank(places, (Term(1, relation.left), *relation.right))
    tolerance = relation.tolerance
    gap = "ABS(C{row}-D{row})" if relation.op == "=" else "C{row}-D{row}"
    holds = _result(f"{gap}<={tolerance}", "check_ok", "check_wrong").removeprefix("=")
    result = f'=IF({missing},"{text("check_unknown")}",{holds})'
    return subject, f"=N({reference(places, relation.left)})", f"={formulas.total(places, relation.right)}", result


def _result(condition: str, yes: str, no: str) -> str:
    return f'=IF({condition},"{text(yes)}","{text(no)}")'


def _line(sheet: Worksheet, row: int, subject: str, left: str, right: str, result: str) -> None:
    put_figure(sheet, f"A{row}", row - _HEADING_ROW, "cchc number")
    put_text(sheet, f"B{row}", subject, "cchc name")
    put_formula(sheet, f"C{row}", left, "cchc check")
    put_formula(sheet, f"D{row}", right, "cchc check")
    put_formula(sheet, f"E{row}", result.replace("{row}", str(row)), "cchc result")
    sheet.row_dimensions[row].height = page.height(subject, _WIDTHS["B"])


def _overall(sheet: Worksheet, last: int) -> None:
    cells = f"E{_HEADING_ROW + 1}:E{last}"
    wrong, open_ = (f'COUNTIF({cells},"{text(key)}")>0' for key in ("check_wrong", "check_blank"))
    verdict = f'=IF({wrong},"{text("check_not_ready")}",IF({open_},"{text("check_warn")}","{text("check_ready")}"))'
    put_formula(sheet, f"A{_OVERALL_ROW}", verdict, "cchc result")
    page.merge(sheet, f"A{_OVERALL_ROW}:E{_OVERALL_ROW}")
    sheet.row_dimensions[_OVERALL_ROW].height = 30


def _colours(sheet: Worksheet, last: int) -> None:
    first = _HEADING_ROW + 1
    for area, cell, shown in (
        (f"E{first}:E{last}", f"E{first}", {"check_wrong": RED, "check_blank": AMBER, "check_ok": GREEN}),
        (f"E{first}:E{last}", f"E{first}", {"check_filled": GREEN}),
        (
            f"A{_OVERALL_ROW}:E{_OVERALL_ROW}",
            f"$A${_OVERALL_ROW}",
            {"check_not_ready": RED, "check_warn": AMBER, "check_ready": GREEN},
        ),
    ):
        for key, colour in shown.items():
            fill = PatternFill("solid", start_color=colour, end_color=colour)
            sheet.conditional_formatting.add(area, FormulaRule([f'{cell}="{text(key)}"'], fill=fill))
