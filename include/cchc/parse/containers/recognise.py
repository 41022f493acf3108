"""What a file is, by its bytes; an extension is what somebody called it."""

from __future__ import annotations

import re

from cchc.parse.archive import Parts, RefusedError
from cchc.parse.containers.encoding import begins_with
from cchc.parse.issue_kinds import Kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"
_REFUSED = (
    (b"%PDF", Kind.PDF_FILE),
    (b"{\\rtf", Kind.WORD_FILE),
    (b"\x89PNG", Kind.PICTURE_FILE),
    (b"\xff\xd8\xff", Kind.PICTURE_FILE),
    (b"GIF8", Kind.PICTURE_FILE),
    (b"II*\x00", Kind.PICTURE_FILE),
    (b"MM\x00*", Kind.PICTURE_FILE),
    (b"Rar!", Kind.PACKED_FILES),
    (b"7z\xbc\xaf\x27\x1c", Kind.PACKED_FILES),
    (b"\x1f\x8b", Kind.PACKED_FILES),
)
_PHOTO_BRANDS = (b"heic", b"heix", b"mif1", b"avif")
_SHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(
    r"(?:<\?xml[^>]*>|<!--.{0,2000}?-->|\s)*+<(?:!doctype\s+html|html|head|body|meta|table|style|div|p|font)\b",
    re.IGNORECASE | re.DOTALL,
)
_MIME = re.compile(r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?Content-Type:\s*multipart/related", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_WORKBOOKS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods", "word/document.xml": "docx"}
_OPEN_TEXT = b"opendocument.text"


def of_archive(parts: Parts) -> str:
    """The container that an unpacked archive is.

    Raises:
        RefusedError: If it is none, or more than one.
    """
    found = [container for name, container in _WORKBOOKS.items() if name in parts]
    if not found:
        raise RefusedError(_other(parts))
    if len(found) > 1:
        raise RefusedError(Kind.DAMAGED)
    if found == ["ods"] and _OPEN_TEXT in parts.get("mimetype", b""):
        raise RefusedError(Kind.WORD_FILE)
    return found[0]


def _other(parts: Parts) -> Kind:
    """What to say of an archive without a workbook at its place: one that lost it, another document, or just files."""
    types = parts.get("[Content_Types].xml")
    if types is not None and b"spreadsheetml" in types:
        return Kind.DAMAGED
    return Kind.NOT_A_WORKBOOK if types is not None or "mimetype" in parts else Kind.PACKED_FILES


def of_bytes(data: bytes) -> str:
    """The container that bytes are which are no archive.

    Raises:
        RefusedError: If they are none.
    """
    if data.startswith(OLE):
        return "xls"
    head = data.lstrip(b"\x00\r\n\t \xef\xbb\xbf")[:1024]
    for magic, kind in _REFUSED:
        if head.startswith(magic):
            raise RefusedError(kind)
    if data[4:8] == b"ftyp" and data[8:12] in _PHOTO_BRANDS or data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise RefusedError(Kind.PICTURE_FILE)
    return _of_text(begins_with(data))


def _of_text(head: str) -> str:
    if _SHEET_XML in head and "<" in head[:10]:
        return "xml"
    if _HTML.match(head):
        return "html"
    if _MIME.match(head):
        return "mhtml"
    if _CONTROL.search(head) or head.lstrip().startswith("<"):
        raise RefusedError(Kind.NOT_A_WORKBOOK)
    return "csv"
