"""What may be typed into a figure cell: numbers of the right kind, or the words for "nothing arose"."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.datavalidation import DataValidation

from cchc.catalogue.form_texts import text
from cchc.catalogue.forms import FormRow
from cchc.catalogue.rules import suite
from cchc.catalogue.tables import rows
from cchc.template.layout import FIGURE, FIRST_ROW

_NUMBER_RULES = {
    "count": "{cell}>=0,{cell}=INT({cell})",
    "amount": "{cell}>=0",
    "ratio": "{cell}>=0,{cell}<=100",
    "score": "{cell}>=0",
}


def checks(lines: Sequence[FormRow]) -> list[DataValidation]:
    """Entry checks of one area sheet."""
    cells: dict[tuple[str, str], list[str]] = {}
    for place, line in enumerate(lines, start=FIRST_ROW):
        if line.required != "computed":
            kind = line.indicator.kind
            own = line.indicator.code if kind == "flag" else ""
            cells.setdefault((kind, own), []).append(f"{FIGURE}{place}")
    return [_check(kind, code, found) for (kind, code), found in cells.items()]


def _check(kind: str, code: str, cells: Sequence[str]) -> DataValidation:
    return DataValidation(
        type="list" if kind == "flag" else "custom",
        formula1=_answers(code) if kind == "flag" else _number(kind, cells[0]),
        sqref=" ".join(cells),
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop",
        errorTitle=text("entry_error_title"),
        error=text(f"entry_error_{kind}"),
    )


def _number(kind: str, first: str) -> str:
    """The formula speaks of the first cell; the spreadsheet program moves it along to the others."""
    limits = _NUMBER_RULES[kind].format(cell=first)
    words = ",".join(
        f'LOWER(TRIM({first}))="{row["word"]}"' for row in rows("nothing_arose") if row["in_form"] == "yes"
    )
    return f"OR(IF(ISNUMBER({first}),AND({limits}),FALSE),{words})"


def _answers(code: str) -> str:
    """A list to choose from: the coded answers of the flag, and the words."""
    allowed = next(
        e["kwargs"]["value_set"] for e in suite("observation")["expectations"] if e["kwargs"]["column"] == "flag"
    )
    codes = [answer.partition("=")[2] for answer in allowed if answer.startswith(f"{code}=")]
    return f'"{",".join([*codes, text("nothing_arose")])}"'
