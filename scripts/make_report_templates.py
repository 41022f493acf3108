"""Makes the packaged templates of the written report, ``include/cchc/report/templates/*.docx``.

    .venv/bin/python scripts/make_report_templates.py

What they look like follows Nghị định 30/2020/NĐ-CP, Phụ lục I; the headings come from ``report_outlines.csv``. Run it
after a change here or there and commit the files. People edit copies of them in Word (docs/mau-bao-cao.md).
"""

from __future__ import annotations

import io
import sys
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell

from cchc.report import mould
from cchc.report.outline import headings
from cchc.report.page import MARGINS, PORTRAIT
from cchc.store.packing import repacked

FONT = "Times New Roman"
ALIGN = {"left": 0, "center": 1, "right": 2, "justify": 3}
# name, id, size, bold, italic, alignment, first line (mm), after (pt), outline level or None
STYLES: tuple[tuple[str, str, float, bool, bool, str, float, float, int | None], ...] = (
    ("CCHC Quốc hiệu", "CCHCQuocHieu", 12, True, False, "center", 0, 0, None),
    ("CCHC Tiêu ngữ", "CCHCTieuNgu", 13, True, False, "center", 0, 2, None),
    ("CCHC Cơ quan chủ quản", "CCHCChuQuan", 12, False, False, "center", 0, 0, None),
    ("CCHC Cơ quan ban hành", "CCHCCoQuan", 12, True, False, "center", 0, 0, None),
    ("CCHC Số ký hiệu", "CCHCSo", 13, False, False, "center", 0, 0, None),
    ("CCHC Địa danh ngày tháng", "CCHCNgay", 13, False, True, "center", 0, 0, None),
    ("CCHC Tên loại", "CCHCTenLoai", 14, True, False, "center", 0, 0, None),
    ("CCHC Trích yếu", "CCHCTrichYeu", 14, True, False, "center", 0, 2, None),
    ("CCHC Căn cứ", "CCHCCanCu", 14, False, True, "justify", 12.7, 6, None),
    ("CCHC Mục lớn", "CCHCMucLon", 14, True, False, "justify", 12.7, 6, 0),
    ("CCHC Mục nhỏ", "CCHCMucNho", 14, True, False, "justify", 12.7, 6, 1),
    ("CCHC Đoạn văn", "CCHCDoan", 14, False, False, "justify", 12.7, 6, None),
    ("CCHC Trích đơn vị", "CCHCTrich", 14, False, False, "justify", 12.7, 6, None),
    ("CCHC Ghi chú", "CCHCGhiChu", 14, False, True, "justify", 12.7, 6, None),
    ("CCHC Nơi nhận", "CCHCNoiNhan", 12, True, True, "left", 0, 0, None),
    ("CCHC Danh sách nơi nhận", "CCHCNoiNhanDS", 11, False, False, "left", 0, 0, None),
    ("CCHC Quyền hạn chức vụ", "CCHCChucVu", 14, True, False, "center", 0, 0, None),
    ("CCHC Họ tên", "CCHCHoTen", 14, True, False, "center", 0, 0, None),
    ("CCHC Phụ lục", "CCHCPhuLuc", 14, True, False, "center", 0, 0, 0),
    ("CCHC Tên phụ lục", "CCHCTenPhuLuc", 14, True, False, "center", 0, 0, None),
    ("CCHC Kèm theo", "CCHCKemTheo", 13, False, True, "center", 0, 4, None),
    ("CCHC Ghi chú phụ lục", "CCHCGhiChuPL", 12, False, True, "center", 0, 6, None),
    ("CCHC Ô bảng", "CCHCO", 11, False, False, "left", 0, 1, None),
    ("CCHC Kẻ tiêu ngữ", "CCHCKeTieuNgu", 4, False, False, "center", 0, 0, None),
    ("CCHC Kẻ cơ quan", "CCHCKeCoQuan", 4, False, False, "center", 0, 0, None),
    ("CCHC Kẻ trích yếu", "CCHCKeTrichYeu", 4, False, False, "center", 0, 0, None),
    ("CCHC Ngắt trang", "CCHCNgat", 1, False, False, "left", 0, 0, None),
)
LEVELS = ("tỉnh", "huyện", "xã")
COMMITTEES = ("huyện", "xã")
"""Levels whose report a people's committee signs; that of a province its department."""
NUMBER = "Số:         /{{ ky_hieu }}"
DATE = "{{ dia_danh }}, ngày      tháng      năm {{ nam }}"
CLOSING = "Trên đây là báo cáo kết quả công tác cải cách hành chính {{ ky_bao_cao }} của {{ co_quan_day_du }}./."
WITH = "(Kèm theo Báo cáo số         /{{ ky_hieu }} ngày      tháng      năm {{ nam }} của {{ co_quan_day_du }})"
# What follows the paragraphs of a heading, by outline place.
AFTER = {"III.1": ("{{p muc_tieu }}", "{{p so_sanh }}")}
SPECIAL = "Kết quả thực hiện các nghĩa vụ theo chế độ báo cáo"
ROOM = PORTRAIT[0] - MARGINS[2] - MARGINS[3]
LEFT = 66
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed date, so that the same script gives the same bytes


