"""Figures set into sentences as an official writes them; the sentences themselves are data."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.model.consolidation import Total
from cchc.model.target import TargetState
from cchc.report import numerals
from cchc.report.facts import Facts, in_state
from cchc.report.outline import key_name, texts

STATES = {"missing": ("missing",), "late": ("late",), "rejected": ("rejected", "unreadable")}
_BRACES = re.compile(r"\{([^{}]+)\}")
_NAMES_INLINE = 30
_WHOLE = 100
TARGET_WORDS = {">=": "at_least", ">": "above"}


class UnknownFigureError(LookupError):
    """A sentence speaks of a figure that nobody reported."""


class Sentences:
    """Fills sentences for one consolidation.

    Args:
        facts: What the report says.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._words: dict[str, str] = texts()["words"]
        self._kinds: dict[str, Callable[[str], str]] = {
            "n": self._coverage,
            "change": self._change,
            "names": self._names,
        }

    def fill(self, sentence: str) -> str:
        """The sentence with its braces filled.

        Raises:
            UnknownFigureError: If it speaks of a figure that is not known.
        """
        return _BRACES.sub(lambda match: self._resolve(match[1]), sentence)

    def choose(self, alternatives: Sequence[str | dict[str, Any]]) -> str | None:
        """The first alternative that can be said, or None."""
        for item in alternatives:
            wanted: dict[str, Any] = {"say": item} if isinstance(item, str) else item
            if self._holds(wanted):
                try:
                    return self.fill(wanted["say"])
                except UnknownFigureError:
                    continue
        return None

    def section(self, key: str) -> list[str]:
        """Paragraphs of one section of the outline."""
        found = (self.choose(alternatives) for alternatives in texts()["sections"].get(key, ()))
        return [paragraph for paragraph in found if paragraph]

    @cached_property
    def named(self) -> dict[str, str]:
        """Words that stand for facts about the report as a whole."""
        period, counts, body = self._facts.period, self._facts.c.counts, self._facts.authority
        found = {
            "period": period.label,
            "previous": periods.previous(period).label,
            "year": str(period.year),
            "window_from": numerals.day(period.window_from),
            "window_to": numerals.day(period.window_to),
            "due": period.due_text,
            "moment": numerals.moment(self._facts.moment),
            "reported": str(self._facts.reported),
            "expected": str(counts.expected),
            "on_time": str(counts.on_time),
            "late": str(counts.late),
            "body": body.body,
            "abbreviation": body.abbreviation,
            "place": body.place,
            "area": body.adopts_for,
            "met": self._against_targets(reached=True),
            "unmet": self._against_targets(reached=False),
        }
        found |= {f"{key}_count": str(len(in_state(self._facts.c.statuses, *states))) for key, states in STATES.items()}
        found["span"] = self._words[f"span_{period.basis}"].format(**found)
        return found

    def _resolve(self, key: str) -> str:
        kind, _, code = key.partition(" ")
        if code:
            return self._kinds[kind](code)
        if key in by_code():
            return self._figure(key)
        if not self.named[key]:
            raise UnknownFigureError(key)
        return self.named[key]

    def _figure(self, code: str) -> str:
        sign = "%" if by_code()[code].uom == "%" else ""
        return f"{numerals.number(self._value(code))}{sign}"

    def _value(self, code: str) -> Decimal:
        value = self._total(code).value
        if value is None:
            raise UnknownFigureError(code)
        return value

    def _total(self, code: str) -> Total:
        if code not in self._facts.totals:
            raise UnknownFigureError(code)
        return self._facts.totals[code]

    def _coverage(self, code: str) -> str:
        total = self._total(code)
        return f"{total.reported}/{total.expected}"

    def _change(self, code: str) -> str:
        """``, tăng 0,5 điểm phần trăm so với …``; nothing where the preceding period is not known."""
        value, before = self._value(code), self._total(code).previous
        if before is None:
            return ""
        points = numerals.rounded(value - before)
        word = "unchanged" if points == 0 else "increase" if points > 0 else "decrease"
        said = self._words[word].format(points=numerals.number(abs(points)), previous=self.named["previous"])
        return f", {said}"

    def _names(self, state: str) -> str:
        names = [row.name for row in in_state(self._facts.c.statuses, *STATES[state])]
        more = [self._words["names_more"].format(number=len(names) - _NAMES_INLINE)] if names[_NAMES_INLINE:] else []
        return "; ".join([*names[:_NAMES_INLINE], *more])

    def _against_targets(self, *, reached: bool) -> str:
        wanted = TargetState.MET if reached else TargetState.NOT_MET
        found = [
            self._words["against"].format(
                name=_lower(key_name(code)), value=self._figure(code), target=self._target(result.target)
            )
            for code, result in self._facts.targets.items()
            if code in self._facts.totals and result.authority and result.authority.state is wanted
        ]
        return "; ".join(found)

    def _target(self, target: Target) -> str:
        word = "target_whole" if (target.op, target.value) == (">=", _WHOLE) else f"target_{TARGET_WORDS[target.op]}"
        return self._words[word].format(value=numerals.number(target.value))

    def _holds(self, wanted: dict[str, Any]) -> bool:
        values = {code: self._facts.totals[code].value for code in self._facts.totals}
        return (
            all((values.get(code) or 0) > 0 for code in wanted.get("positive", ()))
            and all(values.get(code) == 0 for code in wanted.get("zero", ()))
            and all(in_state(self._facts.c.statuses, *STATES[key]) for key in wanted.get("needs", ()))
        )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
