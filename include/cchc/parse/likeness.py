"""Which indicator a row's own name belongs to, where its code does not say or says something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from cchc.catalogue.forms import FormRow
from cchc.catalogue.reading_limits import limit
from cchc.parse.words import fold

_NO_WORD = re.compile(r"[^\w%]+")
_ALL = 100
_SIMILAR = 70


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """The words of a name, without case, diacritics and punctuation."""
    return _NO_WORD.sub(" ", fold(name)).strip()


@dataclass(frozen=True, slots=True)
class Likeness:
    """An indicator whose name is like the row's.

    Attributes:
        code: Of the indicator.
        score: 0 to 100; 100 where the words are the same.
    """

    code: str
    score: int


@dataclass(frozen=True, slots=True)
class Hints:
    """What else a row says of itself.

    Attributes:
        uom: Its unit of measure, as written.
        numbered: Codes of the rows that bear its running number in the form.
        between: Codes that the rows before and after leave room for, where their own codes are sound.
        taken: Codes that another row has by right.
    """

    uom: str
    numbered: frozenset[str]
    between: frozenset[str]
    taken: frozenset[str]


def score(name: str, other: str) -> int:
    """How alike two names are; the order of words counts ("done but late" is not "late and not done")."""
    left, right = key(name), key(other)
    return _ALL if left == right else min(int(fuzz.ratio(left, right)), _ALL - 1)


def likest(name: str, rows: Sequence[FormRow], hints: Hints) -> Likeness | None:
    """The one indicator that the name can mean, or None where it means none or may mean several."""
    scored = [(score(name, row.indicator.name), row) for row in rows]
    best = max((value for value, _ in scored), default=0)
    if best < limit("name_least"):
        return None
    close = {row.indicator.code: value for value, row in scored if value == best or value > best - _margin(best)}
    chosen = _only([row for _, row in scored if row.indicator.code in close], hints)
    certain = chosen in hints.numbered or _decided(name, chosen, rows) if chosen else False
    return Likeness(chosen, close[chosen]) if certain and chosen not in hints.taken else None


def _decided(name: str, code: str, rows: Sequence[FormRow]) -> bool:
    """True where the name holds what tells the indicator from each of those with a similar name."""
    own = key(next(row.indicator.name for row in rows if row.indicator.code == code))
    said = key(name).split()
    for row in rows:
        other = key(row.indicator.name)
        telling = set(own.split()) - set(other.split())
        similar = row.indicator.code != code and fuzz.ratio(own, other) >= _SIMILAR
        if telling and similar and not any(fuzz.ratio(w, spoken) >= _SIMILAR for w in telling for spoken in said):
            return False
    return True


def _margin(best: int) -> int:
    """The very words of an indicator leave no room for another one."""
    return 0 if best == _ALL else limit("name_margin")


def _only(rows: Sequence[FormRow], hints: Hints) -> str:
    """The only one of several that unit, running number and place leave; empty where more than one remain."""
    left = [row for row in rows if key(row.indicator.uom) == key(hints.uom)] or list(rows)
    for told in (hints.numbered, hints.between):
        if len(left) > 1:
            left = [row for row in left if row.indicator.code in told] or left
    return left[0].indicator.code if len(left) == 1 else ""


def best_other(name: str, code: str, rows: Sequence[FormRow]) -> Likeness:
    """The indicator other than ``code`` that the name is most like."""
    others = ((score(name, r.indicator.name), r.indicator.code) for r in rows if r.indicator.code != code)
    likeness, other = max(others, default=(0, ""))
    return Likeness(other, likeness)
