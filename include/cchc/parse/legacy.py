"""Text in TCVN3, VNI or misread UTF-8 becomes Unicode; every sheet that held some is reported.

The font says which encoding a cell is in; where there is no font to ask (sheet names, other containers) the text
itself must prove it: its words are no Vietnamese as they stand, and are when decoded. One such word proves nothing:
a typed "·" or "¶" stays what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cchc.model.submission import Issue
from cchc.parse import encodings, syllables
from cchc.parse.cellparts import CellParts
from cchc.parse.encodings import TCVN3, UTF8, VNI
from cchc.parse.grid import Grid
from cchc.parse.issue_kinds import Kind
from cchc.parse.words import fold

_EIGHT_BIT = re.compile("[\xa1-\xff]")
_UNICODE = re.compile("[\u0100-\u036f\u1e00-\u1eff]")
_WORD = re.compile("[A-Za-z\xa1-\xff\xad]+")
_VOWEL = re.compile("[aeiouy]")
_CAPITAL_WITHIN = re.compile("[a-z\xdf-\xff][A-Z\xc0-\xde]")
_LETTER_BEFORE = re.compile("[A-Za-z][\xa1-\xff]|[\xa1-\xff][A-Za-z]")
_PROOF = 2
"""Words that prove an encoding."""
_PER_FAILURE = 4
"""Words in favour that outweigh one against."""
_QUOTED = 60
_FONT_MARKS = (b".Vn", b"VNI-", b".vn", b"vni-")


@dataclass(frozen=True, slots=True)
class _Text:
    """A cell's text that may be of an old encoding; ``cell`` is empty for the name of a sheet."""

    row: int
    column: int
    text: str
    font: str = ""


def restored(sheets: Sequence[Grid], parts: CellParts) -> tuple[tuple[Grid, ...], tuple[Issue, ...]]:
    """The sheets in Unicode, with a remark on each that was not; the names of sheets stay as in the file."""
    styles = parts.parts.get("xl/styles.xml", b"")
    fonts = parts if any(mark in styles for mark in _FONT_MARKS) else None
    doubtful = [list(_doubtful(grid, fonts)) for grid in sheets]
    if not any(doubtful) and not any(_suspicious(grid.name) for grid in sheets):
        return tuple(sheets), ()
    proven = _proven(sheets, doubtful)
    if not proven and not any(encodings.misread_utf8(item.text) for found in doubtful for item in found):
        return tuple(sheets), ()
    throughout = _throughout(sheets, doubtful, proven)
    done = [_restored(grid, texts, proven, throughout) for grid, texts in zip(sheets, doubtful, strict=True)]
    return tuple(grid for grid, _ in done), tuple(issue for _, issue in done if issue)


def _doubtful(grid: Grid, fonts: CellParts | None) -> Iterator[_Text]:
    """Cells whose text is all of eight bits, with at least one beyond seven."""
    for row, column, text in grid.texts(len(grid.rows)):
        if _suspicious(text):
            yield _Text(row, column, text, fonts.font(grid.name, grid.cell(row, column)) if fonts else "")


def _suspicious(text: str) -> bool:
    return bool(_EIGHT_BIT.search(text)) and (not _UNICODE.search(text) or encodings.misread_utf8(text))


def _proven(sheets: Sequence[Grid], doubtful: Sequence[Sequence[_Text]]) -> Counter[str]:
    """How many texts of the file prove an encoding by themselves, or by their font together with a word."""
    texts = [item for found in doubtful for item in found]
    texts += [_Text(0, 0, grid.name) for grid in sheets if _suspicious(grid.name)]
    return Counter(encoding for item in texts if (encoding := _proof(item)))


def _proof(item: _Text) -> str:
    by_font = encodings.of_font(item.font)
    for encoding in sorted((TCVN3, VNI), key=lambda name: -_votes(item.text, name)[0]):
        good, bad = _votes(item.text, encoding)
        if good >= (1 if encoding == by_font else _PROOF) and bad * _PER_FAILURE <= good:
            return encoding
    return ""


def _throughout(sheets: Sequence[Grid], doubtful: Sequence[Sequence[_Text]], proven: Counter[str]) -> str:
    """The encoding of a file that is nearly all of it in one; empty for any other."""
    if not proven or not _rarely_unicode(sheets, doubtful):
        return ""
    first, most = proven.most_common(1)[0]
    return first if (proven.total() - most) * _PER_FAILURE <= most else ""


def _rarely_unicode(sheets: Sequence[Grid], doubtful: Sequence[Sequence[_Text]]) -> bool:
    """True where most of the file's text beyond plain letters is of eight bits."""
    unicode = sum(bool(_UNICODE.search(text)) for grid in sheets for _, _, text in grid.texts(len(grid.rows)))
    return unicode < sum(len(found) for found in doubtful)


def _restored(grid: Grid, texts: Sequence[_Text], proven: Counter[str], throughout: str) -> tuple[Grid, Issue | None]:
    lines = list(grid.rows)
    first: Issue | None = None
    for item in texts:
        encoding = _encoding(item, proven) or (throughout if not item.font and _neutral(item, throughout) else "")
        if not encoding:
            continue
        new = _decoded(item, encoding)
        if lines[item.row] is grid.rows[item.row]:
            lines[item.row] = list(grid.rows[item.row])
        lines[item.row][item.column] = new
        first = first or _remark(grid, grid.cell(item.row, item.column), item, encoding, new)
    name = _Text(0, 0, grid.name)
    encoding = _encoding(name, proven) if _suspicious(grid.name) else ""
    title = _decoded(name, encoding) if encoding else ""
    first = first or (_remark(grid, "", name, encoding, title) if title else None)
    return replace(grid, rows=lines, title=title), first


def _encoding(item: _Text, proven: Counter[str]) -> str:
    """The encoding of a text: its font's, where the file bears the font out; else the one its words speak for."""
    if encodings.misread_utf8(item.text):
        return UTF8
    by_font = encodings.of_font(item.font)
    if by_font in proven:
        return by_font
    best, most = "", 0
    for encoding in proven:
        good, bad = _votes(item.text, encoding)
        if good > most and bad * _PER_FAILURE <= good:
            best, most = encoding, good
    return best


def _neutral(item: _Text, encoding: str) -> bool:
    """True where the words are Vietnamese both as they stand and decoded: the rest of the file decides."""
    return bool(encoding) and _votes(item.text, encoding)[1] == 0 and bool(_LETTER_BEFORE.search(item.text))


@lru_cache(maxsize=4096)
def _votes(text: str, encoding: str) -> tuple[int, int]:
    """Words that are Vietnamese only when decoded, and words that are not even then."""
    good = bad = 0
    for word in _WORD.findall(text):
        if len(word) > 1 and _EIGHT_BIT.search(word):
            decoded = encodings.decode(word, encoding)
            meant = syllables.possible(decoded)
            good += meant and (not syllables.possible(word) or bool(_CAPITAL_WITHIN.search(word)))
            # HĐND and the like are no syllables.
            bad += not meant and not decoded.isupper() and bool(_VOWEL.search(fold(decoded)))
    return good, bad


def _decoded(item: _Text, encoding: str) -> str:
    text = encodings.decode(item.text, encoding)
    return text.upper() if encodings.capitals(item.font) else text


def _remark(grid: Grid, cell: str, item: _Text, encoding: str, new: str) -> Issue:
    source = f"{encoding}, {item.font}" if item.font else encoding
    found = f"{source}: {item.text[:_QUOTED]}"
    return Issue(Kind.LEGACY_ENCODING, sheet=grid.name, cell=cell, found=found, expected=new[:_QUOTED])
