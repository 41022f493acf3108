"""Cells written by the shorter way are the cells that the library writes, byte for byte."""

import zipfile
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cchc.report.rows import RowSheet

CELLS = (0, -3, 1.5, 1e-9, 123456789012345.6, 9.99e307, "=1+1", " a&<b> ", "đ\nế", "\x01", "", None)


def _written(kind: type[Worksheet]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet, style = book.add_worksheet("a", kind), book.add_format({"num_format": "#,##0", "border": 1})
    for row, style_of_row in enumerate((style, None)):
        for column, value in enumerate(CELLS * 8):
            if value is None:
                sheet.write_blank(row, column, None, style_of_row)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, style_of_row)
            else:
                sheet.write_number(row, column, value, style_of_row)
    book.close()
    with zipfile.ZipFile(target) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_the_same_bytes_as_the_library():
    assert _written(RowSheet) == _written(Worksheet)
    assert b'r="CR1"' in _written(RowSheet)  # 96 columns: names of two letters too
