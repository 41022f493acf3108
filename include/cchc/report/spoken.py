"""Figures inside a text: each is marked with what it stands for, so that the document can bookmark it.

A mark is three characters of the private use area, which no font draws and no text of a unit keeps
(:func:`quiet`). Between the first two stands the figure's number among the marks, between the last two the figure as
it is printed. Which figures are printed, and in which order, is known once the document is whole: only then are they
noted in its register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from cchc.report.figures import Made

TOTAL = "total"
_OPEN, _PART, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_OPEN}([0-9]+){_PART}([^{_CLOSE}]*){_CLOSE}")
_MARKS = re.compile(f"[{_OPEN}{_PART}{_CLOSE}]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text; the fields are those of :class:`cchc.report.figures.Printed`."""

    code: str
    scope: str
    value: Decimal | None
    text: str
    made: Made | None


@dataclass(slots=True)
class Marks:
    """The figures marked so far."""

    figures: list[Figure] = field(default_factory=list)

    def figure(self, code: str, shown: str, value: Decimal | None, scope: str = TOTAL, made: Made | None = None) -> str:
        """A figure as it goes into a text.

        Args:
            code: Catalogue code.
            shown: The figure as printed; an empty one is not marked.
            value: Exact, in the indicator's unit of measure.
            scope: Which figure of that indicator it is.
            made: How it was made, where it is not a total, a tier's, ``previous`` or ``coverage``.
        """
        if not shown:
            return ""
        self.figures.append(Figure(code, scope, value, shown, made))
        return f"{_OPEN}{len(self.figures) - 1}{_PART}{shown}{_CLOSE}"

    def pieces(self, text: str) -> Iterator[tuple[str, Figure | None]]:
        """The text in order: what is printed, and the figure that it is, if any."""
        last = 0
        for match in _MARKED.finditer(text):
            if match.start() > last:
                yield text[last : match.start()], None
            yield match[2], self.figures[int(match[1])]
            last = match.end()
        if last < len(text):
            yield text[last:], None


def plain(text: str) -> str:
    """The text as it is read: figures without their marks."""
    return _MARKED.sub(r"\2", text)


def quiet(text: str) -> str:
    """Text of others without the characters of marks."""
    return _MARKS.sub("", text)


def is_marked(text: str) -> bool:
    """True where a figure is marked in the text."""
    return _OPEN in text
