"""The document's template: which one is taken, whether it may be used, and filling it.

A template is a Word file with slots (``report_slots.csv``). What an installation keeps in its own folder goes before
the packaged one. A template is data of others: it is parsed in a sandbox and may name slots, repeat and choose, no
more; nothing it holds is run.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from cchc.catalogue.tables import rows
from cchc.report.texts import label

PACKAGED = Path(__file__).parent / "templates"
STYLES = {
    "paragraph": "CCHC Đoạn văn",
    "lead": "CCHC Đoạn văn",
    "quote": "CCHC Trích đơn vị",
    "remark": "CCHC Ghi chú",
    "table": "CCHC Bảng",
    "cell": "CCHC Ô bảng",
}
"""Styles that the program sets paragraphs and tables in, by role; every template must have them."""
_MOST_BYTES, _MOST_UNPACKED = 5 * 2**20, 50 * 2**20
_MOST_NESTED = 2
_FIELDS = {"so", "ten", "ghi_chu", "bang", "last", "first", "index"}
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.For, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip
_FORBIDDEN_PARTS = re.compile(r"vbaProject|/embeddings/|/activeX/|/afchunk", re.IGNORECASE)
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.IGNORECASE)
_BARE = re.compile(r"\{\{\s*(\w+(?:\.\w+)?)\s*\}\}")
_PART_ERRORS = (KeyError, ValueError, AttributeError, IndexError, OSError, LxmlError, zipfile.BadZipFile)


class MouldError(ValueError):
    """A template that cannot be used; one Vietnamese sentence that says why."""


def own(folder: Path, authority: str, level: str, outline: str) -> bytes:
    """The installation's own template: that of the authority, else that of the level; empty where it has none."""
    for name in (f"bao-cao-{authority}-{outline}.docx", file_name(level, outline)):
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    return b""


def packaged(level: str, outline: str) -> bytes:
    """The template that comes with the program."""
    return (PACKAGED / file_name(level, outline)).read_bytes()


def file_name(level: str, outline: str) -> str:
    """``bao-cao-xa-quy.docx``."""
    return f"bao-cao-{_LEVELS[level]}-{outline}.docx"


_LEVELS = {"tỉnh": "tinh", "huyện": "huyen", "xã": "xa"}


@cache
def slots() -> dict[str, dict[str, str]]:
    """Rows of ``report_slots.csv`` by slot."""
    return {row["slot"]: row for row in rows("report_slots")}


def check(data: bytes, name: str) -> None:
    """Refuse a template that cannot be used.

    Args:
        data: The Word file.
        name: What people know it by.

    Raises:
        MouldError: Saying why.
    """
    _opened(data, name)


def fill(data: bytes, name: str, values: Callable[[Mapping[str, str]], Mapping[str, Any]]) -> Document:
    """The document that a template becomes with its slots filled.

    Args:
        data: The Word file.
        name: What people know it by.
        values: Given the ids of the template's styles by role, what stands in each slot: texts as markup
            (:func:`cchc.report.page.markup`), wrapped so that they are not escaped again.

    Raises:
        MouldError: If the template cannot be used.
    """
    template = _opened(data, name)
    filling = dict(values(style_ids(template.docx)))
    try:
        template.render(filling, _sandbox())
        made: Document = template.docx
    except (TemplateError, *_PART_ERRORS) as error:
        raise _refused(name, "filling") from error
    if made.element.body.xpath(".//w:r//w:p[not(ancestor::w:txbxContent)]"):
        raise _refused(name, "filling")
    return made


def style_ids(document: Document) -> dict[str, str]:
    """Ids of the styles that the program uses, by role."""
    known = {style.name: style.style_id for style in document.styles}
    return {role: known[name] for role, name in STYLES.items()}


