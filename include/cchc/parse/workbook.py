"""Opens a file's bytes as a workbook, or says why it cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from cchc.model.submission import Issue
from cchc.parse import apart
from cchc.parse.archive import Parts, RefusedError, is_plain_xlsx, unpack
from cchc.parse.grid import Grid, Notes
from cchc.parse.issue_kinds import Kind
from cchc.parse.words import storable
from cchc.settings import MOST_FILE_BYTES

MOST_SHEETS = 200
_MOST_ROWS = 20_000
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file.

    Attributes:
        sheets: In the file's order.
        container: As in :class:`cchc.model.submission.Reading`; the content decides, never the file's name.
        parts: Of an .xlsx, for what values alone do not tell (formulas, number formats); empty for others.
        notes: The same facts of the other containers.
        remarks: On the file as a whole.
    """

    sheets: tuple[Grid, ...]
    container: str
    parts: Parts = field(repr=False)
    notes: Notes = field(default_factory=dict)
    remarks: tuple[Issue, ...] = ()


def open_workbook(data: bytes) -> Workbook:
    """Read every sheet.

    Raises:
        RefusedError: If the bytes are no workbook that may be opened.
    """
    _check_size(data)
    parts = unpack(data) if data.startswith(_ZIP) else {}
    if not parts:
        _check_ole(data)
    if is_plain_xlsx(parts):
        return Workbook(sheets(data), "xlsx", parts)
    return Workbook(apart.read(data), "xls" if not parts else "ods" if "content.xml" in parts else "xlsb", parts)


def _check_size(data: bytes) -> None:
    if not data:
        raise RefusedError(Kind.EMPTY_FILE)
    if len(data) > MOST_FILE_BYTES:
        raise RefusedError(Kind.TOO_LARGE)


def _check_ole(data: bytes) -> None:
    if not data.startswith(_OLE):
        raise RefusedError(Kind.NOT_A_WORKBOOK)
    if _ENCRYPTED_PACKAGE in data:
        raise RefusedError(Kind.ENCRYPTED)


def sheets(data: bytes) -> tuple[Grid, ...]:
    """Read every sheet with the native reader.

    Raises:
        RefusedError: If it cannot.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        visible = {meta.name: meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet}
        return tuple(
            _grid(book.get_sheet_by_name(name), meta.visible != SheetVisibleEnum.Visible)
            for name, meta in list(visible.items())[:MOST_SHEETS]
        )
    except PasswordError as error:
        raise RefusedError(Kind.ENCRYPTED) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the native reader is not an Exception
        raise RefusedError(Kind.DAMAGED) from error


def _grid(sheet: CalamineSheet, hidden: bool) -> Grid:
    top, left = sheet.start or (0, 0)
    rows = [[storable(value) for value in row] for row in sheet.to_python(nrows=_MOST_ROWS)]
    return Grid(str(storable(sheet.name)), hidden, rows, top, left)
