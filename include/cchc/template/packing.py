"""The same form gives the same bytes: no clock in the archive, none in the document's properties."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from openpyxl import Workbook

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def to_bytes(book: Workbook) -> bytes:
    """Serialise a workbook; its ``modified`` stamp becomes its ``created`` one."""
    loose, packed = BytesIO(), BytesIO()
    with ZipFile(loose, "w", ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()
    stamp = book.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(loose) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == _PROPERTIES:
                data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            target.writestr(ZipInfo(entry.filename, _EPOCH), data, ZIP_DEFLATED)
    return packed.getvalue()