def main() -> None:
    """Write all templates."""
    mould.PACKAGED.mkdir(exist_ok=True)
    for level in LEVELS:
        for outline in ("quy", "nam"):
            path = mould.PACKAGED / mould.file_name(level, outline)
            path.write_bytes(template(level, outline))
            mould.check(path.read_bytes(), path.name)
            sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")


def template(level: str, outline: str) -> bytes:
    """One template."""
    document = docx.Document()
    _defaults(document)
    for row in STYLES:
        _style(document, *row)
    _table_style(document)
    _set_page(document.sections[0])
    _number_pages(document.sections[0])
    _head(document, level)
    _body(document, outline)
    _foot(document, level)
    _annexes(document)
    about = document.core_properties
    about.title, about.author, about.comments = "Mẫu báo cáo cải cách hành chính", "CCHC", ""
    about.created = about.modified = _MADE
    about.last_modified_by, about.revision = "CCHC", 1
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _head(document: Document, level: str) -> None:
    """Agency and motto; a committee stands under no other body in its heading."""
    left, right = _side_by_side(document, (LEFT, ROOM - LEFT))
    if level not in COMMITTEES:
        _loop(left, "dong", "co_quan_chu_quan", "CCHC Cơ quan chủ quản")
    _loop(left, "dong", "co_quan", "CCHC Cơ quan ban hành")
    _line(left, "", "CCHC Kẻ cơ quan")
    _line(left, NUMBER, "CCHC Số ký hiệu")
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CCHC Quốc hiệu")
    _line(right, "Độc lập - Tự do - Hạnh phúc", "CCHC Tiêu ngữ")
    _line(right, "", "CCHC Kẻ tiêu ngữ")
    _line(right, DATE, "CCHC Địa danh ngày tháng")
    _line(document, "BÁO CÁO", "CCHC Tên loại").paragraph_format.space_before = Pt(18)
    _line(document, "{{ trich_yeu }}", "CCHC Trích yếu")
    _line(document, "", "CCHC Kẻ trích yếu").paragraph_format.space_after = Pt(12)


def _body(document: Document, outline: str) -> None:
    _loop(document, "can_cu_nay", "can_cu", "CCHC Căn cứ")
    _line(document, "{{ mo_dau }}", "CCHC Đoạn văn")
    _line(document, "{{ pham_vi_so_lieu }}", "CCHC Đoạn văn")
    _line(document, "{{p thay_doi }}", "CCHC Đoạn văn")
    rows = headings(outline)
    for place, row in enumerate(rows):
        _line(document, f"{row['place']}. {row['heading']}", "CCHC Mục nhỏ" if row["parent"] else "CCHC Mục lớn")
        for section in row["holds"].split():
            _line(document, f"{{{{p muc_{section.replace('.', '_')} }}}}", "CCHC Đoạn văn")
        key = f"{row['parent']}.{row['place']}"
        for slot in AFTER.get(key, ()):
            _line(document, slot, "CCHC Đoạn văn")
        if row["parent"] == "II" and rows[place + 1]["parent"] != "II":
            _line(document, "{%p if nhiem_vu_dac_thu %}", "CCHC Đoạn văn")
            _line(document, f"{int(row['place']) + 1}. {SPECIAL}", "CCHC Mục nhỏ")
            _line(document, "{{p nhiem_vu_dac_thu }}", "CCHC Đoạn văn")
            _line(document, "{%p endif %}", "CCHC Đoạn văn")


def _foot(document: Document, level: str) -> None:
    closing = _line(document, CLOSING, "CCHC Đoạn văn").paragraph_format
    closing.space_after, closing.keep_with_next = Pt(12), True
    left, right = _side_by_side(document, (LEFT + 14, ROOM - LEFT - 14))
    _line(left, "Nơi nhận:", "CCHC Nơi nhận")
    _loop(left, "noi_nhan_nay", "noi_nhan", "CCHC Danh sách nơi nhận")
    if level in COMMITTEES:
        _line(right, "TM. ỦY BAN NHÂN DÂN", "CCHC Quyền hạn chức vụ")
    _loop(right, "dong", "nguoi_ky", "CCHC Quyền hạn chức vụ")
    for _ in range(5):
        _line(right, "", "CCHC Họ tên")


