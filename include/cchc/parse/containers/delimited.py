"""Values between commas, semicolons or tabs: one sheet of texts."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from cchc.catalogue.forms import HEADINGS
from cchc.parse.archive import RefusedError
from cchc.parse.containers.assemble import Sheet
from cchc.parse.containers.encoding import text_of
from cchc.parse.issue_kinds import Kind
from cchc.parse.limits import MOST_COLUMNS
from cchc.parse.words import fold

_DELIMITERS = (";", "\t", ",", "|")
_HINT = "sep="
_SAMPLE = 400
_FEWEST_ROWS = 2
_NAME = "CSV"


def read(data: bytes) -> list[Sheet]:
    """The file's only sheet.

    Raises:
        RefusedError: If it is running text.
    """
    text = text_of(data)
    csv.field_size_limit(2**20)
    try:
        delimiter = _delimiter(text)
        rows = _rows(text, delimiter)
    except csv.Error as error:
        raise RefusedError(Kind.DAMAGED) from error
    if sum(len([value for value in row if value.strip()]) > 1 for row in rows) < _FEWEST_ROWS:
        raise RefusedError(Kind.NOT_A_WORKBOOK)
    # Where a comma parts the values, programs write decimals behind a point.
    sheet = Sheet(_NAME, decimal_point=delimiter == ",")
    for number, row in enumerate(rows):
        for column, value in enumerate(row[:MOST_COLUMNS]):
            sheet.put(number, column, value.strip())
    return [sheet]


def _delimiter(text: str) -> str:
    """The one that yields the form's headings, else the one that cuts most rows into equally many values."""
    if text[: len(_HINT)].casefold() == _HINT and text[len(_HINT) : len(_HINT) + 1] in _DELIMITERS:
        return text[len(_HINT)]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, int]:
    wanted = {fold(HEADINGS[1]), fold(HEADINGS[4])}
    try:
        rows = _rows(text[: 2**18], delimiter)[:_SAMPLE]
    except csv.Error:
        return False, 0
    found = any(wanted <= {fold(value) for value in row} for row in rows)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return found, max(widths.values(), default=0)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
