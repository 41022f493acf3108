"""What values alone do not tell of a cell: that it holds a formula without result, an error, a percent format.

Looked up only for the few cells where it matters, in the parts of the .xlsx archive.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import join, normpath

from cchc.parse.archive import Parts
from cchc.parse.formulas import moved
from cchc.parse.grid import MIXED, PERCENT, UNCOMPUTED, Notes
from cchc.parse.number_formats import is_percent

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Atomic and within one tag: whatever the part holds, the search takes no longer than its length.
_CELL = re.compile(
    r"""<(?P<ns>(?:\w{1,20}:)?)c\s(?P<attributes>(?>(?:[^<>]*?\s)?r=["'](?P<at>[A-Z]+\d+)["'])(?>[^<>]*?(?=/?>)))"""
    r"""(?:/>|>(?P<body>.*?)</(?P=ns)c>)""",
    re.DOTALL,
)
_FORMULA = re.compile(r"<(?:\w+:)?f[\s/>]")
_RESULT = re.compile(r"<(?:\w+:)?v>([^<]+)</")
_CELL_FORMATS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(r"<(?:\w+:)?xf\s[^>]*>")
_NUMBER_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^>]*>")
_FONTS = re.compile(r"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(r"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?font>)", re.DOTALL)
_FONT_NAME = re.compile(r"<(?:\w+:)?name\s[^>]*>")
_WITH_FORMULA = re.compile(
    rb"""<(?:\w{1,20}:)?c\s(?>(?:[^<>]*?\s)?r=["']([A-Z]+\d+)["'])[^<>]*+>\s*+<(?:\w{1,20}:)?f[\s/>]"""
)
_FORMULA_TEXT = re.compile(r"<(?:\w+:)?f(\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_ROW_OR_COLUMN = re.compile(rb"<(?:\w{1,20}:)?(row|col)\s([^<>]*)>")
_IS_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_STRING = re.compile(r"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?si>)", re.DOTALL)
_MIXED = re.compile(
    r"""<(?:\w+:)?(?:strike(?:\s*/>|\s[^>]*?val=["'](?:1|true)["'])|vertAlign\s[^>]*?val=["']su(?:per|b)script["'])"""
)
_BUILT_IN_PERCENT = frozenset({"9", "10"})


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows and columns of a sheet that a person does not see.

    Attributes:
        rows: By 1-based number.
        columns: First and last 1-based number of each run.
    """

    rows: frozenset[int] = frozenset()
    columns: tuple[tuple[int, int], ...] = ()

    def hides(self, row: int, column: int) -> bool:
        """True where the cell of that 1-based row and column is not seen."""
        return row in self.rows or any(first <= column <= last for first, last in self.columns)


@dataclass(frozen=True)
class CellParts:
    """Looks into the archive of one file.

    Attributes:
        parts: Of an .xlsx.
        notes: The same facts by sheet and cell, where the reader of another container has noted them.
    """

    parts: Parts
    notes: Notes = field(default_factory=dict)
    _indexed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    _formulas: dict[str, frozenset[str]] = field(default_factory=dict)
    _shared: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    _hidden: dict[str, Hidden] = field(default_factory=dict)

    def uncomputed(self, sheet: str, cell: str) -> bool:
        """True where the cell holds a formula and no result."""
        if self.notes.get((sheet, cell)) == UNCOMPUTED:
            return True
        _, body = self._cell(sheet, cell)
        return bool(_FORMULA.search(body)) and not _RESULT.search(body)

    def has_formula(self, sheet: str, cell: str) -> bool:
        """True where the cell holds a formula, computed or not."""
        if sheet not in self._formulas:
            part = self._sheet(sheet)
            self._formulas[sheet] = frozenset(at.decode() for at in _WITH_FORMULA.findall(part))
        return cell in self._formulas[sheet]

    def formula(self, sheet: str, cell: str) -> str | None:
        """The cell's formula without the sign of equality; empty for a special kind of it, None where there is none."""
        if not self.has_formula(sheet, cell):
            return None
        found = _FORMULA_TEXT.search(self._cell(sheet, cell)[1])
        attributes = _attributes(found[1] or "") if found else {}
        text = html.unescape(found[2] or "") if found else ""
        match attributes.get("t", "normal"):
            case "normal":
                return text
            case "shared":
                return text or self._of_shared(sheet, attributes.get("si", ""), cell)
        return ""

    def _of_shared(self, sheet: str, number: str, cell: str) -> str:
        """A formula that is written in another cell and meant for a run of them."""
        if sheet not in self._shared:
            self._shared[sheet] = dict(self._masters(sheet))
        origin, text = self._shared[sheet].get(number, ("", ""))
        return moved(f"={text}", origin, cell).removeprefix("=") if text else ""

    def _masters(self, sheet: str) -> Iterator[tuple[str, tuple[str, str]]]:
        for cell, (_, body) in self._cells(sheet).items():
            found = _FORMULA_TEXT.search(body) if "shared" in body else None
            attributes = _attributes(found[1] or "") if found else {}
            if found and found[2] and attributes.get("t") == "shared":
                yield attributes.get("si", ""), (cell, html.unescape(found[2]))

    def hidden(self, sheet: str) -> Hidden:
        """What of the sheet a person does not see."""
        if sheet not in self._hidden:
            part = self.parts.get(self._paths.get(sheet, ""), b"")
            self._hidden[sheet] = _hidden(part) if _IS_HIDDEN.search(part) else Hidden()
        return self._hidden[sheet]

    def error(self, sheet: str, cell: str) -> str:
        """``#DIV/0!`` where the cell shows an error, else empty."""
        noted = self.notes.get((sheet, cell), "")
        if noted.startswith("#"):
            return noted
        attributes, body = self._cell(sheet, cell)
        result = _RESULT.search(body) if _attributes(attributes).get("t") == "e" else None
        return html.unescape(result[1]) if result else ""

    def percent_format(self, sheet: str, cell: str) -> bool:
        """True where the cell shows its number as a percentage."""
        if self.notes.get((sheet, cell)) == PERCENT:
            return True
        if not self._percent_styles:
            return False
        attributes, _ = self._cell(sheet, cell)
        return _attributes(attributes).get("s", "0") in self._percent_styles

    def mixed(self, sheet: str, cell: str) -> bool:
        """True where a part of the cell's text is struck out or raised: its digits do not belong to one number."""
        if self.notes.get((sheet, cell)) == MIXED:
            return True
        if not self._mixed_strings:
            return False
        attributes, body = self._cell(sheet, cell)
        match _attributes(attributes).get("t"):
            case "s":
                result = _RESULT.search(body)
                return result is not None and result[1] in self._mixed_strings
            case "inlineStr":
                return bool(_MIXED.search(body))
        return False

    def font(self, sheet: str, cell: str) -> str:
        """Name of the font that the cell's style gives it, or empty."""
        attributes, _ = self._cell(sheet, cell)
        return self._fonts.get(_attributes(attributes).get("s", "0"), "")

    def _cell(self, sheet: str, cell: str) -> tuple[str, str]:
        """Attributes and content of a cell's element; both empty where there is none."""
        return self._cells(sheet).get(cell, ("", ""))

    def _cells(self, sheet: str) -> dict[str, tuple[str, str]]:
        if sheet not in self._indexed:
            found = _CELL.finditer(self._sheet(sheet).decode("utf-8", "replace"))
            self._indexed[sheet] = {match["at"]: (match["attributes"], match["body"] or "") for match in found}
        return self._indexed[sheet]

    def _sheet(self, sheet: str) -> bytes:
        """The sheet's part as far as it is read; behind that, and in comments, cells may stand without end."""
        part = self.parts.get(self._paths.get(sheet, ""), b"").partition(b"</sheetData>")[0]
        before, *after = part.split(b"<!--")
        return b"".join([before, *(piece.partition(b"-->")[2] for piece in after)])

    def _text(self, name: str) -> str:
        return self.parts.get(name, b"").decode("utf-8", "replace")

    @cached_property
    def _paths(self) -> dict[str, str]:
        """Part by sheet name."""
        relations = [_attributes(tag) for tag in _RELATION.findall(self._text("xl/_rels/workbook.xml.rels"))]
        target = {r.get("Id", ""): normpath(join("/xl", r.get("Target", ""))).lstrip("/") for r in relations}
        sheets = [_attributes(tag) for tag in _SHEET.findall(self._text("xl/workbook.xml"))]
        return {s.get("name", ""): target.get(s.get("r:id", ""), "") for s in sheets}

    @cached_property
    def _percent_styles(self) -> frozenset[str]:
        styles = self._text("xl/styles.xml")
        own = [_attributes(tag) for tag in _NUMBER_FORMAT.findall(styles)]
        percent = _BUILT_IN_PERCENT | {f.get("numFmtId", "") for f in own if is_percent(f.get("formatCode", ""))}
        return frozenset(str(n) for n, style in enumerate(self._styles) if style.get("numFmtId") in percent)

    @cached_property
    def _mixed_strings(self) -> frozenset[str]:
        """Numbers of the shared texts of which a part is struck out or raised; with a mark where a cell has its own."""
        shared = self._text("xl/sharedStrings.xml") if _is_mixed(self.parts.get("xl/sharedStrings.xml", b"")) else ""
        own = any(name.startswith("xl/worksheets/") and _is_mixed(part) for name, part in self.parts.items())
        found = (str(n) for n, string in enumerate(_STRING.findall(shared)) if _MIXED.search(string))
        return frozenset((*found, *([MIXED] if own else [])))

    @cached_property
    def _styles(self) -> list[dict[str, str]]:
        """Cell formats in the order of their numbers."""
        formats = _CELL_FORMATS.search(self._text("xl/styles.xml"))
        return [_attributes(tag) for tag in _FORMAT.findall(formats[0])] if formats else []

    @cached_property
    def _fonts(self) -> dict[str, str]:
        """Name of the font by number of the cell format."""
        fonts = _FONTS.search(self._text("xl/styles.xml"))
        named = [_FONT_NAME.search(font) for font in _FONT.findall(fonts[0])] if fonts else []
        names = [_attributes(match[0]).get("val", "") if match else "" for match in named]
        numbers = [
            int(style.get("fontId", "0")) if style.get("fontId", "0").isdecimal() else 0 for style in self._styles
        ]
        return {str(n): names[number] for n, number in enumerate(numbers) if number < len(names)}


def _is_mixed(part: bytes) -> bool:
    return b"vertAlign" in part or b"strike" in part


def _hidden(part: bytes) -> Hidden:
    rows, columns = set(), []
    for kind, attributes in _ROW_OR_COLUMN.findall(part):
        if _IS_HIDDEN.search(attributes):
            said = _attributes(attributes.decode("utf-8", "replace"))
            first, last = said.get("r" if kind == b"row" else "min", ""), said.get("max", "")
            if kind == b"row" and first.isdecimal():
                rows.add(int(first))
            elif kind == b"col" and first.isdecimal() and last.isdecimal():
                columns.append((int(first), int(last)))
    return Hidden(frozenset(rows), tuple(columns))


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}
