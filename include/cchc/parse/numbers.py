"""Numbers that people typed as text, in Vietnamese notation; what can be read in two ways is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = re.compile(r"[0-9]+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[. ][0-9]{3})+")
_VIETNAMESE = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:[. ][0-9]{3})+),[0-9]+")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}[,.][0-9]{3}")
_POINT = re.compile(r"[0-9]+\.[0-9]+")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+")
_MOST_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Number:
    """A text read as a number.

    Attributes:
        value: The number; None where the text can be read in two ways.
        read_as: Key of ``reading_modes.csv``.
    """

    value: Decimal | None
    read_as: str


def read(text: str, kind: str) -> Number | None:
    """The number that ``text`` writes, for an indicator of that kind; None where it writes none."""
    if len(text) > _MOST_CHARACTERS:
        return None
    body = text.strip()
    percent = kind == "ratio" and body.endswith("%")
    body = body.removesuffix("%").rstrip() if percent else body
    sign, body = (-1, body[1:].lstrip()) if body[:1] in "-−" else (1, body.removeprefix("+"))
    found = _unsigned(body, kind)
    if found is None or found.value is None:
        return found
    return Number(sign * found.value, "text_percent" if percent else found.read_as)


def _unsigned(body: str, kind: str) -> Number | None:
    if _PLAIN.fullmatch(body):
        return Number(Decimal(body), "text_plain")
    if _ambiguous(body, kind):
        return Number(None, "not_read")
    if _THOUSANDS.fullmatch(body) or _VIETNAMESE.fullmatch(body):
        return Number(Decimal(re.sub(r"[. ]", "", body).replace(",", ".")), "text_vn")
    if _POINT.fullmatch(body):
        return Number(Decimal(body), "text_point")
    if _ENGLISH.fullmatch(body):
        return Number(Decimal(body.replace(",", "")), "text_en")
    return None


def _ambiguous(body: str, kind: str) -> bool:
    """One mark before exactly three digits: thousands or decimals?

    The Vietnamese point between thousands is the rule for counts and amounts (1.234 is 1234); a percentage above
    1,000 is not, nor is an English comma in a count ruled out.
    """
    if not _TWO_WAYS.fullmatch(body):
        return False
    return ("." in body) if kind in ("ratio", "score", "flag") else ("," in body)
