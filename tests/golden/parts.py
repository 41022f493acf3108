"""Office files as text that a person can compare: unzipped, one element of interest a line.

Regenerate after an intended change, and read the difference before committing it::

    .venv/bin/python -m tests.golden.parts
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from cchc import report
from tests.consolidations import consolidation

FOLDER = Path(__file__).parent / "small"
UNITS = ("31", "31-SNV", "10507", "10525", "10993")
ABSENT = ("10993",)
# The sheets of each kind once, what styles and describes them, and the whole of the document.
PARTS = {
    "xlsx": (
        "docProps/core.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "sheet:Bìa",
        "sheet:Tổng hợp",
        "sheet:Mục tiêu",
        "sheet:Mục tiêu theo đơn vị",
        "sheet:2. Thể chế",
        "sheet:Tình hình nộp",
        "sheet:Lỗi và cảnh báo",
        "sheet:Nguồn số liệu",
    ),
    "docx": ("docProps/core.xml", "word/document.xml", "word/header1.xml"),
}
_LINES = re.compile(
    r"(?=<(?:row |sheetData|cols|mergeCells|conditionalFormatting|pageMargins|xf |font>|w:p |w:tr[ >]|w:sectPr"
    r'|w:p>(?!<w:pPr><w:pStyle w:val="CCHCO"/>)))'
)
# Bookmarks of figures have tests of their own; without them a sentence is one run again.
_BOOKMARK = re.compile(r"<w:bookmark(?:Start|End) [^>]*/>")
_PARTED = re.compile(r'</w:t></w:r><w:r><w:t xml:space="preserve">')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def written(kind: str) -> dict[str, str]:
    """Parts of a freshly written report, by file name."""
    small = consolidation(of=UNITS, absent=ABSENT)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, f"small.{kind}")
        {"xlsx": report.write_xlsx, "docx": report.write_docx}[kind](small, path)
        with zipfile.ZipFile(path) as archive:
            sheets = _sheets(archive) if kind == "xlsx" else {}
            places = {part: sheets.get(part.removeprefix("sheet:"), part) for part in PARTS[kind]}
            return {_name(kind, part): _readable(archive.read(place).decode("utf-8")) for part, place in places.items()}


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet is kept, by its title: another sheet between them moves no golden file."""
    titles = re.findall(r'<sheet name="([^"]*)"', archive.read("xl/workbook.xml").decode("utf-8"))
    return {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(titles, start=1)}


def _name(kind: str, part: str) -> str:
    letters = unicodedata.normalize("NFD", part.casefold().replace("đ", "d")) if part.startswith("sheet:") else part
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return f"{kind}-{re.sub(r'[/: ]+', '-', plain)}" + (".xml" if part.startswith("sheet:") else "")


def _readable(xml: str) -> str:
    whole = _PARTED.sub("", _BOOKMARK.sub("", xml.replace("\r\n", "\n")))
    lines = _LINES.sub("\n", whole).strip().split("\n")
    return "\n".join(_folded(lines)) + "\n"


def _folded(lines: list[str]) -> Iterator[str]:
    """A paragraph or row marked up like the one before it is reduced to its text."""
    before = ""
    for line in lines:
        markup = _TEXT.sub("<w:t/>", line)
        yield "= " + " | ".join(_TEXT.findall(line)) if markup == before else line
        before = markup


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in PARTS:
        for name, text in written(each).items():
            (FOLDER / name).write_text(text, encoding="utf-8")
