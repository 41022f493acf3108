"""What values alone do not tell of a cell: that it holds a formula without result, an error, a percent format.

Looked up only for the few cells where it matters, in the parts of the .xlsx archive.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import join, normpath

from cchc.parse.archive import Parts
from cchc.parse.grid import PERCENT, UNCOMPUTED, Notes

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(
    r"""<(?P<ns>(?:\w+:)?)c\s(?P<attributes>(?:[^>]*?\s)?r=["'](?P<at>[A-Z]+\d+)["'][^>]*?)(?:/>|>(?P<body>.*?)</(?P=ns)c>)""",
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
_BUILT_IN_PERCENT = frozenset({"9", "10"})


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

    def uncomputed(self, sheet: str, cell: str) -> bool:
        """True where the cell holds a formula and no result."""
        if self.notes.get((sheet, cell)) == UNCOMPUTED:
            return True
        _, body = self._cell(sheet, cell)
        return bool(_FORMULA.search(body)) and not _RESULT.search(body)

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
        attributes, _ = self._cell(sheet, cell)
        return _attributes(attributes).get("s", "0") in self._percent_styles

    def font(self, sheet: str, cell: str) -> str:
        """Name of the font that the cell's style gives it, or empty."""
        attributes, _ = self._cell(sheet, cell)
        return self._fonts.get(_attributes(attributes).get("s", "0"), "")

    def _cell(self, sheet: str, cell: str) -> tuple[str, str]:
        """Attributes and content of a cell's element; both empty where there is none."""
        return self._cells(sheet).get(cell, ("", ""))

    def _cells(self, sheet: str) -> dict[str, tuple[str, str]]:
        if sheet not in self._indexed:
            found = _CELL.finditer(self._text(self._paths.get(sheet, "")))
            self._indexed[sheet] = {match["at"]: (match["attributes"], match["body"] or "") for match in found}
        return self._indexed[sheet]

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
        percent = _BUILT_IN_PERCENT | {f.get("numFmtId", "") for f in own if "%" in f.get("formatCode", "")}
        return frozenset(str(n) for n, style in enumerate(self._styles) if style.get("numFmtId") in percent)

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


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}
