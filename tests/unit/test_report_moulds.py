"""Templates of the document that people edit in Word: what they may change, and what is refused with a reason."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from cchc import report
from cchc.catalogue.periods import parse
from cchc.consolidate.editions import inputs_of
from cchc.model.consolidation import UnitNarrative
from cchc.report import mould
from tests.consolidations import consolidation

NAME = "bao-cao-tinh-quy.docx"
EVERY = [(level, outline) for level in ("tỉnh", "huyện", "xã") for outline in ("quy", "nam")]


@pytest.fixture(scope="module")
def small():
    return consolidation(of=("31", "31-SNV", "10507", "10525", "10993"), absent=("10993",))


def _edited(change) -> bytes:
    document = docx.Document(io.BytesIO(mould.packaged("tỉnh", "quy")))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _line(document, start):
    return next(p for p in document.paragraphs if p.text.startswith(start))


def _write(c, path):
    warning = report.write_docx(c, path)
    return warning, "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


def _say(text):
    return lambda document: document.paragraphs[5].insert_paragraph_before(text)


def _macro(data):
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0")
    return packed.getvalue()


def _bomb(data):
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.bin", b"\0" * 60_000_000)
    return packed.getvalue()


def _linked(document):
    document.part.relate_to("http://example.org/a.dotm", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _without_style(document):
    document.styles["CCHC Đoạn văn"].element.getparent().remove(document.styles["CCHC Đoạn văn"].element)


def _without_slot(document):
    line = _line(document, "{{p muc_II_2 }}")._p
    line.getparent().remove(line)


def _inline_block(document):
    _line(document, "{{p muc_II_2 }}").text = "Nội dung: {{ muc_II_2 }}"


REFUSED = {
    "no_word_file": (b"xin chao", "không phải tệp Word"),
    "spreadsheet": (b"PK\x03\x04", "không phải tệp Word"),
    "macro": (_macro(mould.packaged("tỉnh", "quy")), "macro"),
    "bomb": (_bomb(mould.packaged("tỉnh", "quy")), "quá lớn"),
    "link": (_edited(_linked), "liên kết ra ngoài"),
    "style": (_edited(_without_style), "thiếu kiểu đoạn .style.: CCHC Đoạn văn"),
    "slot": (_edited(_without_slot), "thiếu ô nội dung: muc_II_2"),
    "block": (_edited(_inline_block), "phải viết {{p muc_II_2 }}"),
    "unknown": (_edited(_say("Kính gửi {{ ten_ban }}")), "thẻ không biết: ten_ban"),
    "open_tag": (_edited(_say("{%p if thay_doi %}")), "viết sai gần đoạn"),
    "broken_tag": (_edited(_say("{{ nam")), "viết sai gần đoạn"),
    "class": (_edited(_say("{{ nam.__class__ }}")), "không được phép gần đoạn “{{ nam.__class__ }}"),
    "call": (_edited(_say("{{ nam.upper() }}")), "không được phép"),
    "globals": (_edited(_say("{{ cycler.__init__.__globals__ }}")), "không được phép"),
    "filter": (_edited(_say("{{ nam|upper }}")), "viết sai|không được phép"),
    "include": (_edited(_say("{% include '/etc/passwd' %}")), "không được phép"),
    "set": (_edited(_say("{% set a = 1 %}")), "không được phép"),
    "macro_tag": (_edited(_say("{% macro a() %}{% endmacro %}")), "không được phép"),
    "large_number": (_edited(_say("{{ 9**999999 }}")), "không được phép"),
    "many_loops": (
        _edited(
            _say("{% for a in can_cu %}{% for b in can_cu %}{% for c in can_cu %}x{% endfor %}{% endfor %}{% endfor %}")
        ),
        "không được phép",
    ),
}


@pytest.mark.parametrize(("level", "outline"), EVERY)
def test_the_packaged_templates_can_be_used(level, outline):
    mould.check(mould.packaged(level, outline), NAME)


@pytest.mark.parametrize("case", REFUSED)
def test_a_template_that_cannot_be_used_is_refused_with_a_reason(case):
    data, reason = REFUSED[case]
    with pytest.raises(mould.MouldError, match=reason) as refused:
        mould.check(data, NAME)
    assert NAME in str(refused.value) and str(refused.value).endswith(".")


@pytest.mark.parametrize("case", ["macro", "slot", "class", "no_word_file"])
def test_a_report_that_is_due_falls_back_on_the_packaged_template_and_says_so(case, small, tmp_path):
    warning, text = _write(replace(small, mould=REFUSED[case][0]), tmp_path / "a.docx")
    assert warning.endswith("Báo cáo này được lập theo mẫu có sẵn của hệ thống.")
    report.write_docx(small, tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert "CẢI CÁCH HÀNH CHÍNH" in text


def test_what_is_edited_in_word_shows_in_the_report(small, tmp_path):
    def change(document):
        _line(document, "V. KIẾN NGHỊ").runs[0].text = "V. ĐỀ NGHỊ VỚI CẤP TRÊN"
        _line(document, "BÁO CÁO").insert_paragraph_before("(Dự thảo lần {{ nam }})")
        document.styles["CCHC Đoạn văn"].font.italic = True

    warning, text = _write(replace(small, mould=_edited(change)), tmp_path / "a.docx")
    assert warning == "" and "V. ĐỀ NGHỊ VỚI CẤP TRÊN" in text and "(Dự thảo lần 2026)" in text
    made = docx.Document(str(tmp_path / "a.docx"))
    said = _line(made, "- Trong quý III")
    assert said.style.font.italic and report.trace(tmp_path / "a.docx", "so_1_1_1_1")["check"]["equals"]


def test_tags_split_by_word_and_curly_quotes_are_understood(small, tmp_path):
    def change(document):
        line = _line(document, "{{ mo_dau }}")
        line.runs[0].text = "{{ mo"
        line.add_run("_dau ").bold = True
        line.add_run("}}")

    warning, text = _write(replace(small, mould=_edited(change)), tmp_path / "a.docx")
    assert warning == "" and "báo cáo kết quả công tác cải cách hành chính quý III" in text


def test_what_units_write_is_never_interpreted(small, tmp_path):
    wild = "{{ nam }} {% if 1 %}x{% endif %} {_{ a }_} <w:p/> & ]]> \x0b\x07\t{#c#} \ue0000\ue001giả\ue002 &#123; ﷐"
    told = tuple(UnitNarrative("10525", "Phường {{ nam }}", "V", wild) for _ in range(2))
    warning, text = _write(replace(small, narratives=told), tmp_path / "a.docx")
    assert warning == ""
    assert "{{ nam }} {% if 1 %}x{% endif %} {_{ a }_} <w:p/> & ]]> {#c#} 0giả &#123;" in text
    assert "phường {{ nam }}" in text


def test_the_authoritys_own_template_goes_before_that_of_its_level(tmp_path):
    period = parse("2026-Q3")
    assert report.own_mould(tmp_path, "31", period) == b""
    (tmp_path / NAME).write_bytes(b"level")
    assert report.own_mould(tmp_path, "31", period) == report.own_mould(tmp_path, "75", period) == b"level"
    (tmp_path / "bao-cao-31-quy.docx").write_bytes(b"mine")
    assert report.own_mould(tmp_path, "31", period) == b"mine"
    assert report.own_mould(tmp_path, "31", parse("2026-Y")) == report.own_mould(tmp_path, "10993", period) == b""


def test_another_template_is_another_edition_and_is_kept_with_it(small, tmp_path):
    mine = replace(small, mould=_edited(_say("Nơi soạn: {{ dia_danh }}")))
    assert inputs_of(mine) != inputs_of(small) == inputs_of(replace(small, mould=b""))
    written = report.write_edition(mine, tmp_path)
    assert report.kept_mould(tmp_path) == mine.mould and written.warning == ""
    assert report.kept_mould(Path(tmp_path, "elsewhere")) == b""
