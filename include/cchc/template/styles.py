"""How the form looks: named styles, so that a person can change one in the spreadsheet program as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

if TYPE_CHECKING:
    from openpyxl import Workbook

FONT = "Times New Roman"
MUST, SHOULD, COMPUTED, HEAD, BAND = "FFE699", "FFF9E5", "EDEDED", "1F4E78", "DDEBF7"
RED, GREEN, AMBER = "FFC7CE", "C6EFCE", "FFEB9C"
VIETNAMESE = "[$-42A]"
"""Locale mark of a number format: 1.234,5 also where the program speaks another language."""
NUMBER_FORMATS = {
    "count": f"{VIETNAMESE}#,##0",
    "amount": f"{VIETNAMESE}#,##0.00",
    "ratio": f"{VIETNAMESE}0.00",
    "flag": "0",
    "score": f"{VIETNAMESE}0.00",
}

_THIN = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def register(book: Workbook) -> None:
    """Add every style of the form to the workbook."""
    for style in (*_page(), *_table(), *_figures()):
        book.add_named_style(style)


def figure_style(kind: str, required: str) -> str:
    """Name of the style of a figure cell; a companion is filled in like any figure."""
    return f"cchc {kind} {'should' if required == 'companion' else required}"


def _style(
    name: str,
    *,
    size: int = 12,
    bold: bool = False,
    italic: bool = False,
    color: str = "000000",
    fill: str = "",
    across: str = "left",
    boxed: bool = False,
    open_: bool = False,
    form: str = "General",
    indent: int = 0,
) -> NamedStyle:
    return NamedStyle(
        name=f"cchc {name}",
        font=Font(name=FONT, size=size, bold=bold, italic=italic, color=color),
        fill=PatternFill("solid", start_color=fill) if fill else PatternFill(),
        alignment=Alignment(horizontal=across, vertical="center", wrap_text=True, indent=indent),
        border=_BOX if boxed else Border(),
        protection=Protection(locked=not open_),
        number_format=form,
    )


def _page() -> list[NamedStyle]:
    return [
        _style("title", size=14, bold=True, across="center"),
        _style("left title", size=13, bold=True),
        _style("subtitle", italic=True, across="center"),
        _style("hint", size=11, italic=True, color="595959"),
        _style("guide", size=12, indent=1),
        _style("label", bold=True, fill=BAND, boxed=True, indent=1),
        _style("value", boxed=True, form="@", indent=1),
        _style("entry", boxed=True, fill=MUST, open_=True, form="@", indent=1),
    ]


def _table() -> list[NamedStyle]:
    return [
        _style("heading", size=11, bold=True, color="FFFFFF", fill=HEAD, across="center", boxed=True),
        _style("number", size=11, across="center", boxed=True),
        _style("code", size=11, across="center", boxed=True, form="@"),
        _style("name", size=12, boxed=True, indent=1),
        _style("part", size=12, boxed=True, indent=2),
        _style("group", bold=True, fill=BAND, boxed=True, form="@", indent=1),
        _style("note", size=11, boxed=True, open_=True, form="@"),
        _style("words", size=12, boxed=True, fill=SHOULD, open_=True, form="@", indent=1),
        _style("check", size=11, across="right", boxed=True, form=f"{VIETNAMESE}#,##0", indent=1),
        _style("result", size=11, bold=True, across="center", boxed=True),
    ]


def _figures() -> list[NamedStyle]:
    fills = {"must": MUST, "should": SHOULD, "computed": COMPUTED}
    return [
        _style(
            f"{kind} {required}",
            fill=fill,
            across="right",
            boxed=True,
            open_=required != "computed",
            form=number_format,
            indent=1,
        )
        for kind, number_format in NUMBER_FORMATS.items()
        for required, fill in fills.items()
    ]
