"""Head and foot of the document: agency, motto, number, date, title, receivers, signature."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt

from cchc.report.outline import texts
from cchc.report.page import MARGINS, PORTRAIT, paragraph, rule, side_by_side
from cchc.report.sentences import Sentences

ROOM = PORTRAIT[0] - MARGINS[2] - MARGINS[3]
_LEFT, _RIGHT = 66, ROOM - 66
_SIGNATURE_LINES = 5
_HEAD_CHARACTERS = 28


def head(document: Document, sentences: Sentences, parent: str, agency: str) -> None:
    """Agency left, motto right, then number and place of issue."""
    words = texts()["heading"]
    left, right = side_by_side(document, (_LEFT, _RIGHT))
    for line in balanced(parent, _HEAD_CHARACTERS):
        paragraph(left, line, size=12, align="center", after=0)
    paragraph(left, agency, size=12, bold=True, align="center", after=2)
    rule(left, 24, _LEFT)
    paragraph(left, sentences.fill(words["number"]), size=13, align="center", after=0)
    paragraph(right, words["motto"], size=12, bold=True, align="center", after=0)
    paragraph(right, words["words"], size=13, bold=True, align="center", after=2)
    rule(right, 58, _RIGHT)
    paragraph(right, sentences.fill(words["place_date"]), size=13, italic=True, align="center", after=0)


def balanced(text: str, limit: int) -> list[str]:
    """The text on one line, or parted at the space nearest its middle: ỦY BAN NHÂN DÂN / THÀNH PHỐ HẢI PHÒNG."""
    if len(text) <= limit:
        return [text]
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]


def title(document: Document, sentences: Sentences) -> None:
    """Kind of document and what it is about."""
    words = texts()["heading"]
    made = paragraph(document, words["kind"], bold=True, align="center", after=0)
    made.paragraph_format.space_before = Pt(18)
    paragraph(document, sentences.fill(words["subject"]), bold=True, align="center", after=2)
    rule(document, 45, ROOM)
    paragraph(document, "", size=6, after=0)


def foot(document: Document, sentences: Sentences, signer: str) -> None:
    """Receivers left, signature right; the name is left for whom it will be."""
    paragraph(document, sentences.fill(texts()["heading"]["closing"]), indent=12.7, after=12)
    left, right = side_by_side(document, (_LEFT + 14, _RIGHT - 14))
    paragraph(left, texts()["heading"]["receivers_title"], size=12, bold=True, italic=True, align="left", after=0)
    for line in texts()["receivers"]["lines"]:
        paragraph(left, sentences.fill(line), size=11, align="left", after=0)
    paragraph(right, signer, bold=True, align="center", after=0)
    for _ in range(_SIGNATURE_LINES):
        paragraph(right, "", align="center", after=0)
