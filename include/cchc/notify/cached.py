"""Results of formulas: a library that writes a formula loses what it came to, so it is put back into the parts."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.workbook import Workbook

from cchc.notify.cells import held, shown

Results = dict[str, dict[str, Any]]
"""What each formula came to, by sheet and cell."""

_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[^>]*(?:/>|>.*?</f>))<v ?/?>(?:</v>)?</c>', re.DOTALL)
_TYPE = re.compile(rb' t="[^"]*"')
_LONGEST = 32767


def results(formulas: Workbook, values: Workbook) -> Results:
    """What the formulas of one workbook came to in the same workbook read for its values."""
    found: Results = {}
    for sheet in formulas.worksheets:
        told = values[sheet.title]
        cells = {c.coordinate: told[c.coordinate].value for c in held(sheet) if c.data_type == "f"}
        found[sheet.title] = {address: value for address, value in cells.items() if value is not None}
    return found


def put_back(name: str, part: bytes, order: list[str], known: Results) -> bytes:
    """The part of the archive with the results beside the formulas; other parts as they are."""
    match = _SHEET_PART.fullmatch(name)
    if not match:
        return part
    told = known.get(order[int(match[1]) - 1], {})
    return _FORMULA.sub(lambda m: _with_result(m, told), part) if told else part


def _with_result(match: re.Match[bytes], told: dict[str, Any]) -> bytes:
    value = told.get(match[1].decode())
    if value is None:
        return match[0]
    kind, words = _as_xml(value)
    rest = _TYPE.sub(b"", match[2])
    mark = f' t="{kind}"'.encode() if kind else b""
    return b'<c r="' + match[1] + b'"' + rest + mark + b">" + match[3] + b"<v>" + words.encode() + b"</v></c>"


def _as_xml(value: Any) -> tuple[str, str]:
    """Type mark and text of a result."""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, int | float):
        return "", repr(value)
    if isinstance(value, datetime | date | time | timedelta):
        return "", repr(to_excel(value))
    words = str(value)
    if words.startswith("#") and words.rstrip("!?").isupper():
        return "e", escape(words)
    return "str", escape(shown(words, _LONGEST))
