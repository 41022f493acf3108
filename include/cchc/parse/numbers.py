"""Numbers that people typed as text, in Vietnamese notation; what can be read in two ways is never guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from cchc.parse.issue_kinds import Kind

_PLAIN = re.compile(r"[0-9]+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[. ][0-9]{3})+")
_VIETNAMESE = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:[. ][0-9]{3})+),[0-9]+")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}[,.][0-9]{3}")
_POINT = re.compile(r"[0-9]+\.[0-9]+")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+")
_WIDE = re.compile("[\uff05-\uff19]")
_ENGLISH_ONLY = re.compile(
    r"(?<![0-9.,])(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:,[0-9]{3}|\.[0-9]+))(?![0-9.,])"
)
_DOUBTFUL_POINT = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,])")
_COMMA_FOR_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_MOST_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Number:
    """A text read as a number.

    Attributes:
        value: The number; None where there is none to take.
        read_as: Key of ``reading_modes.csv``.
        trouble: What a person is told of it: why it was not read, or what was taken for granted; None where nothing.
        expected: What could stand there instead, for the remark.
    """

    value: Decimal | None
    read_as: str = "not_read"
    trouble: Kind | None = None
    expected: str = ""


def writes_point(text: str) -> bool:
    """True where the text holds a number that only English notation explains: 98.5, 1,234.5, 1,234,567."""
    return len(text) <= _MOST_CHARACTERS and bool(_ENGLISH_ONLY.search(text))


def has_doubtful_point(text: str) -> bool:
    """True where a point stands before exactly three digits: 12.345."""
    return bool(_DOUBTFUL_POINT.search(text))


def has_comma_for_thousands(text: str) -> bool:
    """True for a comma before exactly three digits: 1,234."""
    return bool(_COMMA_FOR_THOUSANDS.fullmatch(tidy(text)))


def tidy(text: str) -> str:
    """Without what does not belong to a number: an apostrophe before it, a full stop or semicolon after it."""
    return text.strip("'’‘`´\" ").rstrip(" ;.,")


def read(text: str, kind: str) -> Number | None:
    """The number that ``text`` writes, for an indicator of that kind; None where it writes none."""
    if len(text) > _MOST_CHARACTERS:
        return None
    if _WIDE.search(text):
        found = read(_WIDE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text), kind)
        return found and Number(found.value, "text_wide" if found.value is not None else "not_read", found.trouble)
    body = text.strip()
    percent = kind == "ratio" and body.endswith("%")
    body = body.removesuffix("%").rstrip() if percent else body
    sign, body = (-1, body[1:].lstrip()) if body[:1] in "-−" else (1, body.removeprefix("+"))
    found = _unsigned(body, "percentage" if percent else kind)
    if found is None or found.value is None:
        return found
    return Number(sign * found.value, "text_percent" if percent else found.read_as, found.trouble)


def _unsigned(body: str, kind: str) -> Number | None:
    if _PLAIN.fullmatch(body):
        return Number(Decimal(body), "text_plain")
    if _TWO_WAYS.fullmatch(body) and (doubtful := _two_ways(body, kind)):
        return doubtful
    if _THOUSANDS.fullmatch(body) or _VIETNAMESE.fullmatch(body):
        return Number(Decimal(re.sub(r"[. ]", "", body).replace(",", ".")), "text_vn")
    if _POINT.fullmatch(body):
        return Number(Decimal(body), "text_point")
    if _ENGLISH.fullmatch(body):
        return Number(Decimal(body.replace(",", "")), "text_en")
    return None


def _two_ways(body: str, kind: str) -> Number | None:
    """One mark before exactly three digits: thousands or decimals? None where Vietnamese notation settles it.

    The Vietnamese point between thousands is the rule for counts and amounts (1.234 is 1234). A count has no
    decimals, so that 1,234 can only be 1234; money and percentages have. With its sign a percentage keeps the
    Vietnamese comma: 1,234% cannot mean 1234.
    """
    comma = "," in body
    if kind == "count" and comma:
        return Number(Decimal(body.replace(",", "")), "text_comma", Kind.COMMA_FOR_THOUSANDS)
    settled = comma if kind == "percentage" else not comma and kind in ("count", "amount")
    return None if settled else Number(None, trouble=Kind.AMBIGUOUS_NUMBER)
