"""The written report in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.document import Document

from cchc.model.consolidation import Consolidation
from cchc.report import docx_annex, docx_body, docx_head, provenance
from cchc.report.facts import Facts
from cchc.report.figures import Recipes, Register
from cchc.report.outline import texts
from cchc.report.page import number_pages, set_defaults, set_page
from cchc.report.sentences import Sentences
from cchc.store.packing import repacked


def write_docx(c: Consolidation, path: Path) -> None:
    """Write the document; the same consolidation gives the same bytes."""
    facts, register = Facts(c), Register()
    sentences = Sentences(facts)
    document = docx.Document()
    set_defaults(document)
    set_page(document.sections[0])
    number_pages(document.sections[0])
    docx_head.head(document, sentences, facts.authority.parent, facts.authority.agency)
    docx_head.title(document, sentences)
    docx_body.opening(document, facts, sentences)
    docx_body.sections(document, facts, sentences)
    docx_head.foot(document, sentences, facts.authority.signer)
    docx_annex.annexes(document, facts, sentences)
    _describe(document, facts, sentences)
    provenance.embed(document, facts, Recipes(facts), register)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(repacked(buffer.getvalue()))


def _describe(document: Document, facts: Facts, sentences: Sentences) -> None:
    about = document.core_properties
    words = texts()["heading"]
    about.title = f"{words['kind']} {sentences.fill(words['subject'])}"
    about.author = about.last_modified_by = facts.authority.body
    about.created = about.modified = facts.moment.replace(tzinfo=None)
    about.comments, about.language, about.revision = "", "vi-VN", facts.c.edition
