"""Files made to take time or memory: small to send, huge to whoever believes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from cchc.catalogue import periods, units
from cchc.sample.figures import figures
from cchc.template import issue

Q3 = periods.parse("2026-Q3")
_UNIT = units.find("10993", Q3.window_to)
SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"


def form() -> bytes:
    """A commune's form, filled in."""
    return issue(_UNIT, Q3, figures(7, _UNIT, Q3))


def edited(edits: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The form with some parts changed."""
    out = BytesIO()
    with ZipFile(BytesIO(form())) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, edits.get(name, bytes)(source.read(name)))
        for name in edits.keys() - set(source.namelist()):
            target.writestr(name, edits[name](b""))
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def _in_sheet(extra: bytes) -> bytes:
    return edited({SHEET: lambda part: part.replace(b"</sheetData>", extra + b"</sheetData>", 1)})


def _after_sheet(extra: bytes) -> bytes:
    return edited({SHEET: lambda part: part.replace(b"</sheetData>", b"</sheetData>" + extra, 1)})


def many_merges() -> bytes:
    tags = b"".join(b'<mergeCell ref="A%d:F%d"/>' % (n, n) for n in range(100, 400_100))
    return edited({SHEET: lambda part: part.replace(b"<mergeCells", b"<mergeCells>" + tags + b"</mergeCells><x", 1)})


def wide_and_deep() -> bytes:
    return _in_sheet(b'<row r="19000"><c r="GR19000"><v>1</v></c></row>')


def sixteen_thousand_columns() -> bytes:
    return _in_sheet(b'<row r="200"><c r="XFD200"><v>1</v></c></row>')


def many_strings() -> bytes:
    return edited({STRINGS: lambda _: _shared(b"<si><t>a</t></si>" * 1_000_000)})


def one_string_everywhere() -> bytes:
    """Five gigabytes, if every cell gets a text of its own."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(300, 5300))
    return edited({
        STRINGS: lambda _: _shared(b"<si><t>" + b"a" * 2**20 + b"</t></si>"),
        SHEET: lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"),
    })  # fmt: skip


def _shared(items: bytes) -> bytes:
    return b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + items + b"</sst>"


def cells_without_end() -> bytes:
    """Behind the table, where the native reader does not look."""
    return _after_sheet(b'<c r="A1">' * 400_000)


def one_endless_tag() -> bytes:
    return _after_sheet(b"<c " + b'r="A1" ' * 400_000)


def cells_in_a_comment() -> bytes:
    return _in_sheet(b"<!--" + b'<c r="A1">' * 400_000 + b"-->")


def foreign_sheets(texts: bytes = b"x") -> bytes:
    """Two million filled cells on sheets that might be areas, in place of the form's own."""
    row = b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % texts for _ in range(100))
    sheet = (
        b"<worksheet><sheetData>"
        + b"".join(b"<row>" + row + b"</row>" for _ in range(3000))
        + b"</sheetData></worksheet>"
    )
    unnamed = {"xl/workbook.xml": lambda part: re.sub(rb'(<sheet [^<>]*?name=")[0-9][^"]*', _unnamed, part)}
    return edited({f"xl/worksheets/sheet{n}.xml": lambda _: sheet for n in range(2, 9)} | unnamed)


def _unnamed(tag: re.Match[bytes]) -> bytes:
    return tag[1] + b"S%d" % tag.start()


def foreign_headings() -> bytes:
    return foreign_sheets("Mã số".encode())


def deep_nesting() -> bytes:
    return _in_sheet(b"<a>" * 200_000 + b"</a>" * 200_000)


def laughs(tag: bytes) -> bytes:
    """A billion laughs."""
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' + entities + b"]>" + tag


def laughing_sheet_xml() -> bytes:
    space = b"urn:schemas-microsoft-com:office:spreadsheet"
    return laughs(
        b'<Workbook xmlns="%s" xmlns:ss="%s"><Worksheet ss:Name="a"><Table><Row><Cell>'
        b'<Data ss:Type="String">&l9;</Data>'
        b"</Cell></Row></Table></Worksheet></Workbook>" % (space, space)
    )


def laughing_docx() -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return archive({
        "word/document.xml": laughs(
            b'<w:document xmlns:w="%s"><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:tc></w:tr>'
            b"</w:tbl></w:body></w:document>" % space
        )
    })  # fmt: skip


def laughing_ods() -> bytes:
    return archive({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": laughs(
            b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
            b'<table:table table:name="&l9;"/></office:spreadsheet></office:body></office:document-content>'
        ),
    })  # fmt: skip


def repeated_ods() -> bytes:
    """A cell that says it stands in every row and column."""
    return archive({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        b'table:number-columns-repeated="16384" office:value-type="string"><text:p>a</text:p></table:table-cell>'
        b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
    })  # fmt: skip


def nested_html() -> bytes:
    return b"<table><tr><td>" * 100_000


def spanning_html() -> bytes:
    return b"<table>" + b'<tr><td colspan="1000" rowspan="65000">a</td></tr>' * 5_000 + b"</table>"


def many_cells_html() -> bytes:
    return b"<table>" + (b"<tr>" + b"<td>1" * 100 + b"</tr>") * 12_000 + b"</table>"


def long_csv() -> bytes:
    return b"1,2\n" * 1_000_000


def one_quote_csv() -> bytes:
    return b'a,b\nc,"' + b"x,\n" * 3_000_000


def many_mime_parts() -> bytes:
    return b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\n\n<table>\n" * 200_000


def attributes_without_end() -> bytes:
    return b"<html " + b"a=" * 3_000_000 + b"><table><tr><td>1<td>2</table>"


HEAVY: dict[str, Callable[[], bytes]] = {
    make.__name__: make
    for make in (
        many_merges, wide_and_deep, sixteen_thousand_columns, many_strings, foreign_sheets,
        foreign_headings, one_string_everywhere, cells_without_end,
        one_endless_tag, cells_in_a_comment, deep_nesting, laughing_sheet_xml, laughing_docx, laughing_ods,
        repeated_ods, nested_html, spanning_html, many_cells_html, long_csv, one_quote_csv, many_mime_parts,
        attributes_without_end,
    )
}  # fmt: skip
