"""The document of each level reads as Nghị định 30/2020/NĐ-CP, Phụ lục I wants it (domain 3)."""

import docx
import pytest
from docx.oxml.ns import qn

from cchc import report
from cchc.report import letters
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
