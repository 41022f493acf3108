"""Ways in which a file shows a person one figure and holds another: it is read as shown, or asked back."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from html import escape

import docx
import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from cchc.parse import numbers, read, values
from cchc.parse.issue_kinds import Kind
from cchc.parse.number_formats import is_percent
from cchc.template import address
from tests.quirks.containers import by_office
from tests.workbooks import changed, figure, filled, form_of

FORM = filled()
WHERE = address(form_of()[0])
COUNT, RATIO, AMOUNT = "1.1.4", "1.4.3", "6.2.1"


def cell_of(book, code):
    sheet, cell = WHERE[code]
    return book[sheet][cell]


def with_cell(code, value, number_format=None):
    def change(book):
        cell = cell_of(book, code)
        cell.value = value
        cell.number_format = number_format or cell.number_format

    return changed(FORM, change)


def taken(data, code):
    """The figure as it was read, and the kinds of remark on it."""
    seen = read(data)
    return figure(seen, code).value, [issue.kind for issue in seen.issues if issue.indicator == code]


@pytest.mark.parametrize(
    ("code", "signs"),
    [("0%", True), ("0.00%", True), ("[Red]0%;-0%", True), ('0.0"%"', False), ("0.0\\%", False), ("#,##0", False)],
)
def test_only_a_real_sign_of_percent_multiplies(code, signs):
    assert is_percent(code) is signs


@pytest.mark.parametrize(
    ("held", "shown_as", "value"),
    [
        (0.985, "0.0%", "98.5"),
        (1.5, "0%", "150"),
        (98.5, "0.0%", "9850"),
        (0.9, '0.0"%"', None),
        (98.5, '0.0"%"', "98.5"),
    ],
)
def test_a_percentage_is_what_its_cell_shows(held, shown_as, value, tmp_path):
    data = with_cell(RATIO, held, shown_as)
    expected = None if value is None else Decimal(value)
    assert taken(data, RATIO)[0] == expected
    for container in ("xls", "ods"):
        assert taken(by_office({"form": data}, container, tmp_path / container)["form"], RATIO)[0] == expected


def test_a_count_shown_as_a_percentage_is_a_question():
    assert taken(with_cell(COUNT, 7, "0%"), COUNT) == (None, [Kind.OTHER_UNIT])


@pytest.mark.parametrize("written", [0.985, 1, "0,985", "0.985", "1"])
def test_a_share_of_one_or_less_without_its_sign_is_a_question(written):
    assert taken(with_cell(RATIO, written), RATIO) == (None, [Kind.AMBIGUOUS_NUMBER])


@pytest.mark.parametrize(("written", "value"), [("0,9%", "0.9"), (0, "0"), ("199/200", "99.5")])
def test_what_names_its_sign_or_is_nothing_is_no_question(written, value):
    assert taken(with_cell(RATIO, written), RATIO) == (Decimal(value), [])


@pytest.mark.parametrize(
    "parts",
    [
        [TextBlock(InlineFont(strike=True), "15"), "7"],
        ["7", TextBlock(InlineFont(vertAlign="superscript"), "1")],
    ],
)
def test_digits_struck_out_or_raised_do_not_join_the_others(parts, tmp_path):
    data = with_cell(COUNT, CellRichText(*parts))
    assert taken(data, COUNT) == (None, [Kind.DIGITS_SET_APART])
    assert taken(by_office({"form": data}, "ods", tmp_path)["form"], COUNT) == (None, [Kind.DIGITS_SET_APART])


def test_digits_of_two_weights_are_one_number():
    assert taken(with_cell(COUNT, CellRichText(TextBlock(InlineFont(b=True), "1"), "7")), COUNT) == (17, [])


def tables(change=lambda book: None):
    """The form as tables of texts in English notation."""
    book = load_workbook(io.BytesIO(changed(FORM, change)))
    for sheet in book:
        rows = [["" if str(c.value or "").startswith("=") else c.value for c in row] for row in sheet.iter_rows()]
        yield sheet.title, [["" if value is None else str(value) for value in row] for row in rows]


def as_csv(sheets, delimiter=","):
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=delimiter)
    for _, rows in sheets:
        writer.writerows([*rows, []])
    return kept.getvalue().encode("utf-8-sig")


def as_html(sheets, before=""):
    tables_of = (
        f"<h2>{escape(name)}</h2>{before}<table>"
        + "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
        + "</table>"
        for name, rows in sheets
    )
    return f'<html><meta charset="utf-8"><body>{"".join(tables_of)}</body></html>'.encode()


def as_docx(sheets, before="", change=None):
    document = docx.Document()
    for name, rows in sheets:
        document.add_heading(name, 2)
        if before:
            document.add_paragraph(before)
        table = document.add_table(len(rows), max(map(len, rows)))
        for line, texts in zip(table.rows, rows, strict=True):
            for column, (cell, text) in enumerate(zip(line.cells, texts, strict=False)):
                cell.text = text
                if change and column == 4 and texts[1] == COUNT:
                    change(cell.paragraphs[0])
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def small_amount(book):
    cell_of(book, AMOUNT).value = 12.345


@pytest.mark.parametrize("written", [as_csv, as_html, as_docx, lambda sheets: as_csv(sheets, ";")])
def test_a_point_before_three_digits_is_a_question_among_english_numbers(written):
    assert taken(written(tables(small_amount)), AMOUNT) == (None, [Kind.AMBIGUOUS_NUMBER])


def test_values_between_commas_are_english_whatever_the_numbers():
    def change(book):
        for code in ("6.1.1", "6.1.2", "6.2.2"):
            cell_of(book, code).value = 3
        small_amount(book)

    assert taken(as_csv(tables(change)), AMOUNT) == (None, [Kind.AMBIGUOUS_NUMBER])


def test_vietnamese_thousands_stay_thousands():
    assert taken(with_cell(AMOUNT, "53.730"), AMOUNT) == (53730, [])


@pytest.mark.parametrize(
    ("text", "english"),
    [("98.5", True), ("1,234.5", True), ("1,234,567", True), ("12.345", False), ("14.3.2026", False)],
)
def test_what_only_english_notation_explains(text, english):
    assert numbers.writes_point(text) is english


@pytest.mark.parametrize(
    "inner", ["<s>15</s>7", "7<sup>1</sup>", '<span style="text-decoration: line-through">15</span>7']
)
def test_struck_out_or_raised_in_html(inner):
    page = as_html(tables()).decode()
    name = "Số văn bản chỉ đạo, điều hành CCHC đã ban hành</td><td>văn bản</td><td>"
    assert f"{name}7</td>" in page
    assert taken(page.replace(f"{name}7</td>", f"{name}{inner}</td>").encode(), COUNT) == (
        None,
        [Kind.DIGITS_SET_APART],
    )


@pytest.mark.parametrize("style", ["strike", "superscript", "hidden"])
def test_struck_out_or_raised_in_docx(style):
    def change(paragraph):
        setattr(paragraph.add_run("5").font, style, True)

    assert taken(as_docx(tables(), change=change), COUNT) == (None, [Kind.DIGITS_SET_APART])


def unit_in_heading(book):
    book[WHERE[AMOUNT][0]]["E5"].value = "Số liệu (nghìn đồng)"


def unit_in_name(book):
    cell = cell_of(book, AMOUNT).offset(0, -2)
    cell.value = f"{cell.value} (nghìn đồng)"


def unit_in_two_cells(book):
    book[WHERE[AMOUNT][0]]["D3"].value, book[WHERE[AMOUNT][0]]["E3"].value = "Đơn vị tính:", "nghìn đồng"


def no_units(book):
    cell_of(book, AMOUNT).offset(0, -1).value = None


@pytest.mark.parametrize("stated", [unit_in_heading, unit_in_name, unit_in_two_cells])
def test_another_unit_of_money_is_seen_wherever_it_stands(stated):
    def alone(book):
        stated(book)
        no_units(book)

    assert taken(changed(FORM, stated), AMOUNT) == (None, [Kind.STATED_UNIT_DIFFERS])
    assert taken(changed(FORM, alone), AMOUNT) == (Decimal("53.7299"), [Kind.AMOUNT_CONVERTED])


@pytest.mark.parametrize("written", [as_html, as_docx])
def test_the_unit_in_the_line_before_a_table_is_its_own(written):
    line = "Đơn vị tính: nghìn đồng"
    data = written(tables(no_units), f"<p>{line}</p>" if written is as_html else line)
    assert taken(data, AMOUNT) == (Decimal("53.7299"), [Kind.AMOUNT_CONVERTED])
    assert taken(written(tables(), f"<p>{line}</p>" if written is as_html else line), AMOUNT)[0] is None


def test_dong_where_million_dong_is_asked_is_stopped():
    assert taken(with_cell(AMOUNT, 53_729_900_000), AMOUNT) == (None, [Kind.NUMBER_OUT_OF_RANGE])
    assert taken(with_cell(AMOUNT, "53.729.900.000 đồng"), AMOUNT) == (Decimal("53729.9"), [])


def test_a_raised_digit_does_not_become_one_of_the_number():
    assert values.read("７¹", "count").value is None
    assert values.read("７", "count").value == 7
