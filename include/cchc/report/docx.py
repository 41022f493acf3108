"""The written report in the layout of Nghị định 30/2020/NĐ-CP, composed from a template that a person can edit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

from docx.document import Document
from lxml import etree
from markupsafe import Markup

from cchc.catalogue import regimes
from cchc.catalogue.periods import Period
from cchc.model.consolidation import Consolidation
from cchc.report import docx_annex, docx_body, mould, numerals, page, provenance
from cchc.report.facts import Facts, properties
from cchc.report.figures import Recipes, Register
from cchc.report.outline import outline_of, texts
from cchc.report.parts import Annex, Part
from cchc.report.sentences import Sentences
from cchc.report.slots import all_parts
from cchc.report.spoken import Marks
from cchc.report.texts import label
from cchc.store.packing import repacked

_COMMITTEE = "ỦY BAN NHÂN DÂN "
_HEAD_CHARACTERS = 28
_EXTENDED = "/docProps/app.xml"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
RULES = {"CCHC Kẻ tiêu ngữ": 1.0, "CCHC Kẻ cơ quan": 0.4, "CCHC Kẻ trích yếu": 0.4}
"""How long each line is, as a share of the text above it: all of it, or a third to a half."""


def write_docx(c: Consolidation, path: Path) -> str:
    """Write the document; the same consolidation gives the same bytes.

    Returns:
        A Vietnamese sentence where the installation's own template could not be used and the packaged one was, else
        nothing: a report that is due is not held up by its form.
    """
    facts = Facts(c)
    level, outline = facts.authority.level, outline_of(facts.period.kind)
    spare, name, warning = mould.packaged(level, outline), mould.file_name(level, outline), ""
    try:
        document = _document(facts, c.mould or spare, name, outline)
    except mould.MouldError as error:
        if not c.mould:
            raise
        warning = label("template_fallback", error=error)
        document = _document(facts, spare, name, outline)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(repacked(buffer.getvalue()))
    return warning


def own_mould(folder: Path, authority: str, period: Period) -> bytes:
    """The installation's own template for a report; empty where the packaged one serves."""
    return mould.own(folder, authority, _level(authority, period), outline_of(period.kind))


def mould_of(folder: Path, authority: str, period: Period) -> tuple[str, bytes]:
    """File name and content of the template that a report is written in, as long as nobody edits it."""
    level, outline = _level(authority, period), outline_of(period.kind)
    found = mould.own(folder, authority, level, outline) or mould.packaged(level, outline)
    return mould.file_name(level, outline), found


def _level(authority: str, period: Period) -> str:
    known = regimes.authorities(period.window_to)
    return (known.get(authority) or regimes.authority(authority)).level


def _document(facts: Facts, template: bytes, name: str, outline: str) -> Document:
    marks, register = Marks(), Register()
    sentences = Sentences(facts, marks)
    document = mould.fill(template, name, lambda styles: _values(facts, sentences, outline, styles))
    page.bookmark_figures(document, marks, register)
    known = {style.name: style.style_id for style in document.styles}
    page.draw_rules(document, {known[name]: share for name, share in RULES.items() if name in known})
    _describe(document, facts, sentences)
    provenance.embed(document, facts, Recipes(facts), register)
    return document


def _values(facts: Facts, sentences: Sentences, outline: str, styles: Mapping[str, str]) -> dict[str, Any]:
    """What stands in each slot of the template."""
    parts = all_parts(facts, sentences)
    return {
        **_head(facts, sentences),
        "can_cu": _lines(docx_body.bases(facts)),
        "mo_dau": _text(sentences.fill(texts()["bases"]["opening"])),
        "pham_vi_so_lieu": _text(docx_body.coverage(facts, sentences)),
        **{
            f"muc_{key.replace('.', '_')}": _block(lines, styles)
            for key, lines in docx_body.sections(facts, sentences, outline).items()
        },
        **{slot: _block((("paragraph", f"- {text}") for text in part.texts), styles) for slot, part in parts.items()},
        "phu_luc": _annexes(facts, sentences, parts, styles),
    }


def _head(facts: Facts, sentences: Sentences) -> dict[str, Any]:
    body, words = facts.authority, texts()["heading"]
    return {
        "co_quan_chu_quan": _lines(parted(body.parent)),
        "co_quan": _lines(parted(body.agency)),
        "ky_hieu": _text(f"BC-{body.abbreviation}"),
        "dia_danh": _text(body.place),
        "nam": _text(str(facts.period.year)),
        "trich_yeu": _text(sentences.fill(words["subject"])),
        "ky_bao_cao": _text(facts.period.label),
        "co_quan_day_du": _text(facts.issuer),
        "dia_ban": _text(body.adopts_for),
        "noi_nhan": _lines(docx_body.receivers(facts, sentences)),
        "nguoi_ky": _lines(line.strip() for line in body.signer.replace("\n", "/").split("/")),
    }


def _annexes(
    facts: Facts, sentences: Sentences, parts: Mapping[str, Part], styles: Mapping[str, str]
) -> list[dict[str, Any]]:
    more: list[Annex] = [annex for part in parts.values() for annex in part.annexes]
    return [
        {
            "so": _text(numerals.roman(number)),
            "ten": _text(annex.title),
            "ghi_chu": _text(annex.note),
            "bang": _ready(docx_annex.table(annex, styles)),
        }
        for number, annex in enumerate(docx_annex.annexes(facts, sentences, more), start=1)
    ]


def parted(text: str) -> list[str]:
    """Lines of a body's name: ỦY BAN NHÂN DÂN / XÃ THƯỢNG HỒNG; one too long is parted near its middle."""
    if text.startswith(_COMMITTEE):
        return [_COMMITTEE.strip(), text.removeprefix(_COMMITTEE)]
    if len(text) <= _HEAD_CHARACTERS:
        return [text] if text else []
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]


def _text(text: str) -> Markup:
    return _ready(page.markup(text))


def _lines(found: Iterable[str]) -> list[Markup]:
    return [_text(text) for text in found]


def _block(lines: Iterable[docx_body.Line], styles: Mapping[str, str]) -> Markup:
    return _ready("".join(page.paragraph(text, styles[role], keep=role == "lead") for role, text in lines))


def _ready(made: str) -> Markup:
    """Markup of :mod:`cchc.report.page`, in which every text is escaped already."""
    return Markup(made)  # noqa: S704 - see above


def _set_company(document: Document, name: str) -> None:
    """The body that issues the report among the file's extended properties."""
    part: Any = next((p for p in document.part.package.iter_parts() if p.partname == _EXTENDED), None)
    if part is not None:
        found = etree.fromstring(part.blob)
        company = found.find(f"{{{_APP}}}Company")
        company = etree.SubElement(found, f"{{{_APP}}}Company") if company is None else company
        company.text = name
        part._blob = etree.tostring(found, xml_declaration=True, encoding="UTF-8", standalone=True)


def _describe(document: Document, facts: Facts, sentences: Sentences) -> None:
    about = document.core_properties
    words = texts()["heading"]
    about.title = f"{words['kind']} {sentences.fill(words['subject'])}"
    about.subject, about.keywords = (properties(facts)[key] for key in ("subject", "keywords"))
    about.author = about.last_modified_by = facts.authority.body
    about.created = about.modified = facts.moment.astimezone(UTC).replace(tzinfo=None)
    _set_company(document, facts.authority.body)
    about.comments, about.language, about.revision = "", "vi-VN", facts.c.edition
