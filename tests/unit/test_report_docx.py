"""The written report: layout of Nghị định 30/2020 and what it says."""

import hashlib
import re
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from cchc import report
from cchc.catalogue.indicators import by_code
from cchc.report import letters
from cchc.report.page import fitting_size
from tests.consolidations import consolidation

ABSENT = ("10993", "10507")


@pytest.fixture(scope="module")
def city():
    return consolidation(absent=ABSENT)


@pytest.fixture(scope="module")
def document(city, tmp_path_factory):
    return _written(city, tmp_path_factory.mktemp("report") / "city.docx")


def _written(c, path):
    report.write_docx(c, path)
    return docx.Document(str(path))


def _with(c, **values):
    new = {code.replace("_", "."): value for code, value in values.items()}
    totals = tuple(replace(t, **new[t.indicator]) if t.indicator in new else t for t in c.totals)
    return replace(c, totals=totals)


def _mm(length):
    return round(length.mm)


def _text(document):
    cells = [cell.text for table in document.tables[:1] for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(p.text for p in document.paragraphs)])


def test_margins_paper_and_orientation(document):
    first, *annexes = document.sections
    assert (_mm(first.page_width), _mm(first.page_height)) == (210, 297)
    for section in document.sections:
        margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert [_mm(margin) for margin in margins] == [20, 20, 30, 15]
    assert annexes and all(_mm(section.page_width) == 297 for section in annexes)


def test_body_is_times_new_roman_14_justified(document):
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    body = [p for p in document.paragraphs if p.text.startswith("- ")]
    looks = {(p.style.font.size.pt, p.style.font.bold, p.style.paragraph_format.alignment) for p in body}
    assert body and looks == {(14, False, 3)}
    assert not [run for p in body for run in p.runs if run.font.size or run.font.name]


def test_page_number_on_top_but_not_on_the_first_page(document):
    first = document.sections[0]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml and "PAGE" not in first.first_page_header._element.xml
    assert first.header.paragraphs[0].alignment == 1


def test_each_annex_counts_its_own_pages(document):
    for section in list(document.sections)[1:]:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_head_of_the_document(document):
    left, right = (cell.text for cell in document.tables[0].rows[0].cells)
    assert left.split("\n")[:3] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ"]
    assert re.search(r"Số: +/BC-SNV", left)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in right and "Độc lập - Tự do - Hạnh phúc" in right
    assert re.search(r"Hải Phòng, ngày +tháng +năm 2026", right)


def test_number_and_date_are_left_to_the_clerk(document):
    assert not re.search(r"Số: *\d|ngày \d+ tháng \d+ năm 2026 của Sở", _text(document))


