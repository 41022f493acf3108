"""What is fuzzed, and what must hold of whatever comes out.

A target opens a file in this process, unlike production, where all but a plain .xlsx is opened apart: so coverage is
seen, and an exception that production would call a damaged file counts as found here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from cchc.catalogue.rules import issue_rules
from cchc.model.submission import Reading
from cchc.parse import apart, read, values
from cchc.parse.archive import RefusedError, unpack
from cchc.parse.book import Workbook
from cchc.parse.containers import biff, biff12, opendocument, opening, recognise

_NEVER_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_KINDS = ("count", "amount", "ratio", "flag", "score")


def _opened_here(data: bytes) -> Workbook:
    return opening.opened(data)


def file(data: bytes) -> None:
    """Read a file, and hold the reading against what every reading promises."""
    apart_read, apart.read = apart.read, _opened_here
    try:
        check(read(data, "10993_2026-Q3.xlsx"))
    finally:
        apart.read = apart_read


def numbers(data: bytes) -> None:
    """Read a cell's text for every kind of indicator."""
    text = data.decode("utf-8", "replace")
    for kind in _KINDS:
        value = values.read(text, kind)
        assert value.value is None or value.value.is_finite()


def check(reading: Reading) -> None:
    """What every reading promises."""
    rules = issue_rules()
    assert reading.issues or reading.observations
    assert all(issue.kind in rules for issue in reading.issues)
    assert reading.readable or len(reading.issues) == 1 and not reading.observations
    codes = [seen.indicator for seen in reading.observations]
    assert len(codes) == len(set(codes))
    for seen in reading.observations:
        assert seen.value is None or isinstance(seen.value, Decimal) and seen.value.is_finite()
        assert not _NEVER_STORED.search(seen.raw + seen.sheet)
    for issue in reading.issues:
        assert not _NEVER_STORED.search(issue.found + issue.sheet + issue.expected), issue
    for section in reading.narratives:
        assert not _NEVER_STORED.search(section.text)


def binary(data: bytes) -> None:
    """Look into what our own readers look at in an .xls, .xlsb and .ods; the values are the native reader's."""
    try:
        if data.startswith(recognise.OLE):
            biff.look(data)
        elif data.startswith(recognise.ZIP):
            parts = unpack(data)
            biff12.notes(parts)
            if "content.xml" in parts:
                opendocument.look(parts)
    except RefusedError:
        return


TARGETS: dict[str, Callable[[bytes], None]] = {
    "xlsx": file, "html": file, "csv": file, "docx": file, "xml": file, "binary": binary, "numbers": numbers,
}  # fmt: skip
