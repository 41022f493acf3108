"""What a workbook's archive holds beside its sheets: macros, and links to other files."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import unquote

from cchc.model.submission import Issue
from cchc.parse.archive import Parts
from cchc.parse.issue_kinds import Kind

_LINK_RELATIONS = "xl/externalLinks/_rels/"
_MACRO_PARTS = ("vbaProject.bin", "/script-lb.xml")
_MACRO_SHEETS = "xl/macrosheets/"
_MACRO_CONTENT = b"macroEnabled"
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"'<>]{1,1000})["']""")
_LONGEST = 120


def macros_in_parts(parts: Parts) -> bool:
    """True where the archive holds macros, of either kind that Excel knows, or of LibreOffice."""
    return any(name.endswith(_MACRO_PARTS) or name.startswith(_MACRO_SHEETS) for name in parts)


def is_macro_workbook(parts: Parts) -> bool:
    """True for an .xlsm, by what the archive says of itself."""
    return _MACRO_CONTENT in parts.get("[Content_Types].xml", b"") or macros_in_parts(parts)


def links_of_parts(parts: Parts) -> list[str]:
    """Names of the files that formulas of an .xlsx or .xlsb refer to."""
    found: list[str] = []
    for name in sorted(parts):
        if name.startswith(_LINK_RELATIONS):
            for target in _TARGET.findall(parts[name]):
                words = unquote(html.unescape(target.decode("utf-8", "replace")))
                file = "".join(c for c in re.split(r"[/\\]", words)[-1] if c.isprintable())[:_LONGEST]
                if file and file not in found:
                    found.append(file)
    return found


def remarks(macros: bool, links: Sequence[str]) -> tuple[Issue, ...]:
    """What the sender should know of it."""
    about = [Issue(Kind.MACROS)] if macros else []
    if links:
        about.append(Issue(Kind.EXTERNAL_LINKS, found=", ".join(links[:3])))
    return tuple(about)
