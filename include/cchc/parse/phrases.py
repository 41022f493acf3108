"""What people write around a number: a unit, a fraction, a bound, a note. Read to its one meaning, or asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import cache

from cchc.catalogue.indicators import Term, all_indicators
from cchc.catalogue.tables import rows
from cchc.parse import dates, measures, numbers
from cchc.parse.issue_kinds import Kind
from cchc.parse.numbers import Number
from cchc.parse.words import fold

_MOST_CHARACTERS = 200
_NUMBER = r"[0-9][0-9.,]*"
_FRACTION = re.compile(
    rf"(?P<top>{_NUMBER})\s*/\s*(?P<bottom>{_NUMBER})\s*(?P<unit>[^0-9()=%/]*?)\s*"
    rf"(?:[(=]?\s*=?\s*(?P<percent>{_NUMBER})\s*%\s*\)?)?"
)
_PERCENT_FIRST = re.compile(
    rf"(?P<percent>{_NUMBER})\s*%\s*\((?P<top>{_NUMBER})\s*/\s*(?P<bottom>{_NUMBER})\s*(?P<unit>[^0-9()]*)\)"
)
_RANGE = re.compile(rf"{_NUMBER}\s*%?\s*(?:-|–|—|÷|đến|tới|hoặc)\s*{_NUMBER}\s*\D*")
_BRACKETS = re.compile(r"(?P<head>[^()\[\]]+?)\s*[(\[](?P<note>[^()\[\]]*)[)\]]")
_THEREOF = re.compile(r"(?P<head>.+?)(?<![\s,;:])[\s,;:]++(?P<note>(?:trong đó|bao gồm|gồm)\b.*)", re.IGNORECASE)
_PART = re.compile(rf"(?:\s*(?:trong đó|bao gồm|gồm|có|[-+:]))*\s*(?P<number>{_NUMBER})(?P<words>\s+[^0-9]+)?\s*", re.I)
_JOINTS = re.compile(r"[,;+]\s|\bvà\b")
_SEPARATORS = frozenset(" .,%/")
_HUNDRED, _SIGNIFICANT = Decimal(100), 12


def read(text: str, kind: str, uom: str, code: str) -> Number | None:
    """The number that a phrase amounts to, or the question that it raises; None where it is neither."""
    if len(text) > _MOST_CHARACTERS:
        return None
    text = " ".join(text.split())
    return (
        _letters_for_digits(text)
        or _date(text)
        or _fraction(text, kind, uom, code)
        or _bound(text)
        or measures.read(text, kind, uom)
        or _with_note(text, kind, uom, code)
    )


def _question(kind: Kind, expected: str = "") -> Number:
    return Number(None, trouble=kind, expected=expected)


def _letters_for_digits(text: str) -> Number | None:
    """``1O`` or ``l2``: which digit was meant is for the sender to say."""
    body = "".join(c for c in text if c not in _SEPARATORS)
    suspects = [c for c in dict.fromkeys(body) if c in _digit_letters()]
    others = [c for c in body if c not in _digit_letters() and not "0" <= c <= "9"]
    if not suspects or others or len(suspects) == len(dict.fromkeys(body)) and len(body) > 1:
        return None
    return _question(Kind.LETTER_LIKE_DIGIT, ", ".join(f"“{c}” → “{_digit_letters()[c]}”" for c in suspects))


def _date(text: str) -> Number | None:
    return _question(Kind.DATE_IN_NUMBER) if dates.one(text) else None


def _bound(text: str) -> Number | None:
    """``≈ 120``, ``trên 90%``, ``10 – 12``: never a value."""
    if not any("0" <= c <= "9" for c in text):
        return None
    folded = fold(text)
    before = any(folded.startswith(word if not word[-1].isalpha() else f"{word} ") for word in _bound_words("before"))
    after = any(folded.endswith(word if not word[0].isalpha() else f" {word}") for word in _bound_words("after"))
    return _question(Kind.BOUND_OR_ESTIMATE) if before or after or _RANGE.fullmatch(text) else None


def _fraction(text: str, kind: str, uom: str, code: str) -> Number | None:
    """``15/20 (75%)``: a ratio is worked out anew; in any other row it is two figures in one cell."""
    match = _FRACTION.fullmatch(text) or _PERCENT_FIRST.fullmatch(text)
    if match is None:
        return None
    top, bottom = (numbers.read(match[name].rstrip(".,"), "count") for name in ("top", "bottom"))
    if top is None or bottom is None or top.value is None or bottom.value is None:
        return None
    if kind != "ratio":
        return _question(Kind.FRACTION, _two_places(code, match["top"], match["bottom"]))
    claimed = numbers.read(match["percent"], "ratio") if match["percent"] else None
    return _ratio(top.value, bottom.value, claimed.value if claimed else None)


def _ratio(top: Decimal, bottom: Decimal, claimed: Decimal | None) -> Number:
    if bottom == 0:
        return Number(None, "fraction") if top == 0 and claimed is None else _question(Kind.NOTE_CONTRADICTS)
    with localcontext(prec=_SIGNIFICANT):
        share = (_HUNDRED * top / bottom).normalize()
    share = share if share != share.to_integral_value() else Decimal(int(share))
    if claimed is not None and abs(share - claimed) >= Decimal(1).scaleb(int(claimed.as_tuple().exponent)):
        return _question(Kind.NOTE_CONTRADICTS, _shown(share))
    return Number(share, "fraction")


def _two_places(code: str, top: str, bottom: str) -> str:
    """Where each half of a fraction belongs: the denominator where a ratio of the catalogue has one for this row."""
    whole = next(
        (i.denominator[0].code for i in all_indicators() if len(i.denominator) == 1 and _only(i.numerator) == code), ""
    )
    return f"{code}: {top}; {whole}: {bottom}" if whole else f"{code}: {top}"


def _only(terms: Sequence[Term]) -> str:
    return terms[0].code if len(terms) == 1 else ""


def _with_note(text: str, kind: str, uom: str, code: str) -> Number | None:
    """``02 (01 mới, 01 sửa đổi)``: the number before the note, unless the note says another."""
    match = _BRACKETS.fullmatch(text) or _THEREOF.fullmatch(text)
    if match is None:
        return None
    head = numbers.tidy(match["head"])
    found = numbers.read(head, kind) or read(head, kind, uom, code)
    if found is None or found.value is None:
        return found
    if fold(match["note"]).startswith(_bound_words("after")):
        return _question(Kind.BOUND_OR_ESTIMATE)
    if kind != "ratio" and _contradicts(found.value, match["note"]):
        return _question(Kind.NOTE_CONTRADICTS)
    own_unit = found.read_as in ("text_unit", "text_money", "text_unit_note")
    return Number(found.value, "text_unit_note" if own_unit else "text_note", found.trouble)


def _contradicts(total: Decimal, note: str) -> bool:
    """True where the note splits the number into parts that do not make it up."""
    matches = [_PART.fullmatch(part) for part in _JOINTS.split(note)]
    if not matches or not all(matches):
        return False
    read_parts = [numbers.read(match["number"].rstrip(".,"), "count") for match in matches if match]
    parts = [part.value for part in read_parts if part and part.value is not None]
    if any(match and not match["words"] for match in matches):
        return sum(parts) != total
    whole = len(parts) > 1 and "trong do" not in fold(note)
    return sum(parts) != total if whole else sum(parts) > total


def _shown(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


@cache
def _bound_words(place: str) -> tuple[str, ...]:
    return tuple(fold(row["word"]) for row in rows("bound_words") if row["place"] == place)


@cache
def _digit_letters() -> dict[str, str]:
    return {row["letter"]: row["digit"] for row in rows("digit_look_alikes")}
