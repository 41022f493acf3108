"""A rule that did not hold at some place, before it is put into words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cchc.catalogue.indicators import areas, by_code
from cchc.catalogue.rules import Rule, describe, rules
from cchc.model.finding import Finding

_QUOTED = 120


@dataclass(frozen=True, slots=True)
class Hit:
    """One broken rule at one place; the fields are those of :class:`cchc.model.finding.Finding`.

    Attributes:
        rule: Rule id.
        sheet: Sheet name as in the file.
        cell: A1 address.
        indicator: Catalogue code.
        found: What stands there.
        expected: What the form or the warehouse has there.
        right: Right-hand side of a relation, for a reader.
        right_codes: Codes behind it.
    """

    rule: str
    sheet: str = ""
    cell: str = ""
    indicator: str = ""
    found: str = ""
    expected: str = ""
    right: str = ""
    right_codes: str = ""

    def finding(self, period: str) -> Finding:
        """The fault in words, from the register's templates."""
        rule = rules()[self.rule]
        values = self._values(period)
        return Finding(
            rule=rule.id,
            severity=rule.severity,
            sheet=self.sheet,
            cell=self.cell,
            indicator=self.indicator,
            found=_short(self.found),
            expected=describe(rule.expected, values),
            message=describe(rule.message, values),
            fix=describe(rule.fix, values),
        )

    def _values(self, period: str) -> dict[str, str]:
        indicator = by_code().get(self.indicator)
        return {
            "found": _short(self.found),
            "expected": self.expected,
            "cell": self.cell,
            "sheet": self.sheet,
            "code": self.indicator,
            "name": indicator.name.lstrip("– ") if indicator else "",
            "unit": indicator.uom if indicator else "",
            "right": self.right,
            "right_codes": self.right_codes,
            "period": period,
        }


def _short(text: str) -> str:
    """A text that a sentence can quote."""
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


def outspoken(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that remain once a rule has silenced what only follows from it, in reading order."""
    hits = list(hits)
    muted = {(muted, *scope) for hit in hits for muted, scope in _silences(hit)}
    kept = [hit for hit in hits if not any((hit.rule, *scope) in muted for scope in _places(hit))]
    return sorted(kept, key=_reading_order)


def _silences(hit: Hit) -> list[tuple[str, tuple[str, str]]]:
    rule = rules()[hit.rule]
    reach = _reach(rule, hit)
    # What is said of a whole file (it is empty) may follow from a single sheet that could not be read.
    scopes = {muted: [("file", "")] if rules()[muted].subject == "file" else reach for muted in rule.silences}
    return [(muted, scope) for muted in rule.silences for scope in scopes[muted]]


def _reach(rule: Rule, hit: Hit) -> list[tuple[str, str]]:
    """Where a hit silences others: the whole file, a sheet's indicators, or one indicator."""
    if rule.subject in ("file", "cover") or rule.subject == "cross" and not hit.indicator:
        return [("file", "")]
    if rule.subject == "sheet":
        return [("sheet", name.casefold()) for name in (hit.sheet, hit.expected) if name]
    return [("cell", hit.indicator)] if hit.indicator else []


def _places(hit: Hit) -> list[tuple[str, str]]:
    """Every scope that a hit lies in."""
    places = [("file", ""), ("sheet", hit.sheet.casefold()), ("cell", hit.indicator)]
    indicator = by_code().get(hit.indicator)
    if indicator:
        places.append(("sheet", areas()[indicator.area]["sheet"].casefold()))
    return places


def _reading_order(hit: Hit) -> tuple[int, int, str]:
    indicator = by_code().get(hit.indicator)
    return (indicator.position if indicator else -1, rules()[hit.rule].order, hit.cell)
