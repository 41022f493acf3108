"""Units of measure that people write: beside a number, in the column Đơn vị tính, above the table.

Source: ``unit_words.csv``. A unit that is not the indicator's is a question; amounts of money are converted exactly.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import cache, lru_cache

from cchc.catalogue.tables import rows
from cchc.parse import numbers
from cchc.parse.issue_kinds import Kind
from cchc.parse.numbers import Number
from cchc.parse.words import fold

# Possessive: a number and what follows it can be told apart in one way only, however long the text.
_PART = re.compile(r"([+\-−]?[0-9][0-9., ]*+)([^0-9]++)")
_PARTS = re.compile(rf"(?:{_PART.pattern})++")
_DOT_BEFORE_THREE = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_BILLION = Decimal(10) ** 9
_SCALES = re.compile(r"\b(?:chuc|tram|nghin|ngan|trieu|ty|ti)\b")
_DIGITS = 40


def read(text: str, kind: str, uom: str) -> Number | None:
    """``12 văn bản``, ``2 tỷ 350 triệu``: a number in the indicator's own unit; None where it is no such thing."""
    if not _PARTS.fullmatch(text):
        return None
    parts = [(number.strip(), words.strip(" .;:,")) for number, words in _PART.findall(text)]
    named = [units(words) for _, words in parts]
    if not all(named):
        return None
    scales = [known.get("đồng") for known in named]
    if all(scales) and dong_in(uom):
        return _money([(number, scale or Decimal(1)) for (number, _), scale in zip(parts, scales, strict=True)], uom)
    if len(parts) > 1 or uom not in named[0]:
        return Number(None, trouble=Kind.OTHER_UNIT, expected=uom)
    found = numbers.read(parts[0][0], kind)
    return found and Number(found.value, "text_unit" if found.value is not None else "not_read", found.trouble)


def _money(parts: list[tuple[str, Decimal]], uom: str) -> Number | None:
    """Amounts of falling units, added up in the indicator's unit."""
    scales = [scale for _, scale in parts]
    if scales != sorted(set(scales), reverse=True):
        return None
    total = Decimal(0)
    for text, scale in parts:
        found = numbers.read(text, "amount")
        if found is None:
            return None
        # 2.350 tỷ: of a commune 2,35 is as likely as 2350.
        if found.value is None or scale == _BILLION and _DOT_BEFORE_THREE.fullmatch(text):
            return Number(None, trouble=Kind.AMBIGUOUS_NUMBER)
        total += found.value * scale
    own = dong_in(uom) or Decimal(1)
    return Number(divided(total, own), "text_unit" if scales == [own] else "text_money")


def divided(amount: Decimal, unit: Decimal) -> Decimal:
    """The amount in another unit, exactly: both are powers of ten apart."""
    with localcontext(prec=_DIGITS):
        exact = (amount / unit).normalize()
        return exact if exact != exact.to_integral_value() else Decimal(int(exact))


@lru_cache(maxsize=1024)
def units(words: str) -> dict[str, Decimal | None]:
    """What a unit's words can mean: the catalogue's unit, for money with its worth in đồng; empty where unknown."""
    return _table().get(_key(words), {})


def dong_in(unit: str) -> Decimal | None:
    """What one of the unit is worth in đồng; None where it is no money."""
    return units(unit).get("đồng")


@lru_cache(maxsize=1024)
def asides(text: str) -> tuple[str, ...]:
    """Units of money that stand in brackets: ``nghìn đồng`` in ``Số liệu (nghìn đồng)``."""
    said = (words.rpartition(":")[2].strip() for words in _BRACKETS.findall(text))
    return tuple(unit for unit in said if dong_in(unit))


@lru_cache(maxsize=1024)
def differs(stated: str, uom: str) -> Kind | None:
    """How the unit that a file states beside a figure relates to the catalogue's; None where they are the same."""
    words = stated.rpartition(":")[2].strip()
    if not _key(words) or _key(words) == _key(uom) or words in ('"', "''", "”", "nt"):
        return None
    known = units(words)
    own, scale = dong_in(uom), known.get("đồng")
    if own and scale:
        return None if own == scale else Kind.AMOUNT_CONVERTED
    if uom in known:
        return None
    scaled = bool(_SCALES.search(fold(words)))
    return Kind.STATED_UNIT_DIFFERS if known or scaled or own else Kind.STATED_UNIT_UNKNOWN


def converted(value: Decimal, stated: str, uom: str) -> Decimal:
    """An amount that the file gives in another unit of money, in the catalogue's."""
    scale, own = dong_in(stated.rpartition(":")[2].strip()), dong_in(uom)
    assert scale and own
    return divided(value * scale, own)


def _key(words: str) -> str:
    return re.sub(r"[\s.,/()\[\]]+", "", fold(words))


@cache
def _table() -> dict[str, dict[str, Decimal | None]]:
    found: dict[str, dict[str, Decimal | None]] = {}
    for row in rows("unit_words"):
        scale = Decimal(row["dong"]) if row["dong"] else None
        found.setdefault(_key(row["word"]), {})[row["unit"]] = scale
    return found
