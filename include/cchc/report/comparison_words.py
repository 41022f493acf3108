"""Comparison in the document: what rose and fell, what cannot be compared and why, which units moved it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from cchc.catalogue.comparisons import limit, why
from cchc.catalogue.indicators import by_code
from cchc.catalogue.unit_names import within
from cchc.model.comparison import Comparison, Matched, Side, UnitChange
from cchc.report import numerals
from cchc.report.comparison import (
    PREVIOUS,
    SAME,
    YEAR,
    base_name,
    change_made,
    matched_made,
    reasons,
    side_made,
    unit_made,
    unit_name,
)
from cchc.report.facts import PERCENT, Facts
from cchc.report.outline import key_figures, key_name
from cchc.report.parts import Part
from cchc.report.sentences import Sentences
from cchc.report.texts import label

_COUNTED = ("count", "flag")
_WAYS = ("increase", "decrease", "unchanged")


def comparison_part(facts: Facts, sentences: Sentences) -> Part:
    """Paragraphs on the key figures; nothing where nobody ever reported before."""
    said = _Said(facts, sentences)
    texts = [text for against in (SAME, PREVIOUS) for text in said.compared(against)]
    return Part([*texts, *said.year(), *said.moved()])


class _Said:
    """Sentences about one consolidation's figures over time."""

    def __init__(self, facts: Facts, sentences: Sentences) -> None:
        self._facts = facts
        self._sentences = sentences

    def compared(self, against: str) -> list[str]:
        """What rose, fell and stayed since a base; then what cannot be set against it, by reason."""
        known = [one for one in self._known(against) if one.now.value is not None]
        told = [one for one in known if one.comparable and one.change is not None]
        base = self._base(against, told)
        by_way = {way: [self._item(one) for one in told if _way(one.change) == way] for way in _WAYS}
        found = [label(f"words_{way}", base=base, figures="; ".join(items)) for way, items in by_way.items() if items]
        found += [label("words_split", flag=why("split"))] if any("split" in one.notes for one in told) else []
        return found + self._not_compared(against, known)

    def year(self) -> list[str]:
        """The year so far, where the report itself tells of its own window only; the change where it is one."""
        known = [one for one in self._known(YEAR) if one.now.value is not None and one.now.pieces]
        items = [self._item(one) for one in known]
        return [label("words_year", period=self._facts.period.label, figures="; ".join(items))] if items else []

    def moved(self) -> list[str]:
        """Which units moved the first key figures that changed, like for like."""
        known = [one for against in (SAME, PREVIOUS) for one in self._known(against) if "window" not in one.reasons]
        found = [(one, one.matched) for one in known if one.matched and one.matched.change and one.matched.shown]
        firsts: dict[str, str] = {}
        for one, _ in found:
            firsts.setdefault(one.indicator, one.against)
        kept = [(one, alike) for one, alike in found if firsts[one.indicator] == one.against]
        return [self._moved(one, alike) for one, alike in kept[: limit("document_moved")]]

    def _known(self, against: str) -> list[Comparison]:
        found = (self._facts.compared.get((code, against)) for code in key_figures())
        return [one for one in found if one is not None]

    def _base(self, against: str, told: list[Comparison]) -> str:
        restated = any("restated" in one.notes for one in told)
        name = label(f"words_base_{against}", period=base_name(self._facts, against))
        return label("words_base_restated", base=name, restated=why("restated")) if restated else name

    def _item(self, one: Comparison) -> str:
        """``số hồ sơ đã giải quyết 1.250 hồ sơ, tăng 12,5% (tương ứng 139 hồ sơ)``."""
        figure = label("words_figure", name=_lower(key_name(one.indicator)), value=self._value(one.indicator, one.now))
        if not one.comparable or one.change is None or _way(one.change) == "unchanged":
            return figure
        return label("words_moved", figure=figure, change=self._change(one))

    def _value(self, code: str, side: Side) -> str:
        value, made = side.value, side_made(self._facts, code, side)
        if value is None:
            return ""
        shown = self._sentences.mark(code, _shown(code, value), value, "ytd" if made else "total", made)
        return _with_uom(code, shown)

    def _change(self, one: Comparison) -> str:
        code, change = one.indicator, one.change or Decimal(0)
        size = numerals.number(abs(change))
        part = self._sentences.mark(code, size, change, f"{one.against}_change", change_made(self._facts, one))
        way = label(f"way_{_way(change)}")
        if by_code()[code].uom == PERCENT:
            return label("words_points", way=way, points=part)
        whole = label("words_by", size=_with_uom(code, part))
        if one.relative is None:
            return f"{way} {whole}"
        percent = numerals.number(abs(one.relative))
        made = change_made(self._facts, one, "relative_of")
        told = self._sentences.mark(code, percent, one.relative, f"{one.against}_relative", made)
        return label("words_percent", way=way, percent=told, by=whole)

    def _not_compared(self, against: str, known: list[Comparison]) -> list[str]:
        """Figures by the reason for which they are not compared; those that never are need no word."""
        by_reason: dict[str, list[str]] = defaultdict(list)
        for one in known:
            if not one.comparable and one.reasons[0] not in ("shared", "flag", "not_added"):
                by_reason[reasons(self._facts, one)].append(_lower(key_name(one.indicator)))
        groups = [label("words_reason", names=", ".join(names), why=text) for text, names in by_reason.items()]
        base = label(f"words_base_{against}", period=base_name(self._facts, against))
        return [label("words_not_compared", base=base, figures="; ".join(groups))] if groups else []

    def _moved(self, one: Comparison, alike: Matched) -> str:
        code, change = one.indicator, alike.change or Decimal(0)
        made = matched_made(self._facts, one, alike, "change")
        size = self._sentences.mark(code, numerals.number(abs(change)), change, "matched_change", made)
        ups = [unit for unit in alike.shown if unit.contribution > 0]
        downs = [unit for unit in reversed(alike.shown) if unit.contribution < 0]
        sides = [(key, units) for key, units in (("up", ups), ("down", downs)) if units]
        return label(
            "words_units",
            units=numerals.counted(alike.units),
            base=label(f"words_base_{one.against}", period=base_name(self._facts, one.against)),
            name=_lower(key_name(code)),
            way=label(f"way_{_way(change)}"),
            size=_points(code, size),
            units_moved="; ".join(
                label(f"words_units_{key}", units=", ".join(self._unit(one, alike, unit) for unit in units))
                for key, units in sides
            ),
        )

    def _unit(self, one: Comparison, alike: Matched, unit: UnitChange) -> str:
        shown = numerals.signed(unit.contribution)
        made = unit_made(self._facts, one, alike, unit)
        size = self._sentences.mark(one.indicator, shown, unit.contribution, "contribution", made)
        return label("words_unit", name=within(unit_name(self._facts, unit)), size=_points(one.indicator, size))


def _way(change: Decimal | None) -> str:
    shown = numerals.rounded(change or Decimal(0))
    return "unchanged" if shown == 0 else "increase" if shown > 0 else "decrease"


def _shown(code: str, value: Decimal) -> str:
    return numerals.counted(value) if by_code()[code].kind in _COUNTED else numerals.number(value)


def _with_uom(code: str, shown: str) -> str:
    uom = by_code()[code].uom
    return f"{shown}%" if uom == PERCENT else f"{shown} {uom}"


def _points(code: str, shown: str) -> str:
    return f"{shown} {label('points_whole')}" if by_code()[code].uom == PERCENT else _with_uom(code, shown)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
