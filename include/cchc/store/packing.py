"""Office files whose bytes depend on their content only: no clock in the archive, none in the document's properties."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from openpyxl import Workbook

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")

Edit = Callable[[str, bytes], bytes]
"""Given the name and the content of a part, its content as it shall be."""


def to_bytes(book: Workbook, edit: Edit | None = None) -> bytes:
    """Serialise a workbook; its ``modified`` stamp becomes its ``created`` one."""
    loose = BytesIO()
    with ZipFile(loose, "w", ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()
    stamp = book.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()

    def finished(name: str, part: bytes) -> bytes:
        if name == _PROPERTIES:
            return _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
        return edit(name, part) if edit else part

    return repacked(loose.getvalue(), edit=finished)


def repacked(data: bytes, leave_out: frozenset[str] = frozenset(), edit: Edit | None = None) -> bytes:
    """The members of a zip file again, without times of writing and without those left out."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename not in leave_out:
                part = source.read(entry)
                target.writestr(
                    ZipInfo(entry.filename, _EPOCH), edit(entry.filename, part) if edit else part, ZIP_DEFLATED
                )
    return packed.getvalue()
