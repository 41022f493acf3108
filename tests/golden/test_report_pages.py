"""What a printer would get: LibreOffice opens both files and makes PDF pages of them."""

import re
import shutil

import pytest
from pypdf import PdfReader

from cchc import report
from tests.consolidations import consolidation

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
UNITS = ("31", "31-SNV", "10507", "10525", "10993")
A4 = (595, 842)


@pytest.fixture(scope="module")
def small():
    return consolidation(of=UNITS, absent=("10993",))


@pytest.fixture(scope="module")
def document(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    report.write_docx(small, folder / "a.docx")
    return PdfReader(report.write_pdf(folder / "a.docx", folder / "docx.pdf"))


@pytest.fixture(scope="module")
def workbook(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    report.write_xlsx(small, folder / "a.xlsx")
    return PdfReader(report.write_pdf(folder / "a.xlsx", folder / "xlsx.pdf"))


def _size(page):
    return tuple(round(float(side)) for side in (page.mediabox.width, page.mediabox.height))


def _text(page):
    """Letters of the page without spaces and without Vietnamese ones, which the extractor puts out of order."""
    return re.sub(r"[^!-~]", "", page.extract_text())


def test_the_document_begins_as_the_decree_wants(document):
    first = _text(document.pages[0])
    assert first.index("/BC-SNV") < first.index("BOCO") < first.index("76/NQ-CP")
    assert _size(document.pages[0]) == A4
    assert not first.startswith("1") and _text(document.pages[1]).startswith("2")


def test_each_annex_begins_on_a_landscape_page_of_its_own(document):
    starts = [page for page in document.pages if re.match(r"Phlc[IVX]+", _text(page))]
    assert len(starts) == 9
    assert {_size(page) for page in starts} == {A4[::-1]}


def test_figures_are_printed_with_vietnamese_separators(small, document, workbook):
    total = next(t.value for t in small.totals if t.indicator == "3.4.1")
    shown = f"{total:,}".replace(",", ".")
    assert total > 1000
    for pdf in (document, workbook):
        assert any(shown in _text(page) and "3.4.1" in _text(page) for page in pdf.pages)


def test_annexes_of_the_workbook_are_one_page_wide(workbook):
    heads = [_text(page) for page in workbook.pages if "PHLC" in _text(page)]
    assert len(heads) == 7
    assert all("Ghich" in text for text in heads)


def test_no_page_of_a_whole_city_holds_a_lone_column(tmp_path):
    report.write_xlsx(consolidation(), tmp_path / "a.xlsx")
    pages = PdfReader(report.write_pdf(tmp_path / "a.xlsx", tmp_path / "a.pdf")).pages
    texts = [_text(page) for page in pages]
    first = next(place for place, text in enumerate(texts) if "THEO" in text and "QU" in text)
    after = next(place for place, text in enumerate(texts) if place > first and "TNHHNHNP" in text)
    codes = [len(set(re.findall(r"(?<!\S)\d\.\d+\.\d+[a-z]?(?!\S)", p.extract_text()))) for p in pages[first:after]]
    assert min(codes) >= 4
    assert 30 < len(codes) <= 60, "the printed book is of a reasonable length"


def test_the_machine_sheet_is_not_printed(workbook):
    assert not any("submission_id" in _text(page) for page in workbook.pages)


def test_pages_of_the_workbook_are_numbered(workbook):
    last = len(workbook.pages)
    assert f"Trang{last}/{last}" in _text(workbook.pages[-1])


def test_a_broken_file_gives_no_pdf(tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 not a document")
    made = report.write_pdf(tmp_path / "broken.docx", tmp_path / "out.pdf")
    assert made is None or "BOCO" not in _text(PdfReader(made).pages[0])
