"""The document of each level reads as Nghị định 30/2020/NĐ-CP, Phụ lục I wants it (domain 3)."""

import re

import docx
import pytest
from docx.oxml.ns import qn

from cchc import report
from cchc.catalogue import forms
from cchc.report import letters
from cchc.report.facts import Facts
from cchc.report.levels import own_sections
from cchc.report.sentences import Sentences
from tests.consolidations import consolidation

SIGNED = {
    "31": ("2026-Q3", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ"], ["GIÁM ĐỐC"]),
    "10993": ("2026-Q3", ["ỦY BAN NHÂN DÂN", "XÃ THƯỢNG HỒNG"], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
    "292": ("2023-H1", ["ỦY BAN NHÂN DÂN", "THỊ XÃ KINH MÔN"], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
    "70": ("2023-Q1", ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH PHƯỚC", "SỞ NỘI VỤ"], ["GIÁM ĐỐC"]),
}


@pytest.fixture(scope="module", params=SIGNED)
def written(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("levels") / "a.docx"
    assert report.write_docx(consolidation(request.param, SIGNED[request.param][0], of=("31",)), path) == ""
    return request.param, docx.Document(str(path))


def _shown(cell):
    return [p.text.strip() for p in cell.paragraphs if p.text.strip()]


def test_heading_and_signature_are_those_of_the_body_that_signs(written):
    code, document = written
    _, heading, signing = SIGNED[code]
    left, right = document.tables[0].rows[0].cells
    assert _shown(left)[:-1] == heading and _shown(left)[-1].startswith("Số:         /BC-")
    assert _shown(right)[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    foot = next(t for t in document.tables if "Nơi nhận:" in t.rows[0].cells[0].text).rows[0].cells
    assert _shown(foot[1]) == signing and _shown(foot[0])[-1].startswith("- Lưu: VT")


def test_no_page_parts_the_signature_from_its_receivers_and_the_last_sentence(written):
    _, document = written
    row = next(t for t in document.tables if "Nơi nhận:" in t.rows[0].cells[0].text).rows[0]
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    assert next(p for p in document.paragraphs if p.text.endswith("./.")).paragraph_format.keep_with_next


def test_margins_type_and_numbering(written):
    _, document = written
    for section in document.sections:
        sides = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
        assert section.different_first_page_header_footer
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    assert "PAGE" in document.sections[0].header._element.xml


def test_the_line_under_the_agency_is_a_third_to_a_half_of_its_name(written):
    _, document = written
    cell = document.tables[0].rows[0].cells[0]
    line = next(p for p in cell.paragraphs if p.style.name == "CCHC Kẻ cơ quan")
    above = cell.paragraphs[[p._p for p in cell.paragraphs].index(line._p) - 1]
    room = float(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) / 20
    drawn = room - line.paragraph_format.left_indent.pt - line.paragraph_format.right_indent.pt
    assert 1 / 3 <= drawn / (letters.width(above.text) / 1000 * 12 / 0.92) <= 1 / 2


def test_sections_are_numbered_as_the_outline_is(written):
    """I. in capitals, 1. below it, each counted from one without a gap (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    _, document = written
    romans, place = [], 0
    for paragraph in document.paragraphs:
        if paragraph.style.name == "CCHC Mục lớn":
            number, _, heading = paragraph.text.partition(". ")
            romans.append(number)
            assert heading == heading.upper()
            place = 0
        elif paragraph.style.name == "CCHC Mục nhỏ":
            place += 1
            assert paragraph.text.startswith(f"{place}. ")
    assert romans == ["I", "II", "III", "IV", "V"]


def test_number_and_date_are_left_to_the_clerk(written):
    _, document = written
    cells = document.tables[0].rows[0].cells
    assert _shown(cells[0])[-1].split("/")[0].strip() == "Số:"
    assert "ngày      tháng      năm 20" in _shown(cells[1])[-1]


def test_sizes_of_type_are_those_of_the_decree(written):
    _, document = written
    sizes = {name: document.styles[f"CCHC {name}"].font.size.pt for name in SIZES}
    assert all(low <= sizes[name] <= high for name, (low, high) in SIZES.items())
    fonts = {style.font.name for style in document.styles if style.name.startswith("CCHC")}
    assert fonts <= {None, "Times New Roman"}


SIZES = {
    "Quốc hiệu": (12, 13),
    "Tiêu ngữ": (13, 14),
    "Cơ quan ban hành": (12, 13),
    "Số ký hiệu": (13, 13),
    "Địa danh ngày tháng": (13, 14),
    "Tên loại": (13, 14),
    "Đoạn văn": (13, 14),
    "Mục lớn": (13, 14),
    "Nơi nhận": (12, 12),
    "Danh sách nơi nhận": (11, 11),
    "Quyền hạn chức vụ": (13, 14),
}
"""Least and most points of NĐ 30/2020/NĐ-CP, Phụ lục I (domain 3)."""


def test_a_commune_speaks_of_itself_and_a_district_of_its_offices_and_communes():
    commune, district = (consolidation(code, SIGNED[code][0]) for code in ("10993", "292"))
    told = {key: Sentences(Facts(c)).section("I.1") for key, c in (("xã", commune), ("huyện", district))}
    assert "Ủy ban nhân dân xã Thượng Hồng đã hoàn thành" in told["xã"][0]
    assert "các phòng, ban, đơn vị và Ủy ban nhân dân cấp xã đề ra" in told["huyện"][0]
    assert "đơn vị có số liệu" not in " ".join(told["xã"])


FORMS = {"xã": ("commune",), "huyện": ("commune", "district")}
"""Forms whose figures the report of a level is made of; those of offices are cut from them."""


@pytest.mark.parametrize("kind", ["Q1", "H1", "Q3", "Y"])
@pytest.mark.parametrize("level", FORMS)
def test_a_full_report_is_not_told_to_lack_figures(level, kind):
    asked = frozenset().union(*(forms.form(name, kind).codes for name in FORMS[level]))
    for paragraph in (p for paragraphs in own_sections()[level].values() for p in paragraphs):
        said = [item if isinstance(item, str) else item["say"] for item in paragraph]
        if said[-1].startswith("Chưa có số liệu"):
            codes = [set(re.findall(r"\{(?:n )?(\d[^{}]*)\}", sentence)) for sentence in said[:-1]]
            assert any(spoken <= asked for spoken in codes), (said[-1], sorted(asked & set().union(*codes)))