def test_outline_in_order(document):
    text = _text(document)
    heads = ["I. CÔNG TÁC CHỈ ĐẠO", "II. KẾT QUẢ", "III. ĐÁNH GIÁ", "IV. PHƯƠNG HƯỚNG", "V. KIẾN NGHỊ", "Phụ lục I\n"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_signature_and_receivers(document):
    signing = next(t for t in document.tables if "Nơi nhận:" in t.rows[0].cells[0].text)
    left, right = signing.rows[0].cells
    assert left.text.strip().endswith("- Lưu: VT, CCHC.") and right.text.strip() == "GIÁM ĐỐC"
    assert [p.style.font.size.pt for p in left.paragraphs[:2]] == [12, 11]


def test_coverage_is_said_and_the_missing_are_named(document, city):
    text = _text(document)
    reported = city.counts.on_time + city.counts.late
    assert f"tổng hợp từ {reported}/129 cơ quan, đơn vị" in text
    assert "Còn 02 cơ quan, đơn vị chưa nộp báo cáo: phường Thành Đông; xã Thượng Hồng." in text


def test_figures_stand_in_sentences_as_an_official_writes_them(city, tmp_path):
    known = _with(city, **{
        "7_2_1": {"value": Decimal(12000), "reported": 120},
        "7_2_2": {"value": Decimal(11820)},
        "7_2_3": {"value": Decimal("98.5"), "previous": Decimal("98.1")},
    })  # fmt: skip
    text = _text(_written(known, tmp_path / "a.docx"))
    assert (
        "Đã phát hành 12.000 văn bản đi, trong đó 11.820 văn bản điện tử có ký số, đạt 98,5%, "
        "tăng 0,4 điểm phần trăm so với 6 tháng đầu năm 2026." in text
    )


def test_nothing_arose_is_said_and_no_percentage_made_up(city, tmp_path):
    none = {"value": Decimal(0)}
    quiet = _with(city, **{"7_2_1": none, "7_2_2": none, "7_2_3": {"value": None, "text": "Không phát sinh"}})
    text = _text(_written(quiet, tmp_path / "a.docx"))
    assert "Trong kỳ không phát sinh văn bản đi." in text and "văn bản điện tử có ký số" not in text


def test_an_unknown_figure_is_said_to_be_unknown_never_zero(city, tmp_path):
    silent = _with(city, **{code: {"value": None} for code in ("7_2_1", "7_2_2", "7_2_3")})
    assert "Chưa có số liệu về văn bản điện tử." in _text(_written(silent, tmp_path / "a.docx"))


def test_no_brace_or_none_is_left_in_the_text(document):
    every = _text(document) + "".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert not re.search(r"[{}]|None|nan", every)


def test_annex_tables_hold_the_totals(document, city):
    tables = [t for t in document.tables if t.rows[0].cells[0].text == "TT"]
    shown = {row.cells[1].text: row.cells[4].text for table in tables[:7] for row in table.rows[1:]}
    assert set(shown) == {total.indicator for total in city.totals}
    dossiers = next(t.value for t in city.totals if t.indicator == "3.4.1")
    assert shown["3.4.1"] == f"{dossiers:,}".replace(",", ".")


def _annex_lines(document):
    tables = [t for t in document.tables if t.rows[0].cells[0].text == "TT"][:7]
    heads = [cell.text for cell in tables[0].rows[0].cells]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    return {row[1]: dict(zip(heads, row, strict=True)) for row in rows}


def test_the_parts_of_a_sum_add_up_to_what_is_printed(document, city):
    def number(text):
        return Decimal(text.replace(".", "").replace(",", ".") or 0)

    lines = _annex_lines(document)
    sums = [t for t in city.totals if by_code()[t.indicator].rollup == "sum"]
    assert len(sums) > 60 and any("authority" in t.tiers for t in sums)
    for total in sums:
        line = lines[total.indicator]
        tiers = [number(line[head]) for head in ("Cấp xã", "Sở, ngành", "Cấp tỉnh/thành phố")]
        assert sum(tiers) == number(line["Số liệu"]), total.indicator


def test_percentages_of_a_table_have_two_decimals(document, city):
    lines = _annex_lines(document)
    shares = [t for t in city.totals if by_code()[t.indicator].uom == "%" and t.value is not None]
    assert len(shares) > 20
    assert all(re.fullmatch(r"-?[\d.]+,\d\d", lines[t.indicator]["Số liệu"]) for t in shares)


def test_no_number_and_no_code_is_wider_than_its_cell(city, tmp_path):
    rich = _with(city, **{"6_1_1": {"value": Decimal("123456789012.55"), "tiers": {"commune": Decimal(4850000000)}}})
    made = _written(rich, tmp_path / "a.docx")
    for table in (t for t in made.tables if t.rows[0].cells[0].text == "TT"):
        for row in table.rows:
            for cell in row.cells:
                written = cell.paragraphs[0]
                size = (written.runs[0].font.size or written.style.font.size).pt
                widest = max(map(letters.width, cell.text.split()), default=0) * size / 1000
                assert widest <= cell.width.pt - 2 * Mm(1).pt, cell.text


def test_ordinary_figures_are_set_in_the_size_of_the_table():
    assert fitting_size("4.850.000.000", 25) == fitting_size("3.4.13a", 16) == 11
    assert 6 <= fitting_size("123.456.789.012,55", 25) < 11
    assert fitting_size("9" * 80, 25) == 6


def test_headings_of_long_tables_are_repeated(document):
    tables = [t for t in document.tables if t.rows[0].cells[0].text == "TT"]
    assert len(tables) == 9  # seven areas, targets, units that are late or missing
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in tables)


def test_narratives_name_their_units_and_are_bounded(city, tmp_path):
    alike = _text(_written(city, tmp_path / "a.docx"))
    assert re.search(r"^\+ Theo báo cáo của .+, .+, .+ và \d+ đơn vị khác: Đơn vị đã ban hành", alike, re.M)
    own = tuple(replace(item, text=f"{n} {'nói rất dài ' * 60}") for n, item in enumerate(city.narratives))
    text = _text(_written(replace(city, narratives=own), tmp_path / "b.docx"))
    told = re.findall(r"^\+ (.+?): (.+)$", text, re.M)
    assert len(told) == 4 * len({item.section for item in own})
    cut = " (Toàn văn tại trang “Thuyết minh đơn vị” của tệp số liệu.)"
    assert all(words.endswith(cut) and len(words) <= 321 + len(cut) for _, words in told)
    assert re.search(r"Còn \d+ đơn vị khác có thuyết minh", text)


def test_hostile_text_does_no_harm(city, tmp_path):
    bad = tuple(replace(n, text="a\x00b <w:p> & {3.4.1} =1+1") for n in city.narratives)
    text = _text(_written(replace(city, narratives=bad), tmp_path / "a.docx"))
    assert "ab <w:p> & {3.4.1} =1+1" in text


def test_the_same_consolidation_gives_the_same_bytes(city, tmp_path):
    for name in ("a", "b"):
        report.write_docx(city, tmp_path / name)
    assert len({hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("a", "b")}) == 1


@pytest.mark.parametrize("period", ["2026-Q1", "2026-H1", "2026-Y"])
def test_other_periods_and_the_other_authority(period, tmp_path):
    found = consolidation("75", period)
    text = _text(_written(found, tmp_path / "a.docx"))
    assert "TỈNH ĐỒNG NAI" in text and "năm 2026" in text and "năm năm" not in text
