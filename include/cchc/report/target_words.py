"""Targets in the document: where the authority stands, how many units of each level do, who leads, who is last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.catalogue.unit_names import within
from cchc.model.target import TargetResult, TargetStanding, TargetState
from cchc.report import numerals
from cchc.report.facts import PERCENT, Facts
from cchc.report.figures import Link, Made
from cchc.report.outline import key_name
from cchc.report.parts import Annex, Part
from cchc.report.sentences import Sentences
from cchc.report.targets import (
    COUNTS,
    authority_scope,
    counts_made,
    distance_made,
    distance_uom,
    figure_text,
    listed_as,
    state_word,
    table_text,
    target_name,
    target_text,
)
from cchc.report.texts import label

_STATES = COUNTS[:-1]
_NAMES = 5
_PLAIN_REASONS = ("", "no_report", "no_figure")


def target_part(facts: Facts, sentences: Sentences) -> Part:
    """Paragraphs and the annex of the targets; nothing where the regime sets none."""
    judged = [result for result in facts.c.targets if result.judged]
    said = _Said(facts, sentences)
    texts = [*said.own(judged), *(said.units(r) for r in judged if r.units), *_listed(facts.c.targets)]
    lines = [said.line(number, result) for number, result in enumerate(judged, start=1)]
    note = label("target_annex_note", sheet=label("sheet_target_units")) if facts.rosters else ""
    return Part(texts, [Annex(label("title_targets"), note, "docx_targets", lines)] if lines else [])


class _Said:
    """Sentences about one consolidation's targets."""

    def __init__(self, facts: Facts, sentences: Sentences) -> None:
        self._facts = facts
        self._sentences = sentences
        self._names = {row.unit: row.name for row in facts.c.statuses}

    def own(self, judged: Sequence[TargetResult]) -> list[str]:
        """How many targets of its own level the authority meets, then which ones."""
        mine = [(result, result.authority) for result in judged if result.binds_authority and result.authority]
        if not mine:
            return []
        groups = {state: [(r, s) for r, s in mine if s.state.value == state] for state in _STATES}
        parts = "; ".join(
            label(f"target_own_{state}", number=self._number(group)) for state, group in groups.items() if group
        )
        first = label("target_own", number=self._number(mine), level=mine[0][0].target.level, parts=parts)
        return [first, *(self._group(state, group) for state, group in groups.items() if group)]

    def units(self, result: TargetResult) -> str:
        """How many units meet a threshold, how the level does as a whole, who leads and who is last."""
        target, code = result.target, result.target.indicator
        shown = {
            key: self._sentences.mark(code, numerals.counted(count), count, key, made)
            for key, (count, made) in counts_made(self._facts, result).items()
        }
        judged = result.counts.met + result.counts.not_met
        counted = ", ".join(
            label(f"target_units_{key}{self._suffix(target, key)}", number=shown[key], all=shown["expected"])
            for key in _STATES
            if getattr(result.counts, key) or (key == "met" and judged)
        )
        why = _reason(result)
        words = [label("target_units", level=target.level, about=self._about(target), counted=counted + why)]
        if result.level is not None and result.level.value is not None:
            value = self._value(result, result.level, result.tier)
            words.append(label("target_level", level=target.level, value=value))
        return f"{'; '.join(words)}.{self._ends(result)}"

    def line(self, number: int, result: TargetResult) -> dict[str, Any]:
        """A target's line of the annex."""
        target, standing = result.target, result.authority
        line: dict[str, Any] = {
            "tt": str(number),
            "name": target_name(target),
            "level": target.level,
            "threshold": target_text(target),
            "clause": target.source,
        }
        if standing is not None:
            line["state"] = state_word(result, standing)
            text, scope = table_text(result, standing), authority_scope(self._facts, result)
            line["value"] = self._sentences.mark(target.indicator, text, standing.value, scope)
        for key, (count, made) in counts_made(self._facts, result).items():
            line[key] = self._sentences.mark(target.indicator, numerals.number(count), count, key, made)
        return line

    def _number(self, group: Sequence[tuple[TargetResult, TargetStanding]]) -> str:
        """A count of targets, made from each of them."""
        links = tuple(
            Link("counted", s.value, r.target.indicator, self._walked(r, s), source=r.target.source) for r, s in group
        )
        count = Decimal(len(group))
        return self._sentences.mark("", numerals.counted(count), count, "targets", Made("count_of", links))

    def _walked(self, result: TargetResult, standing: TargetStanding) -> str:
        """The scope to walk back in; none where this report does not ask the figure, whatever its parts would give."""
        return "" if standing.reason == "not_asked" else authority_scope(self._facts, result)

    def _group(self, state: str, group: Sequence[tuple[TargetResult, TargetStanding]]) -> str:
        items = "; ".join(self._item(result, standing) for result, standing in group)
        return label(f"target_group_of_{state}", items=items)

    def _item(self, result: TargetResult, standing: TargetStanding) -> str:
        """``tỷ lệ … đạt 97,5%, cao hơn 1,5 điểm phần trăm (mức phải đạt từ 96% trở lên; …)``."""
        about = self._about(result.target)
        if standing.distance is not None:
            value = self._value(result, standing, authority_scope(self._facts, result))
            return label("target_item", about=about, value=value)
        if standing.reason in _PLAIN_REASONS:
            return about
        return label("target_item_reason", about=about, reason=lowered(state_word(result, standing)))

    def _about(self, target: Target) -> str:
        key = "target_about_orientation" if target.orientation else "target_about"
        threshold = self._sentences.threshold(target)
        return label(key, name=lowered(key_name(target.indicator)), threshold=threshold, clause=target.source)

    def _value(self, result: TargetResult, standing: TargetStanding, scope: str) -> str:
        """``97,5%, cao hơn 1,5 điểm phần trăm``; the figure alone where nothing was held against it."""
        if standing.value is None:
            return ""
        text, code = figure_text(result, standing, standing.value), result.target.indicator
        shown = self._sentences.mark(code, text, standing.value, scope) + _uom(result.target)
        if standing.distance is None:
            return shown
        if standing.distance == 0:
            return label("target_exactly", value=shown)
        text = figure_text(result, standing, abs(standing.distance))
        made = distance_made(result.target, standing, scope)
        apart = self._sentences.mark(code, text, standing.distance, "distance", made)
        word = "target_higher" if standing.distance > 0 else "target_lower"
        uom = label("target_points") if by_code()[code].uom == PERCENT else distance_uom(result.target)
        return label(word, value=shown, distance=apart, uom=uom)

    def _ends(self, result: TargetResult) -> str:
        """Who leads and who is last, all of them where several share the place."""
        ranked = [unit for unit in result.units if unit.rank]
        if not ranked:
            return ""
        last = max(unit.rank or 0 for unit in ranked)
        first = self._holders(result, [unit for unit in ranked if unit.rank == 1])
        if last == 1:
            return " " + label("target_all_alike", holders=first)
        return " " + label(
            "target_ends", first=first, last=self._holders(result, [u for u in ranked if u.rank == last])
        )

    def _holders(self, result: TargetResult, units: Sequence[TargetStanding]) -> str:
        names = [within(self._names[unit.body]) for unit in units]
        rest = len(names) - _NAMES
        more = f" {label('target_names_more', number=numerals.counted(rest))}" if rest > 0 else ""
        value = self._value(result, units[0], units[0].body)
        return label(
            "target_holders" if len(units) == 1 else "target_holders_alike",
            names=", ".join(names[:_NAMES]) + more,
            value=value,
        )

    @staticmethod
    def _suffix(target: Target, state: str) -> str:
        return "_orientation" if target.orientation and state in ("met", "not_met") else ""


def lowered(name: str) -> str:
    """A name inside a sentence; what begins with an abbreviation stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _reason(result: TargetResult) -> str:
    """`` (đánh giá cuối năm)``: why units are not judged, where one reason holds for all of them."""
    words = {state_word(result, unit) for unit in result.units if unit.state is TargetState.NOT_APPLICABLE}
    return f" ({lowered(words.pop())})" if len(words) == 1 else ""


def _uom(target: Target) -> str:
    uom = by_code()[target.indicator].uom
    return uom if uom == PERCENT else f" {uom}"


def _listed(results: Iterable[TargetResult]) -> list[str]:
    """Targets that nobody is held against, by why; what is asked of two levels alike is said once."""
    found: dict[str, dict[str, None]] = {}
    for result in results:
        if not result.judged:
            name, target = target_name(result.target).rstrip(". "), result.target
            found.setdefault(listed_as(target), {})[f"{name} ({target.source})"] = None
    return [label(f"target_group_of_{why}", items="; ".join(items)) for why, items in found.items()]