def _opened(data: bytes, name: str) -> DocxTemplate:
    _inspect(data, name)
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.init_docx()
        sources = list(_sources(template))
        texts = [p.text for p in template.docx.element.body.iter() if p.tag.endswith("}p")]
        styles = {style.name for style in template.docx.styles}
    except _PART_ERRORS as error:
        raise _refused(name, "not_word") from error
    missing = sorted(set(STYLES.values()) - styles)
    if missing:
        raise _refused(name, "styles", names=", ".join(missing))
    _check_blocks(name, texts)
    _check_tags(name, sources)
    about = template.docx.core_properties
    about.title = about.subject = about.author = about.comments = about.identifier = about.keywords = ""
    return template


def _inspect(data: bytes, name: str) -> None:
    """Look at the archive before anything of it is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if len(data) > _MOST_BYTES or size > _MOST_UNPACKED:
                raise _refused(name, "too_large")
            alien = [e.filename for e in entries if _FORBIDDEN_PARTS.search(e.filename)]
            linked = [e.filename for e in entries if e.filename.endswith(".rels") and _EXTERNAL.search(archive.read(e))]
    except MouldError:
        raise
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        raise _refused(name, "not_word") from error
    if alien or linked:
        raise _refused(name, "alien", names=", ".join([*alien, *linked]))


def _sources(template: DocxTemplate) -> Iterator[str]:
    """Markup of every part that is rendered, as the engine will see it."""
    yield _patched(template, template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield _patched(template, template.get_part_xml(part))
    for part in template.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield _patched(template, part.blob.decode("utf-8"))


def _patched(template: DocxTemplate, xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(xml))


def _check_tags(name: str, sources: list[str]) -> None:
    used: set[str] = set()
    for source in sources:
        try:
            tree = _sandbox().parse(source)
        except TemplateSyntaxError as error:
            raise _refused(name, "syntax", near=_near(source, error.lineno)) from error
        used |= _names(name, tree, source)
    missing = [slot for slot, row in slots().items() if row["required"] == "yes" and slot not in used]
    if missing:
        raise _refused(name, "missing", names=", ".join(missing))


def _names(name: str, tree: nodes.Template, source: str) -> set[str]:
    """Slots that a part uses; whatever else it holds is refused."""
    loops = {"loop"}
    for loop in tree.find_all(nodes.For):
        targets = (loop.target, *loop.target.find_all(nodes.Name))
        loops |= {target.name for target in targets if isinstance(target, nodes.Name)}
        if sum(1 for _ in loop.find_all(nodes.For)) >= _MOST_NESTED:
            raise _refused(name, "tag", near=_near(source, loop.lineno))
    used: set[str] = set()
    for node in tree.find_all(nodes.Node):
        good = isinstance(node, _ALLOWED) and not (isinstance(node, nodes.Getattr) and node.attr not in _FIELDS)
        if not good:
            raise _refused(name, "tag", near=_near(source, node.lineno))
        if isinstance(node, nodes.Name) and node.name not in loops:
            used.add(node.name)
    strange = sorted(used - set(slots()))
    if strange:
        raise _refused(name, "unknown", names=", ".join(strange))
    return used


def _check_blocks(name: str, texts: list[str]) -> None:
    """Each tag is closed in its own paragraph; blocks are whole paragraphs, they need ``{{p … }}``."""
    for text in texts:
        if any(text.count(start) != text.count(end) for start, end in (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))):
            raise _refused(name, "syntax", near=text.strip()[:80])
        for slot in _BARE.findall(text):
            if slot.endswith(".bang") or slots().get(slot, {}).get("kind") == "block":
                raise _refused(name, "block", name=slot)


def _near(source: str, line: int) -> str:
    """Words beside an error, as the person sees them in Word."""
    lines = source.splitlines()
    found = re.sub(r"<[^>]+>", "", "".join(lines[max(line - 1, 0) : line + 1])).strip()
    return found[:80]


def _sandbox() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def _refused(file: str, why: str, **values: str) -> MouldError:
    return MouldError(label(f"template_{why}", file=file, **values))