def _annexes(document: Document) -> None:
    _section_break(document, landscape=False, restart=False)
    _line(document, "{%p for phu_luc_nay in phu_luc %}", "CCHC Kèm theo")
    _line(document, "Phụ lục {{ phu_luc_nay.so }}", "CCHC Phụ lục")
    _line(document, "{{ phu_luc_nay.ten }}", "CCHC Tên phụ lục")
    _line(document, WITH, "CCHC Kèm theo")
    _line(document, "", "CCHC Kẻ trích yếu").paragraph_format.space_after = Pt(4)
    _line(document, "{%p if phu_luc_nay.ghi_chu %}", "CCHC Ghi chú phụ lục")
    _line(document, "{{ phu_luc_nay.ghi_chu }}", "CCHC Ghi chú phụ lục")
    _line(document, "{%p endif %}", "CCHC Ghi chú phụ lục")
    _line(document, "{{p phu_luc_nay.bang }}", "CCHC Kèm theo")
    _line(document, "{%p if not loop.last %}", "CCHC Kèm theo")
    _section_break(document, landscape=True, restart=True)
    _line(document, "{%p endif %}", "CCHC Kèm theo")
    _line(document, "{%p endfor %}", "CCHC Kèm theo")
    _line(document, "", "CCHC Ngắt trang")
    _set_page(document.sections[-1], landscape=True, restart=True)


def _loop(holder: Document | _Cell, name: str, slot: str, style: str) -> None:
    """A slot of several lines, each a paragraph."""
    _line(holder, f"{{%p for {name} in {slot} %}}", style)
    _line(holder, f"{{{{ {name} }}}}", style)
    _line(holder, "{%p endfor %}", style)


def _line(holder: Document | _Cell, text: str, style: str) -> Any:
    return holder.add_paragraph(text, style=style)


def _defaults(document: Document) -> None:
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    properties = normal.element.get_or_add_rPr()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        properties.find(qn("w:rFonts")).set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
    first = document.element.body.xpath("./w:p")
    for empty in first:
        document.element.body.remove(empty)


def _style(
    document: Document,
    name: str,
    identity: str,
    size: float,
    bold: bool,
    italic: bool,
    align: str,
    indent: float,
    after: float,
    level: int | None,
) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), identity)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    shape = style.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH(ALIGN[align])
    shape.first_line_indent, shape.space_after = Mm(indent), Pt(after)
    shape.line_spacing = 1.1 if size > 11 else 1.0
    if size == 11 and name == "CCHC Ô bảng":
        shape.space_before = Pt(after)
    if level is not None:
        shape.keep_with_next = True
        depth = OxmlElement("w:outlineLvl")
        depth.set(qn("w:val"), str(level))
        style.element.get_or_add_pPr().append(depth)
    if name.startswith("CCHC Kẻ"):
        _ruled(style)
    if name == "CCHC Ngắt trang":
        shape.line_spacing = Pt(1)


def _ruled(style: Any) -> None:
    """A thin line along the top of an almost empty paragraph."""
    style.paragraph_format.line_spacing = Pt(4)
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(parse_xml(border), "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _table_style(document: Document) -> None:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="CCHCBang"><w:name w:val="CCHC Bảng"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
    )
    document.styles.element.append(parse_xml(made))


def _set_page(section: Section, *, landscape: bool = False, restart: bool = False) -> None:
    width, height = reversed(PORTRAIT) if landscape else PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, MARGINS)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    if restart:
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:pgMar")).addnext(numbering)


def _section_break(document: Document, *, landscape: bool, restart: bool) -> None:
    """The end of a section, carried by a paragraph too thin to start a page of its own."""
    section = document.add_section()
    carrier = document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), "CCHCNgat")
    carrier.pPr.insert(0, style)
    _set_page(document.sections[-2], landscape=landscape, restart=restart)
    for number in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(number)


def _number_pages(section: Section) -> None:
    """Arabic numbers, 13, centred on top; not on the first page."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _side_by_side(document: Document, widths: tuple[float, float]) -> list[_Cell]:
    """A borderless table of one row that no page parts; its cells come without their empty first paragraph."""
    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    table.autofit = False
    cells = list(table.rows[0].cells)
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = Mm(width)
        margins = f'<w:tcMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
        cell._tc.get_or_add_tcPr().append(parse_xml(margins))
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)
    return cells


if __name__ == "__main__":
    main()
